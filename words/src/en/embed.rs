//! English: portals.

use super::errors::token;
use crate::shape::{Embedding, Framed};
use domain::portal::origin::Trouble;

pub const FRAMED: Framed = Framed {
    waiting: "Waiting for the portal to sign you in…",
    ended: "Your sign-in from the portal has ended. Reload the portal's page to go on.",
    nobody: "No portal may frame this page: the list of allowed origins is empty (--embed-origins).",
    not_framed: "This page is made to stand in a portal's frame, and is in none.",
    open_alone: "Open Postroom itself",
    refused: |reason| format!("The portal's sign-in was refused: {} ({reason})", reason_text(reason)),
    no_token: |origins| {
        format!(
            "The portal around this page has not answered. It has to be one of {origins}, and to hand over a token when \
             it hears 'token-needed'."
        )
    },
};

fn reason_text(reason: &str) -> &'static str {
    match reason {
        "too_many" => "too many tokens were refused; it is tried again later.",
        "unreachable" => "the server could not be reached; it is tried again.",
        "internal" => "the server could not say why.",
        reason => token(reason),
    }
}

pub const EMBEDDING: Embedding = Embedding {
    title: "Portals",
    text: "Other people's admin portals can show these pages in a frame. What is configured here stands in the server's \
           settings; nothing of it can be changed in a browser.",
    origins: "May frame it",
    nobody: "Nobody (--embed-origins is empty)",
    address: "Address",
    address_unknown: "The one in your browser (--public-url is not set)",
    token: "Sign-in by token",
    proxy: "Sign-in by a proxy's header",
    oidc: "Single sign-on",
    theme_file: "Theme file",
    off: "Off",
    on: "On",
    secret: "HS256 with a shared secret",
    audience: |audience| format!("audience {audience}"),
    issuer: |issuer| format!("issuer {issuer}"),
    keys_at: |place| format!("keys from {place}"),
    from_addresses: |header, addresses| format!("{header} from {addresses}"),
    role_from: |header| format!("role from {header}"),
    proxy_secret: "with the proxy's secret",
    snippet: "For the portal's page",
    snippet_hint: "Paste it where the report is to stand. The function asks the portal's own server for a token.",
    copy: "Copy",
    copied: "The snippet was copied.",
    copy_by_hand: "The browser does not allow copying here: select the text and copy it by hand.",
    try_origin: "Would this origin work?",
    try_hint: "Scheme, host and port of the portal's page, such as https://portal.example.com",
    may_frame: |origin| format!("{origin} may frame these pages."),
    trouble,
};

fn trouble(trouble: Trouble, near: &str) -> String {
    match trouble {
        Trouble::Empty => "Type an origin.".to_owned(),
        Trouble::Wildcard => "A wildcard never works: each origin is listed by itself.".to_owned(),
        Trouble::Null => {
            "null is what a browser says for a file, or for a frame in a sandbox without allow-same-origin. \
                          It can't be allowed: everybody can be null."
                .to_owned()
        }
        Trouble::Scheme => "An origin begins with https:// or http://.".to_owned(),
        Trouble::Path => "An origin ends with its host or port: leave out the path, and the slash too.".to_owned(),
        Trouble::UserInfo => "An origin holds no user name.".to_owned(),
        Trouble::Host => "What stands after :// is no host name or address.".to_owned(),
        Trouble::Port => "The port is no number from 1 to 65535.".to_owned(),
        Trouble::OtherScheme => format!("{near} is listed: the scheme differs, and browsers compare it exactly."),
        Trouble::OtherPort => format!("{near} is listed: the port differs, and browsers compare it exactly."),
        Trouble::OtherHost => {
            format!("{near} is listed: a domain does not stand for its sub-domains, nor a sub-domain for its domain.")
        }
        Trouble::NotListed => "It is not listed in --embed-origins.".to_owned(),
        Trouble::NobodyListed => "Nobody is listed: --embed-origins is empty.".to_owned(),
    }
}
