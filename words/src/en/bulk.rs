//! English: what is done to many rows at once.

use crate::{Bulk, number::with_commas};
use domain::bulk::Deed;

pub const BULK: Bulk = Bulk {
    bar: "Selection",
    count: |count| format!("{} selected", with_commas(count)),
    count_all: |count| match count {
        1 => "The one that matches is selected".to_owned(),
        count => format!("All {} that match are selected", with_commas(count)),
    },
    page_full: |count| match count {
        1 => "The one on this page.".to_owned(),
        count => format!("All {} on this page.", with_commas(count)),
    },
    select_all: |count| match count {
        1 => "Select the one that matches".to_owned(),
        count => format!("Select all {} that match", with_commas(count)),
    },
    deselect: "Deselect",
    button: |deed| match deed {
        Deed::Enable => "Enable selected",
        Deed::Disable => "Disable selected",
        Deed::Test => "Test selected",
        Deed::Resend => "Resend selected",
        Deed::Pause => "Pause selected",
        Deed::Resume => "Resume selected",
        Deed::Cancel => "Cancel selected",
        Deed::Delete => "Delete selected",
    },
    export: "Export selected",
    export_verb: "Export",
    export_many: "Too many single rows for one file. Filter the report, and export that.",
    verb,
    title: |deed, count, texts| {
        let noun = if count == 1 { texts.one } else { texts.many };
        format!("{} {} {noun}", verb(deed), with_commas(count))
    },
    about: |deed| match deed {
        Deed::Enable | Deed::Disable => "This can be undone afterwards.",
        Deed::Test => "Each server is asked as for a message, up to its recipient. Nothing is sent.",
        Deed::Resend => "Each goes out again, as a new message.",
        Deed::Pause => "They wait until they are resumed.",
        Deed::Resume => "Each is tried at once.",
        Deed::Cancel => "They will not be sent. This can't be undone.",
        Deed::Delete => "This can't be undone.",
    },
    and_more: |names, more| format!("{names} and {} more", with_commas(more)),
    recipient: "Recipient to ask about",
    type_count: "How many rows, as a number, to go on",
    not_the_count: "This is not how many there are.",
    progress: |done, all| format!("{} of {}", with_commas(done), with_commas(all)),
    closing: "Closing this window stops it: what has not begun will not be done.",
    stop: "Stop",
    summary: |good, bad| format!("{} done, {} not", with_commas(good), with_commas(bad)),
    tested: |good, bad| format!("{} passed, {} not", with_commas(good), with_commas(bad)),
    stopped: "It was stopped. What had not begun was not done; the report shows how things are.",
    unfinished: |count| format!("{} not begun", with_commas(count)),
    more_not: |count| format!("And {} more: Copy has all of them.", with_commas(count)),
    again: |count| match count {
        1 => "Try again with that one".to_owned(),
        count => format!("Try again with those {}", with_commas(count)),
    },
    done: |title| format!("{title}: done"),
};

fn verb(deed: Deed) -> &'static str {
    match deed {
        Deed::Enable => "Enable",
        Deed::Disable => "Disable",
        Deed::Test => "Test",
        Deed::Resend => "Resend",
        Deed::Pause => "Pause",
        Deed::Resume => "Resume",
        Deed::Cancel => "Cancel",
        Deed::Delete => "Delete",
    }
}
