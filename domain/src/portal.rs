//! What a frame and the portal around it say to each other: version 1 of the messages, as data. Who may say it is not decided here.
//!
//! The same messages as a JSON schema: `public/embed.schema.json`.

pub mod origin;
pub mod theme;

pub use origin::Origin;

use crate::{Role, Secret, report::ReportName};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Messages of other versions are dropped.
pub const VERSION: u32 = 1;

/// A message from a portal is no longer than this, as JSON.
pub const MAX_MESSAGE_BYTES: usize = 64 * 1024;

/// A message on its way: what it says, and by which version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message<T> {
    pub postroom: u32,
    #[serde(flatten)]
    pub said: T,
}

impl<T> Message<T> {
    pub const fn new(said: T) -> Self {
        Self { postroom: VERSION, said }
    }
}

/// From the frame to the portal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ToPortal {
    /// The page can be talked to; once for each load.
    Ready {
        page: String,
        locale: String,
        theme: String,
        density: String,
        title: String,
    },
    TokenNeeded {
        reason: TokenReason,
        /// Why the last token was refused.
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<String>,
    },
    SignedIn {
        name: String,
        role: Role,
        expires_in_s: u32,
    },
    /// The address below `/embed`, with its query.
    Navigate {
        page: String,
        title: String,
    },
    /// Whether something typed is not saved yet.
    Dirty {
        dirty: bool,
    },
    /// `what` is the singular of a report's code; `id` is missing where the window does not know it.
    Saved {
        what: String,
        id: Option<i64>,
        name: String,
    },
    /// `id` is missing where values not saved yet were tested.
    Tested {
        id: Option<i64>,
        outcome: String,
        code: Option<String>,
    },
    /// Of the content, in CSS pixels.
    Height {
        height: u32,
    },
    /// Something needs permissions that the frame's sandbox lacks.
    Blocked {
        what: Wanted,
        missing: Vec<String>,
        page: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenReason {
    Start,
    Expiring,
    Refused,
    Ended,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    Csv,
    Print,
}

impl ToPortal {
    /// Something of a report has been saved.
    pub fn saved(of: ReportName, id: Option<i64>, name: &str) -> Self {
        Self::Saved { what: of.code().trim_end_matches('s').to_owned(), id, name: name.to_owned() }
    }
}

impl Wanted {
    /// What a sandbox has to allow for it. (HTML Standard, section 7.1.5)
    pub const fn permissions(self) -> &'static [&'static str] {
        match self {
            Self::Csv => &["allow-downloads", "allow-forms"],
            Self::Print => &["allow-popups", "allow-forms", "allow-modals"],
        }
    }
}

/// From the portal to the frame.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ToFrame {
    Hello {
        #[serde(default)]
        theme: Option<String>,
        #[serde(default)]
        tokens: Option<BTreeMap<String, String>>,
        #[serde(default)]
        locale: Option<String>,
        #[serde(default)]
        density: Option<String>,
        #[serde(default)]
        height: Option<String>,
        /// What the frame's `sandbox` allows; nothing where there is no sandbox.
        #[serde(default)]
        sandbox: Option<Vec<String>>,
    },
    Token {
        token: Secret,
    },
    Theme {
        #[serde(default)]
        theme: Option<String>,
        #[serde(default)]
        tokens: Option<BTreeMap<String, String>>,
    },
    Locale {
        locale: String,
    },
    Density {
        density: String,
    },
    /// The whole filter, by the fields of the report's address.
    Filter {
        filter: BTreeMap<String, String>,
    },
    Refresh,
    /// An address below `/embed`.
    Page {
        page: String,
    },
    /// The part of the frame that is in sight, as if it reached down to the end of what is: its own CSS pixels.
    Visible {
        top: f64,
        height: f64,
    },
    SignOut,
}

/// Where the sign-in of a portal's person is exchanged for a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    pub session: Secret,
    pub expires_in_s: u32,
    pub name: String,
    pub role: Role,
}

/// What is configured for portals, as the Parameters page shows it. No secret is in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Embedding {
    /// Who may frame us: exact origins.
    pub origins: Vec<String>,
    /// Where browsers reach us, with the base path; empty where only the request says it.
    pub address: String,
    pub base: String,
    pub token: Option<TokenSettings>,
    pub proxy: Option<ProxySettings>,
    /// The issuer of single sign-on for people who open Postroom itself.
    pub oidc: Option<String>,
    pub theme_file: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TokenSettings {
    pub audience: String,
    pub issuer: Option<String>,
    /// HS256 with a shared secret.
    pub shared_secret: bool,
    /// The file or address of a JWK set.
    pub jwks: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProxySettings {
    pub addresses: String,
    pub user_header: String,
    pub role_header: Option<String>,
    /// Whether the proxy has to show a secret too.
    pub secret: bool,
}

/// How a frame looks, as far as one word says it. Unknown words are none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Looks {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub density: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hide: Vec<String>,
}

impl Looks {
    pub const THEMES: [&'static str; 4] = ["system", "light", "dark", "contrast"];
    pub const DENSITIES: [&'static str; 2] = ["comfortable", "compact"];
    pub const HEIGHTS: [&'static str; 2] = ["fill", "auto"];
    pub const LOCALES: [&'static str; 3] = ["en", "pt-BR", "es"];
    /// Controls that a portal may leave out. That changes looks alone: what somebody may do comes from their role.
    pub const CONTROLS: [&'static str; 8] = ["title", "new", "actions", "search", "foot", "page-size", "edit", "menu"];

    /// From the pairs of an address; what is not known is passed over.
    pub fn of<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut looks = Self::default();
        for (name, value) in pairs {
            match name {
                "theme" => looks.theme = known(value, &Self::THEMES),
                "density" => looks.density = known(value, &Self::DENSITIES),
                "locale" => looks.locale = known(value, &Self::LOCALES),
                "height" => looks.height = known(value, &Self::HEIGHTS),
                "hide" => {
                    looks.hide = value.split([',', ' ']).filter_map(|one| known(one, &Self::CONTROLS)).collect();
                }
                _ => {}
            }
        }
        looks
    }

    /// Takes over what another names, as far as it is known.
    pub fn change(&mut self, name: &str, value: Option<&str>) {
        let Some(value) = value else { return };
        let (place, all): (_, &[&str]) = match name {
            "theme" => (&mut self.theme, &Self::THEMES),
            "density" => (&mut self.density, &Self::DENSITIES),
            "locale" => (&mut self.locale, &Self::LOCALES),
            _ => (&mut self.height, &Self::HEIGHTS),
        };
        if let Some(word) = known(value, all) {
            *place = Some(word);
        }
    }
}

fn known(value: &str, all: &[&str]) -> Option<String> {
    all.iter().find(|word| word.eq_ignore_ascii_case(value.trim())).map(|word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<ToFrame> {
        serde_json::from_str::<Message<ToFrame>>(json).ok().filter(|m| m.postroom == VERSION).map(|m| m.said)
    }

    #[test]
    fn messages_are_read_as_the_schema_has_them() {
        assert_eq!(read(r#"{"postroom":1,"type":"refresh"}"#), Some(ToFrame::Refresh));
        assert_eq!(read(r#"{"postroom":1,"type":"sign-out","more":true}"#), Some(ToFrame::SignOut));
        assert_eq!(
            read(r#"{"postroom":1,"type":"visible","top":12.5,"height":300}"#),
            Some(ToFrame::Visible { top: 12.5, height: 300.0 })
        );
        assert_eq!(
            read(r#"{"postroom":1,"type":"token","token":"a.b.c"}"#),
            Some(ToFrame::Token { token: Secret::new("a.b.c") })
        );
        for wrong in [
            r#"{"postroom":2,"type":"refresh"}"#,
            r#"{"type":"refresh"}"#,
            r#"{"postroom":"1","type":"refresh"}"#,
            r#"{"postroom":1,"type":"drive"}"#,
            r#"{"postroom":1,"type":"token"}"#,
            r#"{"postroom":1,"type":"token","token":7}"#,
            r#"{"postroom":1,"type":"filter","filter":{"name":1}}"#,
            "[1]",
            r#""refresh""#,
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn messages_are_written_as_the_schema_has_them() {
        let written = |said: ToPortal| serde_json::to_string(&Message::new(said)).expect("JSON");
        assert_eq!(
            written(ToPortal::TokenNeeded { reason: TokenReason::Refused, code: Some("expired".to_owned()) }),
            r#"{"postroom":1,"type":"token-needed","reason":"refused","code":"expired"}"#
        );
        assert_eq!(
            written(ToPortal::TokenNeeded { reason: TokenReason::Start, code: None }),
            r#"{"postroom":1,"type":"token-needed","reason":"start"}"#
        );
        assert_eq!(
            written(ToPortal::Tested { id: None, outcome: "passed".to_owned(), code: None }),
            r#"{"postroom":1,"type":"tested","id":null,"outcome":"passed","code":null}"#
        );
        assert_eq!(written(ToPortal::Height { height: 640 }), r#"{"postroom":1,"type":"height","height":640}"#);
    }

    #[test]
    fn looks_are_words_that_are_known() {
        let looks = Looks::of(
            [
                ("theme", "Dark"),
                ("density", "tiny"),
                ("hide", "new, title,everything"),
                ("locale", "pt-br"),
                ("name", "x"),
            ]
            .into_iter(),
        );
        assert_eq!(looks.theme.as_deref(), Some("dark"));
        assert_eq!(looks.density, None);
        assert_eq!(looks.locale.as_deref(), Some("pt-BR"));
        assert_eq!(looks.hide, ["new", "title"]);
    }
}
