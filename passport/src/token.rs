//! A token taken apart and checked: first whose it is, then what it claims.

use crate::{
    Claims, Expected, Keys,
    strict::{base64url, object},
};
use serde_json::{Map, Value};

/// Nobody's token is longer.
pub const MAX_TOKEN_BYTES: usize = 8 * 1024;
const MAX_ID_BYTES: usize = 256;
const ALGORITHMS: [&str; 4] = ["HS256", "EdDSA", "ES256", "RS256"];
/// A token does not bring the key that it is checked with (RFC 8725 section 3.10), nor rules of its own.
const NOT_IN_A_HEADER: [&str; 6] = ["jku", "jwk", "x5u", "x5c", "crit", "b64"];

/// Why a token is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Not a token at all, or one that says more of itself than it may.
    Malformed,
    /// Not one of ours, or not the one that the key is for.
    Algorithm,
    /// No key has this name.
    Key,
    Signature,
    Audience,
    Issuer,
    Expired,
    NotYet,
    /// Good for longer than tokens may be.
    TooLong,
    /// One is missing or is not what it has to be.
    Claims,
}

impl Refusal {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Algorithm => "algorithm",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Audience => "audience",
            Self::Issuer => "issuer",
            Self::Expired => "expired",
            Self::NotYet => "not_yet",
            Self::TooLong => "too_long",
            Self::Claims => "claims",
        }
    }
}

/// What a token in compact form (RFC 7515 section 3.1) claims, if it is signed with one of these keys and good now.
pub fn verify(token: &str, keys: &Keys, expected: &Expected<'_>) -> Result<Claims, Refusal> {
    let parts = Parts::of(token)?;
    let mut meant = keys.named(parts.key_id.as_deref()).peekable();
    meant.peek().ok_or(Refusal::Key)?;
    let mut right = meant.filter(|key| key.algorithm() == parts.algorithm);
    let key = right.next().ok_or(Refusal::Algorithm)?;
    if right.next().is_some() {
        return Err(Refusal::Key);
    }
    if !key.is_signed(parts.signed.as_bytes(), &parts.signature) {
        return Err(Refusal::Signature);
    }
    let claims = object(&parts.payload).ok_or(Refusal::Malformed)?;
    Claims::checked(claims, expected)
}

/// The name of the key that a token says it is signed with. Nothing of it has been checked but its form.
pub fn key_id(token: &str) -> Result<Option<String>, Refusal> {
    Parts::of(token).map(|parts| parts.key_id)
}

struct Parts<'a> {
    algorithm: String,
    key_id: Option<String>,
    /// What the signature is over.
    signed: &'a str,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

impl<'a> Parts<'a> {
    fn of(token: &'a str) -> Result<Self, Refusal> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(Refusal::Malformed);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(Refusal::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(Refusal::Malformed)?;
        let header = base64url(header).and_then(|json| object(&json)).ok_or(Refusal::Malformed)?;
        let algorithm = check_header(&header)?.to_owned();
        let key_id = match header.get("kid") {
            None => None,
            Some(Value::String(id)) if (1..=MAX_ID_BYTES).contains(&id.len()) => Some(id.clone()),
            Some(_) => return Err(Refusal::Malformed),
        };
        let read = |part: &str| base64url(part).filter(|bytes| !bytes.is_empty()).ok_or(Refusal::Malformed);
        Ok(Self { algorithm, key_id, signed, payload: read(payload)?, signature: read(signature)? })
    }
}

fn check_header(header: &Map<String, Value>) -> Result<&str, Refusal> {
    if NOT_IN_A_HEADER.iter().any(|name| header.contains_key(*name)) {
        return Err(Refusal::Malformed);
    }
    // Another kind of token by the same issuer, such as an access token (RFC 9068), is not for us.
    if header.get("typ").is_some_and(|typ| typ.as_str().is_none_or(|typ| !typ.eq_ignore_ascii_case("JWT"))) {
        return Err(Refusal::Malformed);
    }
    let algorithm = header.get("alg").and_then(Value::as_str).ok_or(Refusal::Malformed)?;
    if ALGORITHMS.contains(&algorithm) { Ok(algorithm) } else { Err(Refusal::Algorithm) }
}
