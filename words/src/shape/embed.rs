//! What a language has to say about portals: in a frame, and on the page that shows what is configured.

use domain::portal::origin::Trouble;

/// In a frame, while nobody is signed in.
pub struct Framed {
    pub waiting: &'static str,
    pub ended: &'static str,
    pub nobody: &'static str,
    pub not_framed: &'static str,
    pub open_alone: &'static str,
    pub refused: fn(&str) -> String,
    pub no_token: fn(&str) -> String,
}

/// The section of Parameters about portals.
pub struct Embedding {
    pub title: &'static str,
    pub text: &'static str,
    pub origins: &'static str,
    pub nobody: &'static str,
    pub address: &'static str,
    pub address_unknown: &'static str,
    pub token: &'static str,
    pub proxy: &'static str,
    pub oidc: &'static str,
    pub theme_file: &'static str,
    pub off: &'static str,
    pub on: &'static str,
    pub secret: &'static str,
    pub audience: fn(&str) -> String,
    pub issuer: fn(&str) -> String,
    pub keys_at: fn(&str) -> String,
    pub from_addresses: fn(&str, &str) -> String,
    pub role_from: fn(&str) -> String,
    pub proxy_secret: &'static str,
    pub snippet: &'static str,
    pub snippet_hint: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub copy_by_hand: &'static str,
    pub try_origin: &'static str,
    pub try_hint: &'static str,
    pub may_frame: fn(&str) -> String,
    /// Why an origin would fail; with the one on the list that is nearest.
    pub trouble: fn(Trouble, &str) -> String,
}
