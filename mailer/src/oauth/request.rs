//! The form of a token request and the assertion in it. The one place of this crate that reads the clock.

use super::{Grant, TokenFault, TokenRequest};
use crate::{cause::Cause, mask::Mask, text::urlencoded};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::{
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use rustls::pki_types::{PrivatePkcs8KeyDer, pem::PemObject};
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};

const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// How long an assertion holds, in seconds: the most that Google takes.
const ASSERTION: u64 = 3600;

/// Seconds since 1970, which an assertion names.
#[expect(
    clippy::disallowed_methods,
    reason = "the issuer compares an assertion with its own clock: only the real time will do"
)]
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The body, and a mask for what its receiver may say of it.
pub(super) fn form(request: &TokenRequest, now: u64) -> Result<(Zeroizing<Vec<u8>>, Mask), TokenFault> {
    let mut fields: Vec<(&str, &str)> = Vec::new();
    let mut secrets: Vec<&str> = Vec::new();
    let assertion;
    let client = match &request.grant {
        Grant::ClientCredentials { client_id, client_secret } => {
            fields.extend([("grant_type", "client_credentials"), ("client_id", client_id)]);
            fields.push(("client_secret", client_secret.expose_secret()));
            secrets.push(client_secret.expose_secret());
            client_id
        }
        Grant::RefreshToken { client_id, client_secret, refresh_token } => {
            fields.extend([("grant_type", "refresh_token"), ("client_id", client_id)]);
            if let Some(client_secret) = client_secret {
                fields.push(("client_secret", client_secret.expose_secret()));
                secrets.push(client_secret.expose_secret());
            }
            fields.push(("refresh_token", refresh_token.expose_secret()));
            secrets.push(refresh_token.expose_secret());
            client_id
        }
        Grant::ServiceAccount { issuer, subject, key_id, private_key } => {
            assertion = assert(request, (issuer, subject, key_id.as_deref()), private_key, now)?;
            fields.extend([("grant_type", JWT_BEARER), ("assertion", assertion.as_str())]);
            secrets.push(&assertion);
            // The rest of it says nothing that is not known.
            secrets.extend(assertion.rsplit('.').next());
            issuer
        }
    };
    // An assertion names its scope itself.
    if !request.scope.is_empty() && !matches!(request.grant, Grant::ServiceAccount { .. }) {
        fields.push(("scope", &request.scope));
    }
    Ok((encoded(fields), Mask::of_secrets(client, secrets.into_iter())))
}

pub(super) fn encoded(fields: Vec<(&str, &str)>) -> Zeroizing<Vec<u8>> {
    let length = fields.iter().map(|(name, value)| name.len() + 3 * value.len() + 2).sum();
    // Never longer: a buffer that grows leaves copies behind.
    let mut body = Zeroizing::new(Vec::with_capacity(length));
    for (index, (name, value)) in fields.into_iter().enumerate() {
        if index > 0 {
            body.push(b'&');
        }
        body.extend_from_slice(name.as_bytes());
        body.push(b'=');
        body.extend_from_slice(urlencoded(value).as_bytes());
    }
    body
}

/// A JWT (RFC 7519), RS256.
fn assert(
    request: &TokenRequest,
    (issuer, subject, key_id): (&str, &str, Option<&str>),
    private_key: &SecretString,
    now: u64,
) -> Result<Zeroizing<String>, TokenFault> {
    let unusable = || TokenFault::new(Cause::TokenKey);
    // Copied out of Google's file of a key, its line ends are two characters each.
    let pem = Zeroizing::new(private_key.expose_secret().replace("\\n", "\n"));
    let der = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| unusable())?;
    let key = RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).map_err(|_| unusable())?;
    let mut header = json!({ "alg": "RS256", "typ": "JWT" });
    if let Some(key_id) = key_id {
        header["kid"] = key_id.into();
    }
    let mut claims = json!({
        "iss": issuer,
        "sub": subject,
        "aud": request.endpoint,
        "iat": now,
        "exp": now + ASSERTION,
    });
    if !request.scope.is_empty() {
        claims["scope"] = request.scope.as_str().into();
    }
    let encode = |part: String| BASE64_URL_SAFE_NO_PAD.encode(part);
    let signed = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).map_err(|_| unusable())?;
    Ok(Zeroizing::new(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))))
}
