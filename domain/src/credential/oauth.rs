//! OAuth 2.0: where an access token is asked for, as whom and for what. Nothing here is secret.

use crate::{FieldErrors, Host, value::has_control};
use serde::{Deserialize, Serialize};

use super::CredentialKind;

/// What the client shows the token endpoint (RFC 6749 section 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    #[default]
    ClientCredentials,
    RefreshToken,
}

impl Grant {
    pub const ALL: [Self; 2] = [Self::ClientCredentials, Self::RefreshToken];

    pub const fn code(self) -> &'static str {
        match self {
            Self::ClientCredentials => "client_credentials",
            Self::RefreshToken => "refresh_token",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grant| grant.code() == code)
    }
}

/// Texts as typed and trimmed; empty where the kind does not need them or has one of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OAuth {
    /// Microsoft's: an id or a domain.
    pub tenant: String,
    pub client_id: String,
    pub token_url: String,
    pub scope: String,
    pub grant: Grant,
}

/// The names of its fields.
pub mod field {
    pub const TENANT: &str = "tenant";
    pub const CLIENT_ID: &str = "client_id";
    pub const TOKEN_URL: &str = "token_url";
    pub const SCOPE: &str = "scope";
    pub const GRANT: &str = "grant";
    pub const CLIENT_SECRET: &str = "client_secret";
}

const LONGEST: usize = 500;

impl CredentialKind {
    /// Logs in with a token instead of a password.
    pub const fn is_oauth(self) -> bool {
        !matches!(self, Self::Password)
    }

    pub const fn has_tenant(self) -> bool {
        matches!(self, Self::MicrosoftClientCredentials)
    }

    pub const fn has_client_id(self) -> bool {
        matches!(self, Self::MicrosoftClientCredentials | Self::GoogleRefreshToken | Self::OauthTokenEndpoint)
    }

    pub const fn has_grant(self) -> bool {
        matches!(self, Self::OauthTokenEndpoint)
    }

    /// The usual endpoint; `{tenant}` is the tenant.
    pub const fn usual_token_url(self) -> &'static str {
        match self {
            Self::MicrosoftClientCredentials => "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
            Self::GoogleServiceAccount | Self::GoogleRefreshToken => "https://oauth2.googleapis.com/token",
            Self::Password | Self::OauthTokenEndpoint => "",
        }
    }

    pub const fn usual_scope(self) -> &'static str {
        match self {
            Self::MicrosoftClientCredentials => "https://outlook.office365.com/.default",
            Self::GoogleServiceAccount | Self::GoogleRefreshToken => "https://mail.google.com/",
            Self::Password | Self::OauthTokenEndpoint => "",
        }
    }
}

impl OAuth {
    /// What of it the kind uses, without blanks around it; errors under their fields.
    pub(super) fn checked(&self, kind: CredentialKind, errors: &mut FieldErrors) -> Self {
        if !kind.is_oauth() {
            return Self::default();
        }
        let keep = |text: &str, used: bool| if used { text.trim().to_owned() } else { String::new() };
        let oauth = Self {
            tenant: keep(&self.tenant, kind.has_tenant()),
            client_id: keep(&self.client_id, kind.has_client_id()),
            token_url: keep(&self.token_url, true),
            scope: keep(&self.scope, true),
            grant: if kind.has_grant() { self.grant } else { Grant::default() },
        };
        if kind.has_tenant() {
            if oauth.tenant.is_empty() {
                errors.add(field::TENANT, "required");
            } else if !oauth.tenant.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.')) {
                errors.add(field::TENANT, "tenant_form");
            }
        }
        if kind.has_client_id() && oauth.client_id.is_empty() {
            errors.add(field::CLIENT_ID, "required");
        }
        if oauth.token_url.is_empty() {
            if kind.usual_token_url().is_empty() {
                errors.add(field::TOKEN_URL, "required");
            }
        } else if !is_https(&oauth.token_url) {
            errors.add(field::TOKEN_URL, "https_url");
        }
        for (name, text) in [
            (field::TENANT, &oauth.tenant),
            (field::CLIENT_ID, &oauth.client_id),
            (field::TOKEN_URL, &oauth.token_url),
            (field::SCOPE, &oauth.scope),
        ] {
            if has_control(text) {
                errors.add(name, "control_character");
            } else if text.len() > LONGEST {
                errors.add(name, "too_long");
            }
        }
        oauth
    }

    /// Where tokens are asked for.
    pub fn endpoint(&self, kind: CredentialKind) -> String {
        match self.token_url.as_str() {
            "" => kind.usual_token_url().replace("{tenant}", &self.tenant),
            url => url.to_owned(),
        }
    }

    /// What they are to be good for.
    pub fn scope(&self, kind: CredentialKind) -> &str {
        match self.scope.as_str() {
            "" => kind.usual_scope(),
            scope => scope,
        }
    }

    /// Whether a refresh token is kept, which goes with the client's own secret.
    pub const fn refreshes(&self, kind: CredentialKind) -> bool {
        match kind {
            CredentialKind::GoogleRefreshToken => true,
            CredentialKind::OauthTokenEndpoint => matches!(self.grant, Grant::RefreshToken),
            _ => false,
        }
    }
}

/// `https://host[:port][/path]`, with nobody's name in it.
fn is_https(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else { return false };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !authority.ends_with(']') => {
            if crate::Port::parse(port).is_none() {
                return false;
            }
            host
        }
        _ => authority,
    };
    Host::parse(host).is_ok() && url.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'#' | b'"' | b'<' | b'>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_token_endpoints() {
        for (url, good) in [
            ("https://login.example/token", true),
            ("https://login.example:8443/a?b=c", true),
            ("https://[::1]:8443/token", true),
            ("https://127.0.0.1/token", true),
            ("http://login.example/token", false),
            ("https://ann@login.example/token", false),
            ("https://login.example:0/token", false),
            ("https://login.example/a b", false),
            ("https://", false),
            ("login.example", false),
        ] {
            assert_eq!(is_https(url), good, "{url}");
        }
    }

    #[test]
    fn usual_endpoints_are_filled_in() {
        let oauth = OAuth { tenant: "contoso.example".into(), ..OAuth::default() };
        let microsoft = CredentialKind::MicrosoftClientCredentials;
        assert_eq!(oauth.endpoint(microsoft), "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token");
        assert_eq!(oauth.scope(microsoft), "https://outlook.office365.com/.default");
        let own = OAuth { token_url: "https://login.example/".into(), scope: "mail".into(), ..OAuth::default() };
        assert_eq!((own.endpoint(microsoft).as_str(), own.scope(microsoft)), ("https://login.example/", "mail"));
    }
}
