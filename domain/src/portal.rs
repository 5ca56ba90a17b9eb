//! What stands between a portal and a page of ours in its frame: messages, origins, looks. Who may say what is not decided here.

pub mod message;
pub mod origin;
pub mod theme;

pub use message::{MAX_MESSAGE_BYTES, SignedIn, ToFrame, ToPortal, TokenReason, VERSION, Wanted};
pub use origin::Origin;

use serde::{Deserialize, Serialize};

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
    /// Any region of these languages is taken as the one that we have.
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
                "locale" => looks.locale = nearest(value),
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
        let (place, word) = match name {
            "theme" => (&mut self.theme, known(value, &Self::THEMES)),
            "density" => (&mut self.density, known(value, &Self::DENSITIES)),
            "locale" => (&mut self.locale, nearest(value)),
            _ => (&mut self.height, known(value, &Self::HEIGHTS)),
        };
        if word.is_some() {
            *place = word;
        }
    }
}

fn known(value: &str, all: &[&str]) -> Option<String> {
    all.iter().find(|word| word.eq_ignore_ascii_case(value.trim())).map(|word| (*word).to_owned())
}

/// By the language alone, as in `pt` and `es-MX`. (BCP 47, RFC 5646 section 2.1)
fn nearest(tag: &str) -> Option<String> {
    let language = |tag: &str| tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let wanted = language(tag);
    Looks::LOCALES.iter().find(|known| language(known) == wanted).map(|known| (*known).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_taken_by_its_language() {
        let check = |tag: &str, locale: Option<&str>| {
            let mut looks = Looks::of([("locale", tag)].into_iter());
            assert_eq!(looks.locale.as_deref(), locale, "{tag}");
            looks.locale = None;
            looks.change("locale", Some(tag));
            assert_eq!(looks.locale.as_deref(), locale, "{tag}, changed");
        };
        check("pt", Some("pt-BR"));
        check("pt-PT", Some("pt-BR"));
        check("ES_mx", Some("es"));
        check(" en-GB ", Some("en"));
        for unknown in ["", "de", "porto", "english"] {
            check(unknown, None);
        }
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
