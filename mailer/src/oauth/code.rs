//! An authorization code turned into an ID token (OpenID Connect Core 1.0 section 3.1.3). Whether to believe it is asked elsewhere.

use super::{TokenFault, answer, fault, request::encoded};
use crate::{Mailer, fetch::Form, mask::Mask, names::Names, text::urlencoded};
use base64::{Engine, prelude::BASE64_STANDARD};
use http::HeaderValue;
use hyper::body::Bytes;
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};
use std::time::Duration;

/// Whom to show a code to, and as whom. Shows no secret.
#[derive(Debug, Clone)]
pub struct CodeRequest {
    /// An `https` URL.
    pub endpoint: String,
    pub client_id: String,
    pub client_secret: SecretString,
    /// Whether the client's secret goes into the form (`client_secret_post`) rather than into the header.
    pub in_form: bool,
    pub code: SecretString,
    /// Of RFC 7636: who began the sign-in has it.
    pub verifier: SecretString,
    /// As it was said when the code was asked for.
    pub redirect_uri: String,
}

impl Mailer {
    /// Asks for the ID token of a code: as [`Mailer::fetch_token`] asks, bounded alike.
    pub async fn fetch_id_token(
        &self,
        request: &CodeRequest,
        names: &Names,
        limit: Duration,
    ) -> Result<SecretString, TokenFault> {
        let host = fault::host_of(&request.endpoint);
        let CodeRequest { client_id, client_secret, code, verifier, .. } = request;
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code.expose_secret()),
            ("redirect_uri", &request.redirect_uri),
            ("code_verifier", verifier.expose_secret()),
        ];
        if request.in_form {
            fields.extend([("client_id", client_id.as_str()), ("client_secret", client_secret.expose_secret())]);
        }
        let authorization = (!request.in_form).then(|| basic(client_id, client_secret.expose_secret())).transpose()?;
        let mask =
            Mask::of_secrets(client_id, [client_secret, code, verifier].map(ExposeSecret::expose_secret).into_iter());
        let form = Form { body: Bytes::from_owner(encoded(fields)), authorization };
        let fetched = self.post(&request.endpoint, form, limit, names).await;
        let fetched = fetched.map_err(|error| TokenFault::of_fetch(&host, &error, limit))?;
        answer::read(&host, fetched, &mask, answer::identity)
    }
}

/// RFC 6749 section 2.3.1: both are encoded as in a form before they are joined.
fn basic(client_id: &str, client_secret: &str) -> Result<HeaderValue, TokenFault> {
    let pair = Zeroizing::new(format!("{}:{}", *urlencoded(client_id), *urlencoded(client_secret)));
    let line = Zeroizing::new(format!("Basic {}", BASE64_STANDARD.encode(pair.as_bytes())));
    let mut value = HeaderValue::from_str(&line).map_err(|_| TokenFault::internal("header"))?;
    value.set_sensitive(true);
    Ok(value)
}
