//! What arrives on its own, and which address needs it. The server has everything at hand, and tells browsers at once what to
//! fetch; they wait for it before they take over the page.

use super::place::{Page, Place, Window};
use crate::mount::Mount;

/// A part of the program that is fetched by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Page,
    Window,
    Account,
}

impl Part {
    /// The `#[lazy]` function that it arrives with, as the site's list of files has it.
    pub const fn function(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Window => "window",
            Self::Account => "account",
        }
    }
}

/// What an address needs beyond the first load, so that what the server rendered can be taken over at once.
pub fn needed(mount: &Mount, path: &str) -> &'static [Part] {
    let Some(place) = mount.inside(path).and_then(Place::of) else { return &[] };
    match (place.page, place.window) {
        (Page::Accounts, None) => &[],
        (Page::Accounts, Some(Window::Schedule | Window::Sending(_) | Window::History(_))) => &[Part::Window],
        (Page::Accounts, Some(_)) => &[Part::Account],
        (_, None) => &[Part::Page],
        (_, Some(_)) => &[Part::Page, Part::Window],
    }
}

/// Fetches it, in the browser.
#[cfg(feature = "hydrate")]
pub async fn fetch_needed(path: &str) {
    use super::{accounts::windows, elsewhere};
    // One after another: all are on their way since the document came.
    for part in needed(&crate::mount::mount(), path) {
        match part {
            Part::Page => elsewhere::__preload_page().await,
            Part::Window => elsewhere::__preload_window().await,
            Part::Account => windows::__preload_account().await,
        }
    }
}

/// Says on the console where the operator's theme can't be read; a frame does so by itself.
#[cfg(feature = "hydrate")]
pub async fn check_theme() {
    let mount = crate::mount::mount();
    if mount.theme && mount.embed.is_none() {
        super::framed::check_contrast().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mount::Embed;

    #[test]
    fn an_address_needs_what_stands_there() {
        let alone = Mount { base: "/mail".to_owned(), ..Mount::default() };
        let framed = Mount { embed: Some(Embed::default()), ..Mount::default() };
        let check = |mount: &Mount, path: &str, parts: &[Part]| assert_eq!(needed(mount, path), parts, "{path}");
        check(&alone, "/mail/settings/email/smtp", &[]);
        check(&alone, "/mail/settings/email/smtp/7/test", &[Part::Account]);
        check(&alone, "/mail/settings/email/smtp/new", &[Part::Account]);
        check(&alone, "/mail/settings/audit", &[Part::Page]);
        check(&alone, "/settings/audit", &[]);
        check(&alone, "/mail/nowhere", &[]);
        check(&framed, "/embed/settings/users/new", &[Part::Page, Part::Window]);
    }
}
