//! What arrives on its own, and which address needs it. Browser only: the server has everything at hand.

use super::{
    accounts::{arrival, test, window},
    elsewhere, framed,
    place::{Page, Place, Window},
};
use crate::mount::mount;

/// Says on the console where the operator's theme can't be read; a frame does so by itself.
pub async fn check_theme() {
    let mount = mount();
    if mount.theme && mount.embed.is_none() {
        framed::check_contrast().await;
    }
}

/// What an address needs beyond the first load, so that what the server rendered can be taken over at once.
pub async fn needed(path: &str) {
    let mount = mount();
    if mount.embed.is_some() {
        framed::preload().await;
    }
    let Some(place) = mount.inside(path).and_then(Place::of) else { return };
    match (place.page, place.window) {
        (Page::Accounts, None) => {}
        (Page::Accounts, Some(Window::Schedule | Window::Sending(_) | Window::History(_))) => {
            elsewhere::__preload_window().await;
        }
        (Page::Accounts, Some(Window::Test(_))) => test::__preload_open().await,
        (Page::Accounts, Some(Window::Arrival(_))) => arrival::__preload_open().await,
        (Page::Accounts, Some(_)) => window::__preload_open().await,
        (_, open) => {
            elsewhere::__preload_page().await;
            if open.is_some() {
                elsewhere::__preload_window().await;
            }
        }
    }
}
