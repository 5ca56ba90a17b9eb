//! Where the application stands: below which path, and whether in a portal's frame. One setting feeds router, links, server
//! functions and downloads; nothing else writes an address whole.

use domain::portal::Looks;
use leptos::prelude::with_context;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// Put into the context of each page by the server; browsers read it from the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mount {
    /// Empty, or a path such as `/mail/smtp`.
    pub base: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embed: Option<Embed>,
    /// Whether the page to sign in offers single sign-on.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub single_sign_on: bool,
    /// The operator has a theme of their own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub theme: bool,
}

/// A frame: no header, no side menu, and a portal to talk to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Embed {
    /// Who may frame it, and so who is listened to.
    pub origins: Vec<String>,
    pub looks: Looks,
}

/// Of the application's own addresses, in a frame.
pub const EMBED: &str = "/embed";

/// What the document says; only where there is something to say.
const META: &str = "meta[name=postroom-mount]";

/// In the browser: the same for as long as the document is there.
static DOCUMENT: OnceLock<Mount> = OnceLock::new();

impl Mount {
    /// What stands before the application's own addresses.
    pub fn prefix(&self) -> String {
        [self.base.as_str(), if self.embed.is_some() { EMBED } else { "" }].concat()
    }

    /// Nothing that a document has to say.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// An address as the application knows it; `None` where it is not below the prefix.
    pub fn inside<'a>(&self, path: &'a str) -> Option<&'a str> {
        let rest = path.strip_prefix(self.prefix().as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest)
    }
}

/// Reads what the document says. Called first, in the browser.
pub fn read_document() -> &'static Mount {
    DOCUMENT.get_or_init(|| {
        let meta = leptos::prelude::document().query_selector(META).ok().flatten();
        let said = meta.and_then(|meta| meta.get_attribute("content"));
        said.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
    })
}

pub fn mount() -> Mount {
    with_mount(Mount::clone)
}

/// Whether a portal's frame is meant.
pub fn is_framed() -> bool {
    with_mount(|mount| mount.embed.is_some())
}

/// Lends it: each link asks.
fn with_mount<T>(read: impl Fn(&Mount) -> T) -> T {
    match DOCUMENT.get() {
        Some(mount) => read(mount),
        None => with_context(&read).unwrap_or_else(|| read(&Mount::default())),
    }
}

/// An address of the application, as a link or the address bar has it.
pub fn at(path: &str) -> String {
    with_mount(Mount::prefix) + path
}

/// An address of the server's beside the application: its API, downloads, signing in and out.
pub fn beside(path: &str) -> String {
    with_mount(|mount| format!("{}{path}", mount.base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_inside_below_the_prefix_alone() {
        let framed = Mount { base: "/mail/smtp".to_owned(), embed: Some(Embed::default()), ..Mount::default() };
        assert_eq!(framed.inside("/mail/smtp/embed/settings/users"), Some("/settings/users"));
        assert_eq!(framed.inside("/mail/smtp/embed"), Some(""));
        for outside in ["/mail/smtp/embedded", "/mail/smtp/settings/users", "/settings/users", ""] {
            assert_eq!(framed.inside(outside), None, "{outside}");
        }
        assert_eq!(Mount::default().inside("/settings/users"), Some("/settings/users"));
    }
}
