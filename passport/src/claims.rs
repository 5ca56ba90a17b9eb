//! What a token says, and whether it says it to us and now. Its signature has been checked before.

use crate::Refusal;
use serde_json::{Map, Value};

const MAX_CHARS: usize = 255;
/// The last second of the year 9999: numbers beyond are no times, and could overflow.
const LAST_S: i64 = 253_402_300_799;

/// What a token has to say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    pub audience: &'a str,
    /// `None`: anybody who has the key.
    pub issuer: Option<&'a str>,
    /// Seconds since 1970.
    pub now_s: i64,
    /// How far clocks may be apart.
    pub skew_s: i64,
    /// From `iat` to `exp`, where that is limited.
    pub max_life_s: Option<i64>,
}

/// What a token said that is good.
#[derive(Debug, Clone, PartialEq)]
pub struct Claims {
    pub subject: String,
    pub issuer: Option<String>,
    pub issued_at_s: i64,
    pub expires_at_s: i64,
    /// `jti`.
    pub id: Option<String>,
    /// All of them, these among them.
    pub all: Map<String, Value>,
}

impl Claims {
    pub(crate) fn checked(all: Map<String, Value>, expected: &Expected<'_>) -> Result<Self, Refusal> {
        let subject = text(&all, "sub")?.ok_or(Refusal::Claims)?;
        let issuer = text(&all, "iss")?;
        let id = text(&all, "jti")?;
        let issued_at_s = time(&all, "iat")?.ok_or(Refusal::Claims)?;
        let expires_at_s = time(&all, "exp")?.ok_or(Refusal::Claims)?;
        let not_before_s = time(&all, "nbf")?;
        if !is_for(&all, expected.audience) {
            return Err(Refusal::Audience);
        }
        if expected.issuer.is_some_and(|wanted| issuer.as_deref() != Some(wanted)) {
            return Err(Refusal::Issuer);
        }
        if expires_at_s <= issued_at_s {
            return Err(Refusal::Claims);
        }
        if expected.max_life_s.is_some_and(|max| expires_at_s - issued_at_s > max) {
            return Err(Refusal::TooLong);
        }
        if expected.now_s >= expires_at_s.saturating_add(expected.skew_s) {
            return Err(Refusal::Expired);
        }
        let latest = expected.now_s.saturating_add(expected.skew_s);
        if issued_at_s > latest || not_before_s.is_some_and(|from| from > latest) {
            return Err(Refusal::NotYet);
        }
        Ok(Self { subject, issuer, issued_at_s, expires_at_s, id, all })
    }
}

/// A string with something in it that can be shown; `None` where it is not there.
fn text(all: &Map<String, Value>, name: &str) -> Result<Option<String>, Refusal> {
    match all.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => {
            let well = !text.trim().is_empty() && text.chars().count() <= MAX_CHARS && !text.contains(char::is_control);
            if well { Ok(Some(text.clone())) } else { Err(Refusal::Claims) }
        }
        Some(_) => Err(Refusal::Claims),
    }
}

/// Whole seconds since 1970. RFC 7519 allows fractions, and nobody needs them.
fn time(all: &Map<String, Value>, name: &str) -> Result<Option<i64>, Refusal> {
    match all.get(name) {
        None => Ok(None),
        Some(value) => value.as_i64().filter(|at| (0..=LAST_S).contains(at)).map(Some).ok_or(Refusal::Claims),
    }
}

/// One string, or a list with it (RFC 7519 section 4.1.3).
fn is_for(all: &Map<String, Value>, audience: &str) -> bool {
    match all.get("aud") {
        Some(Value::String(named)) => named == audience,
        Some(Value::Array(named)) => named.iter().all(Value::is_string) && named.iter().any(|one| one == audience),
        _ => false,
    }
}
