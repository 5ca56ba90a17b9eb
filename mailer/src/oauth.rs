//! Access tokens (RFC 6749): what is asked for, what comes back, and who hands them to a session. Kept and renewed elsewhere.

mod answer;
mod code;
mod fault;
mod request;

pub use code::CodeRequest;
pub use fault::TokenFault;

use crate::{Mailer, fetch::Form, names::Names};
use hyper::body::Bytes;
use secrecy::{ExposeSecret, SecretString};
use std::{fmt, pin::Pin, time::Duration};

/// For a token whose issuer does not say how long it is good.
pub const UNSAID_LIFETIME: Duration = Duration::from_mins(5);

/// Whom to ask for a token, and with what. Shows no secret.
#[derive(Debug, Clone)]
pub struct TokenRequest {
    /// An `https` URL.
    pub endpoint: String,
    /// May be empty: then the endpoint decides.
    pub scope: String,
    pub grant: Grant,
}

/// What entitles to a token.
#[derive(Debug, Clone)]
pub enum Grant {
    /// The application itself (RFC 6749 section 4.4): Microsoft 365.
    ClientCredentials { client_id: String, client_secret: SecretString },
    /// What a person once agreed to (section 6).
    RefreshToken { client_id: String, client_secret: Option<SecretString>, refresh_token: SecretString },
    /// An assertion signed here (RFC 7523): Google Workspace with domain-wide delegation.
    ServiceAccount {
        /// The account's `client_email`.
        issuer: String,
        /// The mailbox that it acts for.
        subject: String,
        key_id: Option<String>,
        /// RSA, PKCS#8, PEM.
        private_key: SecretString,
    },
}

/// A token as it was issued. Shows no secret.
#[derive(Debug, Clone)]
pub struct AccessToken {
    pub token: SecretString,
    /// From now on.
    pub expires_in: Duration,
    /// A new one that takes the place of the one that was sent.
    pub refresh_token: Option<SecretString>,
}

/// Gives a session its access token.
pub trait TokenSource: Send + Sync + fmt::Debug {
    /// `fresh`: not one from before, the server has just refused that.
    fn token(&self, fresh: bool) -> Pin<Box<dyn Future<Output = Result<SecretString, TokenFault>> + Send + '_>>;
}

impl Mailer {
    /// Asks the endpoint for a token: never through a connector, over TLS with a trusted certificate, without following a
    /// redirect. `limit` is for all of it. The endpoint's name is asked of `names`, its address passes the policy.
    pub async fn fetch_token(
        &self,
        request: &TokenRequest,
        names: &Names,
        limit: Duration,
    ) -> Result<AccessToken, TokenFault> {
        let host = fault::host_of(&request.endpoint);
        let (form, mask) = request::form(request, request::now())?;
        let form = Form { body: Bytes::from_owner(form), authorization: None };
        let fetched = self.post(&request.endpoint, form, limit, names).await;
        let fetched = fetched.map_err(|error| TokenFault::of_fetch(&host, &error, limit))?;
        let mut token = answer::read(&host, fetched, &mask, answer::access)?;
        if let Grant::RefreshToken { refresh_token, .. } = &request.grant {
            let sent = refresh_token.expose_secret();
            token.refresh_token = token.refresh_token.filter(|rotated| rotated.expose_secret() != sent);
        }
        Ok(token)
    }
}
