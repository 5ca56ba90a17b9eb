//! What a report says where it is made one's own. The shape alone.

/// Columns, saved views, copying a cell.
pub struct Comforts {
    pub move_up: fn(&str) -> String,
    pub move_down: fn(&str) -> String,
    pub drag: &'static str,
    /// A column's name, its place, and of how many.
    pub moved: fn(&str, usize, usize) -> String,
    pub columns_usual: &'static str,
    pub columns_reset: &'static str,
    pub no_views: &'static str,
    pub shared_views: &'static str,
    pub own_views: &'static str,
    pub save_view: &'static str,
    pub update_view: fn(&str) -> String,
    pub usual_view: &'static str,
    pub view_name: &'static str,
    pub share: &'static str,
    pub copy_link: fn(&str) -> String,
    pub rename_view: fn(&str) -> String,
    pub delete_view: fn(&str) -> String,
    pub delete_own: fn(&str) -> String,
    pub delete_shared: fn(&str) -> String,
    pub link_copied: &'static str,
    pub copy_cell: &'static str,
    pub copied: fn(&str) -> String,
    pub not_copied: &'static str,
}
