//! The browser application: server functions, widgets, pages, texts. Rendered by the server, hydrated in the browser.
//!
//! Knows `service` only through the server functions' bodies; never `store`, `mailer`, sqlx or lettre.

pub mod api;
mod app;
mod live;
pub mod locales;
pub mod mount;
mod page;
mod portal;
mod ui;

pub use app::App;
pub use page::Place;
pub use page::chunks;
pub use ui::{
    ahead::fetch_on_first_use,
    browser::{show_crash, tell_running},
    guard::watch_history,
    report::{FOOT, address_ahead, await_ahead, end_early, fetch_ahead},
};
