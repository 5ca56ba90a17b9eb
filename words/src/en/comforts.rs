//! English: columns, saved views, copying a cell.

use crate::Comforts;

pub const COMFORTS: Comforts = Comforts {
    move_up: |column| format!("Move {column} up"),
    move_down: |column| format!("Move {column} down"),
    drag: "Drag to move",
    moved: |column, at, of| format!("{column}: place {at} of {of}"),
    columns_usual: "Reset columns",
    columns_reset: "The columns are as the report has them.",
    no_views: "A view keeps what you look at under a name: filter, sort, columns and page size.",
    shared_views: "For everybody",
    own_views: "Yours",
    save_view: "Save view…",
    update_view: |name| format!("Update “{name}”"),
    usual_view: "Reset view",
    view_name: "View name",
    share: "Share with everybody",
    copy_link: |name| format!("Copy link to {name}"),
    rename_view: |name| format!("Rename {name}"),
    delete_view: |name| format!("Delete {name}"),
    delete_own: |name| format!("Delete the view “{name}”? Links to it still show what it showed."),
    delete_shared: |name| format!("Delete the view “{name}” for everybody? Links to it still show what it showed."),
    link_copied: "The link is in the clipboard.",
    copy_cell: "Copy cell",
    copied: |text| format!("Copied: {text}"),
    not_copied: "The browser does not allow copying here. Mark the text and copy it by hand.",
};
