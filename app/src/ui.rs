//! Widgets: how a table, a window or a field looks and behaves. They know no word of the product and no page.

pub mod ahead;
pub mod arriving;
pub mod browser;
pub mod button;
pub mod confirm;
pub mod field;
pub mod guard;
pub mod icon;
pub mod keys;
pub mod leave;
pub mod menu;
pub mod notice;
pub mod press;
pub mod report;
pub mod time;
pub mod toast;
pub mod turn;
pub mod window;
pub mod work;
