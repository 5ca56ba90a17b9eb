//! What a credential's secret is for each kind: sealed as one text, taken apart for the token endpoint.

use crate::error::Inside;
use domain::{
    Secret,
    credential::{Credential, CredentialKind, NewCredential},
};
use mailer::{Cause, Grant, TokenFault, TokenRequest};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A refresh token with the client's own secret, as it is sealed.
#[derive(Serialize, Deserialize)]
struct Refresh {
    refresh_token: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    client_secret: String,
}

/// What is needed of Google's file of a service account's key.
#[derive(Deserialize)]
struct KeyFile {
    client_email: String,
    private_key: String,
    #[serde(default)]
    private_key_id: Option<String>,
}

/// The secret to seal, if there is a new one.
pub(crate) fn packed(new: &NewCredential) -> Inside<Option<Secret>> {
    let Some(secret) = &new.secret else { return Ok(None) };
    if !new.oauth.refreshes(new.kind) || read(secret).is_some() {
        return Ok(Some(secret.clone()));
    }
    let client_secret = new.client_secret.as_ref().map(|secret| secret.expose().to_owned()).unwrap_or_default();
    write(&Refresh { refresh_token: secret.expose().to_owned(), client_secret }).map(Some)
}

/// A refresh token typed alone, with the client secret that is stored.
pub(crate) fn completed(typed: &Secret, stored: Option<&Secret>) -> Inside<Secret> {
    if read(typed).is_some() {
        return Ok(typed.clone());
    }
    let client_secret = stored.and_then(read).map(|stored| stored.client_secret).unwrap_or_default();
    write(&Refresh { refresh_token: typed.expose().to_owned(), client_secret })
}

/// An imported secret in the form in which it is sealed.
pub(crate) fn settled(credential: &Credential, secret: Secret) -> Secret {
    if !credential.oauth.refreshes(credential.kind) {
        return secret;
    }
    let refresh = read(&secret)
        .unwrap_or_else(|| Refresh { refresh_token: secret.expose().to_owned(), client_secret: String::new() });
    write(&refresh).unwrap_or(secret)
}

/// Whether a client's secret stands in it.
pub(crate) fn is_whole(secret: &Secret) -> bool {
    read(secret).is_some_and(|refresh| !refresh.client_secret.is_empty())
}

fn read(secret: &Secret) -> Option<Refresh> {
    serde_json::from_str(secret.expose()).ok()
}

fn write(refresh: &Refresh) -> Inside<Secret> {
    Ok(Secret::new(serde_json::to_string(refresh)?))
}

/// What to ask the token endpoint.
pub(super) fn request(credential: &Credential, secret: &Secret) -> Result<TokenRequest, TokenFault> {
    let kind = credential.kind;
    let oauth = &credential.oauth;
    // Google's file names an endpoint too. It is not asked: who needs another one says so in the credential.
    let endpoint = oauth.endpoint(kind);
    let hidden = |text: &str| SecretString::from(text);
    let client_id = oauth.client_id.clone();
    let grant = match kind {
        CredentialKind::GoogleServiceAccount => {
            let file: KeyFile = serde_json::from_str(secret.expose()).map_err(|_| TokenFault::new(Cause::TokenKey))?;
            let private_key = Zeroizing::new(file.private_key);
            Grant::ServiceAccount {
                issuer: file.client_email,
                subject: credential.user_name.clone(),
                key_id: file.private_key_id,
                private_key: hidden(&private_key),
            }
        }
        _ if oauth.refreshes(kind) => {
            let refresh = read(secret)
                .unwrap_or(Refresh { refresh_token: secret.expose().to_owned(), client_secret: String::new() });
            let client_secret = Some(refresh.client_secret).filter(|secret| !secret.is_empty());
            Grant::RefreshToken {
                client_id,
                client_secret: client_secret.map(SecretString::from),
                refresh_token: SecretString::from(refresh.refresh_token),
            }
        }
        _ => Grant::ClientCredentials { client_id, client_secret: hidden(secret.expose()) },
    };
    Ok(TokenRequest { endpoint, scope: oauth.scope(kind).to_owned(), grant })
}
