//! In which language a request is answered, and where a person chooses it. Words stand in `words`, choices in `service`.

use crate::{
    people::{cookie_of, redirect, safe_next, set_cookie},
    router::AppState,
};
use app::api::ssr::Caller;
use axum::{
    Extension, Form,
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, Response, Uri, header},
};
use domain::portal::Looks;
use serde::Deserialize;
use words::Language;

/// Remembers a choice in a browser: of who is not signed in, or is known by somebody else.
const COOKIE: &str = "postroom-language";
const COOKIE_SECONDS: u32 = 365 * 24 * 3600;

/// What an answer hangs on, for whoever would keep it.
pub const VARY: HeaderValue = HeaderValue::from_static("accept-language, cookie");

/// A person's own choice, then this browser's, then what it asks for. In a portal's frame the portal's word stands in for the
/// browser's choice, which was made on a page of ours.
pub fn chosen(own: Option<Language>, framed: bool, uri: &Uri, headers: &HeaderMap) -> Language {
    let asked = || {
        let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Language::of_accept_language(header)
    };
    let kept = || cookie_of(headers, COOKIE).and_then(Language::parse);
    let said = || if framed { of_portal(uri) } else { kept() };
    own.or_else(said).unwrap_or_else(asked)
}

/// The last `locale` in the address of a frame, if it is one of ours.
fn of_portal(uri: &Uri) -> Option<Language> {
    let pairs: Vec<(String, String)> = axum::extract::Query::try_from_uri(uri).ok()?.0;
    Looks::of(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
        .locale
        .and_then(|tag| Language::parse(&tag))
}

/// Who signs in brings their choice along: the next page to sign in is in that language.
pub fn remember(response: &mut Response<Body>, state: &AppState, headers: &HeaderMap, own: Option<Language>) {
    if let Some(language) = own.filter(|own| cookie_of(headers, COOKIE) != Some(own.tag())) {
        set_cookie(response, state, COOKIE, language.tag(), COOKIE_SECONDS);
    }
}

#[derive(Deserialize)]
pub struct Choice {
    language: String,
}

/// A plain form, so that it works before any script has loaded, and without one. The page that it stands on comes back as it
/// was, but for its words.
pub async fn choose(
    State(state): State<AppState>,
    Extension(Caller(caller)): Extension<Caller>,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Response<Body> {
    let referrer = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut response = redirect(&back(referrer, &state.site.base));
    if let Some(language) = Language::ALL.into_iter().find(|language| language.tag() == choice.language) {
        if let Some(actor) = caller
            && let Err(failure) = state.service.language_choose(&actor, language).await
        {
            return crate::problem::problem(&failure);
        }
        set_cookie(&mut response, &state, COOKIE, language.tag(), COOKIE_SECONDS);
    }
    response
}

/// Path and query of the page that asked; never another site, nor what is not below our path.
fn back(referrer: &str, base: &str) -> String {
    let uri: Option<Uri> = referrer.parse().ok();
    let path = uri.as_ref().and_then(Uri::path_and_query).map_or("", http::uri::PathAndQuery::as_str);
    safe_next(path.strip_prefix(base).unwrap_or_default()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, Portuguese, Spanish};

    fn headers(cookie: &str, accepted: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).expect("a value"));
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_bytes(accepted.as_bytes()).expect("a value"));
        headers
    }

    #[test]
    fn the_nearest_source_counts() {
        let check = |own: Option<Language>, uri: &str, cookie: &str, accepted: &str, wanted: Language| {
            let uri: Uri = uri.parse().expect("an address");
            let framed = uri.path().starts_with("/embed/");
            assert_eq!(
                chosen(own, framed, &uri, &headers(cookie, accepted)),
                wanted,
                "{own:?} {uri} {cookie} {accepted}"
            );
        };
        let (page, frame) = ("/settings/users?locale=es", "/embed/settings/users?locale=es&name=a");
        check(Some(Portuguese), page, "postroom-language=es", "es", Portuguese);
        check(Some(English), frame, "postroom-language=es", "es", English);
        check(None, page, "a=b; postroom-language=pt-BR", "es", Portuguese);
        check(None, page, "", "es-MX,en;q=0.5", Spanish);
        check(None, page, "", "de", English);
        check(None, frame, "postroom-language=pt-BR", "pt", Spanish);
        check(None, "/embed/settings/users", "postroom-language=es", "pt", Portuguese);
        // What is none of ours says nothing.
        for junk in ["", "xx", "pt\u{e9}", "\"pt\"", "../pt", "1"] {
            check(None, page, &format!("postroom-language={junk}"), "es", Spanish);
        }
        for junk in ["locale=", "locale=xx", "locale=%00", "locale=%ff", "locale", "LOCALE=es", "locale=es&locale=%zz"]
        {
            check(None, &format!("/embed/settings/users?{junk}"), "", "pt", Portuguese);
        }
        check(None, page, "", "\u{e9};q=1, , ;;;", English);
    }

    #[test]
    fn one_comes_back_to_where_one_was() {
        let check =
            |referrer: &str, base: &str, wanted: &str| assert_eq!(back(referrer, base), wanted, "{referrer} {base}");
        let home = "/settings/email/smtp";
        check("https://mail.example/settings/users?name=a&page=2", "", "/settings/users?name=a&page=2");
        check("https://portal.example/mail/settings/users?name=%C3%A9", "/mail", "/settings/users?name=%C3%A9");
        check("https://portal.example/other/settings/users", "/mail", home);
        check("https://evil.example//evil.example/", "", home);
        check("https://mail.example/sign-out", "", home);
        for junk in ["", "about:blank", "null", "javascript:alert(1)", "//evil.example", "ñ"] {
            check(junk, "", home);
        }
    }
}
