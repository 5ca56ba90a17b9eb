//! A credential: a user name and a secret that can be written and replaced, never read back.

mod oauth;

pub use oauth::{Grant, OAuth, field};

use crate::{CredentialId, FieldErrors, Label, Secret, destination::Destination, value::has_control};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// A user name with a password, app password or API key.
    #[default]
    Password,
    /// An Entra application that may send as mailboxes of its tenant.
    MicrosoftClientCredentials,
    /// A key file, with authority over the mailboxes of its domain.
    GoogleServiceAccount,
    /// What a person has once agreed to in a browser.
    GoogleRefreshToken,
    /// Anybody else's token endpoint (RFC 6749).
    OauthTokenEndpoint,
}

impl CredentialKind {
    pub const ALL: [Self; 5] = [
        Self::Password,
        Self::MicrosoftClientCredentials,
        Self::GoogleServiceAccount,
        Self::GoogleRefreshToken,
        Self::OauthTokenEndpoint,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::MicrosoftClientCredentials => "microsoft_client_credentials",
            Self::GoogleServiceAccount => "google_service_account",
            Self::GoogleRefreshToken => "google_refresh_token",
            Self::OauthTokenEndpoint => "oauth_token_endpoint",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A credential as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CredentialDraft {
    pub name: String,
    pub kind: CredentialKind,
    pub user_name: String,
    pub tenant: String,
    pub client_id: String,
    pub token_url: String,
    pub scope: String,
    pub grant: Grant,
    /// Beside a refresh token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Secret>,
    /// A password, a client's secret, a key file or a refresh token. Needed for a new credential and when what it goes with
    /// changes; otherwise empty keeps the one stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret>,
}

/// A credential whose every field has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCredential {
    pub name: Label,
    pub kind: CredentialKind,
    pub user_name: String,
    pub oauth: OAuth,
    /// `None` keeps the stored one.
    pub secret: Option<Secret>,
    /// Goes with `secret`.
    pub client_secret: Option<Secret>,
}

/// A stored credential, as anybody may see it: without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    pub id: CredentialId,
    pub version: i64,
    pub name: Label,
    pub kind: CredentialKind,
    pub user_name: String,
    #[serde(flatten)]
    pub oauth: OAuth,
    /// When the secret was last written.
    pub secret_set_at: crate::UnixMillis,
    /// Names of the accounts and connectors that log in with it.
    pub used_by: Vec<String>,
    /// Where its secret may be sent: each place has a sealed copy of its own.
    pub destinations: Vec<Destination>,
    /// The secret was entered and has not been used anywhere yet: the first place to use it binds it.
    pub unbound: bool,
}

impl Credential {
    /// Whether the secret has to be entered (again) before it may be sent there.
    pub fn needs_secret_for(&self, destination: &Destination) -> bool {
        !self.unbound && !self.destinations.contains(destination)
    }
}

impl From<&Credential> for CredentialDraft {
    fn from(c: &Credential) -> Self {
        let oauth = c.oauth.clone();
        Self {
            name: c.name.to_string(),
            kind: c.kind,
            user_name: c.user_name.clone(),
            tenant: oauth.tenant,
            client_id: oauth.client_id,
            token_url: oauth.token_url,
            scope: oauth.scope,
            grant: oauth.grant,
            client_secret: None,
            secret: None,
        }
    }
}

impl CredentialDraft {
    const MAX_USER_NAME_BYTES: usize = 320;

    /// Checks every field and reports all errors at once. `stored` is the credential being edited.
    pub fn parse(&self, stored: Option<&Credential>) -> Result<NewCredential, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", Label::parse(&self.name));
        if self.user_name.is_empty() {
            errors.add("user_name", "required");
        } else if has_control(&self.user_name) {
            errors.add("user_name", "control_character");
        } else if self.user_name.len() > Self::MAX_USER_NAME_BYTES {
            errors.add("user_name", "too_long");
        }
        let oauth = self.oauth().checked(self.kind, &mut errors);
        let (secret, client_secret) = self.secrets(&oauth, stored, &mut errors);
        match name {
            Some(name) if errors.is_empty() => Ok(NewCredential {
                name,
                kind: self.kind,
                user_name: self.user_name.clone(),
                oauth,
                secret,
                client_secret,
            }),
            _ => Err(errors),
        }
    }

    pub fn oauth(&self) -> OAuth {
        OAuth {
            tenant: self.tenant.clone(),
            client_id: self.client_id.clone(),
            token_url: self.token_url.clone(),
            scope: self.scope.clone(),
            grant: self.grant,
        }
    }

    fn secrets(
        &self,
        oauth: &OAuth,
        stored: Option<&Credential>,
        errors: &mut FieldErrors,
    ) -> (Option<Secret>, Option<Secret>) {
        let given = |secret: &Option<Secret>| secret.clone().filter(|secret| !secret.is_empty());
        let secret = given(&self.secret);
        let client_secret = given(&self.client_secret).filter(|_| oauth.refreshes(self.kind));
        for (field, secret) in [(field::CLIENT_SECRET, &client_secret), ("secret", &secret)] {
            if let Some(code) = secret.as_ref().and_then(crate::account::secret_error) {
                errors.add(field, code);
            }
        }
        // The two are stored as one: whoever replaces either gives both. An import gives them as the JSON they are stored as.
        let whole = secret.as_ref().is_some_and(|secret| secret.expose().trim_start().starts_with('{'));
        if self.kind == CredentialKind::GoogleRefreshToken && secret.is_some() && client_secret.is_none() && !whole {
            errors.add(field::CLIENT_SECRET, "required");
        }
        match (&secret, stored) {
            (Some(secret), _) if self.kind == CredentialKind::GoogleServiceAccount && !is_key_file(secret) => {
                errors.add("secret", "key_file");
            }
            (None, None) => errors.add("secret", "required"),
            (None, Some(_)) if client_secret.is_some() => errors.add("secret", "required"),
            (None, Some(stored)) if stored.kind != self.kind || stored.oauth != *oauth => {
                errors.add("secret", "secret_again_settings");
            }
            (None, Some(stored)) if stored.user_name != self.user_name => errors.add("secret", "secret_again_user"),
            (Some(_), _) | (None, Some(_)) => {}
        }
        (secret, client_secret)
    }
}

/// Google's JSON of a service account's key; what exactly is in it is for whoever reads it.
fn is_key_file(secret: &Secret) -> bool {
    let text = secret.expose().trim();
    text.starts_with('{') && ["\"client_email\"", "\"private_key\""].iter().all(|name| text.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(result: Result<NewCredential, FieldErrors>) -> Vec<(String, String)> {
        result.err().unwrap_or_default().0.into_iter().map(|e| (e.field, e.code)).collect()
    }

    #[test]
    fn a_new_credential_needs_everything() {
        let pair = |f: &str, c: &str| (f.to_owned(), c.to_owned());
        assert_eq!(
            codes(CredentialDraft::default().parse(None)),
            [pair("name", "required"), pair("user_name", "required"), pair("secret", "required")]
        );
    }

    #[test]
    fn an_edit_keeps_the_secret_unless_the_user_changes() {
        let stored = Credential {
            id: CredentialId(1),
            version: 1,
            name: Label::parse("Relay").expect("valid"),
            kind: CredentialKind::Password,
            user_name: "relay".into(),
            oauth: OAuth::default(),
            secret_set_at: crate::UnixMillis(0),
            used_by: vec![],
            destinations: vec![],
            unbound: true,
        };
        let mut draft = CredentialDraft::from(&stored);
        assert_eq!(draft.parse(Some(&stored)).expect("valid").secret, None);
        draft.user_name = "other".into();
        assert_eq!(codes(draft.parse(Some(&stored))), [("secret".to_owned(), "secret_again_user".to_owned())]);
        draft.secret = Some(Secret::new(" leading blank stays"));
        assert_eq!(draft.parse(Some(&stored)).expect("valid").secret, draft.secret);
    }

    #[test]
    fn each_kind_asks_for_what_it_needs() {
        let check = |draft: CredentialDraft, wanted: &[(&str, &str)]| {
            let draft = CredentialDraft { name: "M".into(), user_name: "a@example.com".into(), ..draft };
            let wanted: Vec<_> = wanted.iter().map(|(f, c)| ((*f).to_owned(), (*c).to_owned())).collect();
            assert_eq!(codes(draft.parse(None)), wanted, "{:?}", draft.kind);
        };
        let of = |kind| CredentialDraft { kind, secret: Some(Secret::new("s")), ..CredentialDraft::default() };
        check(of(CredentialKind::Password), &[]);
        let microsoft = of(CredentialKind::MicrosoftClientCredentials);
        check(microsoft.clone(), &[("tenant", "required"), ("client_id", "required")]);
        let whole = CredentialDraft { tenant: " contoso.example ".into(), client_id: "app".into(), ..microsoft };
        check(whole.clone(), &[]);
        check(CredentialDraft { tenant: "a/b".into(), ..whole.clone() }, &[("tenant", "tenant_form")]);
        check(CredentialDraft { token_url: "http://x".into(), ..whole }, &[("token_url", "https_url")]);
        check(of(CredentialKind::GoogleServiceAccount), &[("secret", "key_file")]);
        check(of(CredentialKind::GoogleRefreshToken), &[("client_id", "required"), ("client_secret", "required")]);
        check(of(CredentialKind::OauthTokenEndpoint), &[("client_id", "required"), ("token_url", "required")]);
    }

    #[test]
    fn another_endpoint_needs_the_secret_again() {
        let draft = CredentialDraft {
            name: "M".into(),
            user_name: "a@example.com".into(),
            kind: CredentialKind::OauthTokenEndpoint,
            client_id: "app".into(),
            token_url: "https://login.example/token".into(),
            secret: Some(Secret::new("s")),
            ..CredentialDraft::default()
        };
        let new = draft.parse(None).expect("valid");
        let stored = Credential {
            id: CredentialId(1),
            version: 1,
            name: new.name,
            kind: new.kind,
            user_name: new.user_name,
            oauth: new.oauth,
            secret_set_at: crate::UnixMillis(0),
            used_by: vec![],
            destinations: vec![],
            unbound: true,
        };
        let kept = CredentialDraft { secret: None, ..draft };
        assert_eq!(codes(kept.parse(Some(&stored))), []);
        let moved = CredentialDraft { token_url: "https://evil.example/token".into(), ..kept };
        assert_eq!(codes(moved.parse(Some(&stored))), [("secret".to_owned(), "secret_again_settings".to_owned())]);
    }
}
