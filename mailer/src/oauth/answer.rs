//! What a token endpoint answers (RFC 6749 sections 5.1 and 5.2), read leniently: a token, or a fault in the endpoint's words.

use super::{AccessToken, TokenFault, UNSAID_LIFETIME};
use crate::{
    cause::Cause,
    fetch::Fetched,
    mask::Mask,
    text::{cut, inert, one_line},
};
use secrecy::{SecretString, zeroize::Zeroizing};
use serde_json::Value;
use std::time::Duration;

/// No token is longer; one that is would not pass a mail server.
const MAX_TOKEN: usize = 12 * 1024;
/// Who issues one for longer is asked again after that.
const LONGEST_LIFETIME: Duration = Duration::from_hours(30 * 24);
/// Of the endpoint's words, in characters.
const MAX_WORDS: usize = 500;
/// Of an error's code.
const MAX_CODE: usize = 80;

/// `wanted` reads what the answer is asked for; its reasons are those of [`Cause::TokenProtocol`].
pub(super) fn read<T>(
    host: &str,
    fetched: Fetched,
    mask: &Mask,
    wanted: fn(&Value) -> Result<T, &'static str>,
) -> Result<T, TokenFault> {
    let Fetched { status, content_type, body, .. } = fetched;
    let body = Zeroizing::new(body);
    let said = Said { status, mask };
    let answer = serde_json::from_slice::<Value>(&body).ok().filter(Value::is_object);
    let error = answer.as_ref().and_then(error_of);
    let cause = match (status, &answer, &error) {
        (408 | 429 | 500..=599, ..) => Cause::TokenTemporary,
        (_, Some(_), Some((code, _))) if is_temporary(code) => Cause::TokenTemporary,
        (_, Some(_), Some(_)) => Cause::TokenRefused,
        (200..=299, Some(answer), None) => return wanted(answer).map_err(|why| fault(host, &said, why)),
        (_, Some(_), None) if status >= 400 => Cause::TokenRefused,
        _ => return Err(TokenFault { answer: said.words(&content_type), ..fault(host, &said, "not_json") }),
    };
    let (code, description) = error.unwrap_or_default();
    let words = [code.as_str(), &description].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let param = if code.is_empty() { status.to_string() } else { cut(&said.clean(&code), MAX_CODE) };
    Err(TokenFault { answer: said.words(&words.join(": ")), ..TokenFault::new(cause).param(host).param(param) })
}

/// An access token, and what comes with it.
pub(super) fn access(answer: &Value) -> Result<AccessToken, &'static str> {
    let kind = answer.get("token_type").and_then(Value::as_str).unwrap_or("Bearer");
    if !kind.eq_ignore_ascii_case("bearer") {
        return Err("token_type");
    }
    let expires_in = answer.get("expires_in").and_then(seconds).map_or(UNSAID_LIFETIME, Duration::from_secs);
    Ok(AccessToken {
        token: text(answer, "access_token").ok_or("no_token")?,
        expires_in: expires_in.min(LONGEST_LIFETIME),
        refresh_token: text(answer, "refresh_token"),
    })
}

/// Who has signed in (OpenID Connect Core 1.0 section 3.1.3.3); nothing else of the answer is used.
pub(super) fn identity(answer: &Value) -> Result<SecretString, &'static str> {
    text(answer, "id_token").ok_or("no_token")
}

fn text(answer: &Value, name: &str) -> Option<SecretString> {
    let text = answer.get(name).and_then(Value::as_str).unwrap_or_default();
    let fit = !text.is_empty() && text.len() <= MAX_TOKEN && text.bytes().all(|b| b.is_ascii_graphic());
    fit.then(|| SecretString::from(text))
}

/// Also as a text or a fraction: some do that.
fn seconds(value: &Value) -> Option<u64> {
    let text = value.as_str().map_or_else(|| value.to_string(), |text| text.trim().to_owned());
    text.split('.').next()?.parse().ok()
}

/// The error's code and description. Google's other services have an object in its place.
fn error_of(answer: &Value) -> Option<(String, String)> {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    match answer.get("error")? {
        Value::String(code) => Some((code.clone(), text(answer, "error_description"))),
        error @ Value::Object(_) => Some((text(error, "status"), text(error, "message"))),
        _ => None,
    }
}

fn is_temporary(code: &str) -> bool {
    matches!(code, "temporarily_unavailable" | "server_error" | "slow_down")
}

/// A token endpoint's side of the exchange.
struct Said<'a> {
    status: u16,
    mask: &'a Mask,
}

impl Said<'_> {
    /// The status and these words, in one line.
    fn words(&self, words: &str) -> String {
        cut(format!("{} {}", self.status, self.clean(words)).trim_end(), MAX_WORDS)
    }

    /// Masked as it came and as it is shown: each may hide what the other shows.
    fn clean(&self, text: &str) -> String {
        self.mask.clean(&inert(one_line(&self.mask.clean(text)).as_bytes()))
    }
}

fn fault(host: &str, said: &Said<'_>, reason: &str) -> TokenFault {
    TokenFault { answer: said.words(""), ..TokenFault::new(Cause::TokenProtocol).param(host).param(reason) }
}
