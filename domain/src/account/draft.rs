//! The settings window's content: strings as typed, turned into a [`NewAccount`] or into all that is wrong with it.

use super::{Account, NewAccount, Security, SecurityType};
use crate::{
    Certificates, ConnectorId, CredentialId, EmailAddress, FieldErrors, Fingerprint, Host, Label, Port, Secret,
};
use serde::{Deserialize, Serialize};

/// The names of an account's fields, as the API and the form have them.
pub mod field {
    pub const NAME: &str = "name";
    pub const ENABLED: &str = "enabled";
    pub const SENDER: &str = "sender";
    pub const REPLY_TO: &str = "reply_to";
    pub const RETURN_PATH: &str = "return_path";
    pub const CONFIRMATION: &str = "confirmation";
    pub const IS_DEFAULT: &str = "is_default";
    pub const HOST: &str = "host";
    pub const PORT: &str = "port";
    pub const SECURITY_TYPE: &str = "security_type";
    pub const CREDENTIAL: &str = "credential_id";
    pub const SECRET: &str = "secret";
    pub const TRUSTED_CA: &str = "trusted_ca";
    pub const PINNED_CERTIFICATE: &str = "pinned_certificate";
    pub const CONNECTOR: &str = "connector_id";
}

/// An account as typed. What is not sent takes the settings window's default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the window, with a name of its own")]
pub struct AccountDraft {
    pub name: String,
    pub enabled: bool,
    pub sender: String,
    pub reply_to: String,
    pub return_path: String,
    pub confirmation: String,
    pub is_default: bool,
    pub read_receipt: bool,
    pub force_settings: bool,
    pub footnote: bool,
    pub host: String,
    pub port: String,
    pub secure: bool,
    pub security_type: SecurityType,
    pub authentication: bool,
    pub credential_id: Option<CredentialId>,
    /// The credential's secret, where the target makes it needed again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret>,
    pub ignore_certificate_errors: bool,
    /// PEM.
    pub trusted_ca: String,
    /// SHA-256, in hexadecimal.
    pub pinned_certificate: String,
    pub use_connector: bool,
    pub connector_id: Option<ConnectorId>,
}

impl Default for AccountDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            enabled: true,
            sender: String::new(),
            reply_to: String::new(),
            return_path: String::new(),
            confirmation: String::new(),
            is_default: false,
            read_receipt: false,
            force_settings: false,
            footnote: false,
            host: String::new(),
            port: String::new(),
            secure: true,
            security_type: SecurityType::Ssl,
            authentication: false,
            credential_id: None,
            secret: None,
            ignore_certificate_errors: false,
            trusted_ca: String::new(),
            pinned_certificate: String::new(),
            use_connector: false,
            connector_id: None,
        }
    }
}

impl From<&Account> for AccountDraft {
    fn from(account: &Account) -> Self {
        Self::from(&account.settings)
    }
}

impl From<&NewAccount> for AccountDraft {
    fn from(a: &NewAccount) -> Self {
        Self {
            name: a.name.to_string(),
            enabled: a.enabled,
            sender: a.sender.to_string(),
            reply_to: a.reply_to.to_string(),
            return_path: a.return_path.to_string(),
            confirmation: a.confirmation.to_string(),
            is_default: a.is_default,
            read_receipt: a.read_receipt,
            force_settings: a.force_settings,
            footnote: a.footnote,
            host: a.host.to_string(),
            port: a.port.map(|p| p.to_string()).unwrap_or_default(),
            secure: a.secure,
            security_type: a.security_type,
            authentication: a.authentication,
            credential_id: a.credential_id,
            secret: None,
            ignore_certificate_errors: a.ignore_certificate_errors,
            trusted_ca: a.trusted_ca.as_ref().map(ToString::to_string).unwrap_or_default(),
            pinned_certificate: a.pinned_certificate.as_ref().map(ToString::to_string).unwrap_or_default(),
            use_connector: a.use_connector,
            connector_id: a.connector_id,
        }
    }
}

impl AccountDraft {
    pub const fn security(&self) -> Security {
        Security::of(self.secure, self.security_type)
    }

    /// Checks every field and reports all errors at once, in the order of the window.
    pub fn parse(&self) -> Result<NewAccount, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take(field::NAME, Label::parse(&self.name));
        let sender = errors.take(field::SENDER, EmailAddress::parse(&self.sender));
        let reply_to = errors.take(field::REPLY_TO, EmailAddress::parse(&self.reply_to));
        let return_path = errors.take(field::RETURN_PATH, EmailAddress::parse(&self.return_path));
        let confirmation = errors.take(field::CONFIRMATION, EmailAddress::parse(&self.confirmation));
        if self.is_default && !self.enabled {
            errors.add(field::ENABLED, "default_must_be_enabled");
        }
        let host = errors.take(field::HOST, Host::parse(&self.host));
        let port = self.parse_port(&mut errors);
        if self.authentication && self.credential_id.is_none() {
            errors.add(field::CREDENTIAL, "required");
        }
        if let Some(code) = self.secret.as_ref().and_then(secret_error) {
            errors.add(field::SECRET, code);
        }
        let trusted_ca = errors.take_given(field::TRUSTED_CA, &self.trusted_ca, Certificates::parse);
        let pinned_certificate =
            errors.take_given(field::PINNED_CERTIFICATE, &self.pinned_certificate, Fingerprint::parse);
        if self.use_connector && self.connector_id.is_none() {
            errors.add(field::CONNECTOR, "required");
        }
        match (name, sender, reply_to, return_path, confirmation, host) {
            (Some(name), Some(sender), Some(reply_to), Some(return_path), Some(confirmation), Some(host))
                if errors.is_empty() =>
            {
                Ok(NewAccount {
                    name,
                    enabled: self.enabled,
                    sender,
                    reply_to,
                    return_path,
                    confirmation,
                    is_default: self.is_default,
                    read_receipt: self.read_receipt,
                    force_settings: self.force_settings,
                    footnote: self.footnote,
                    host,
                    port,
                    secure: self.secure,
                    security_type: self.security_type,
                    authentication: self.authentication,
                    credential_id: self.credential_id,
                    ignore_certificate_errors: self.ignore_certificate_errors,
                    trusted_ca,
                    pinned_certificate,
                    use_connector: self.use_connector,
                    connector_id: self.connector_id,
                })
            }
            _ => Err(errors),
        }
    }

    fn parse_port(&self, errors: &mut FieldErrors) -> Option<Port> {
        if self.port.trim().is_empty() {
            return None;
        }
        let port = Port::parse(&self.port);
        if port.is_none() {
            errors.add(field::PORT, "port_range");
        }
        port
    }
}

/// What is wrong with a secret as typed, if anything.
pub fn secret_error(secret: &Secret) -> Option<&'static str> {
    if secret.expose().contains('\0') {
        Some("secret_nul")
    } else if secret.expose().len() > Secret::MAX_BYTES {
        Some("too_long")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldError;

    fn valid() -> AccountDraft {
        AccountDraft {
            name: "Alerts".into(),
            sender: "alerts@example.com".into(),
            reply_to: "help@example.com".into(),
            return_path: "bounces@example.com".into(),
            confirmation: "read@example.com".into(),
            host: " smtp.example.com ".into(),
            ..AccountDraft::default()
        }
    }

    fn check(change: impl FnOnce(&mut AccountDraft), expected: &[(&str, &str)]) {
        let mut draft = valid();
        change(&mut draft);
        let errors = draft.parse().err().unwrap_or_default();
        let got: Vec<_> = errors.0.iter().map(|e| (e.field.as_str(), e.code.as_str())).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn defaults_are_those_of_the_window() {
        let draft = AccountDraft::default();
        assert!(draft.enabled && draft.secure);
        assert_eq!(draft.security_type, SecurityType::Ssl);
        assert!(!draft.authentication && !draft.use_connector && !draft.ignore_certificate_errors);
        assert!(!draft.read_receipt && !draft.force_settings && !draft.footnote && !draft.is_default);
    }

    #[test]
    fn each_field_is_checked() {
        check(|_| {}, &[]);
        check(|d| d.name = " ".into(), &[("name", "required")]);
        check(|d| d.name = "a\nb".into(), &[("name", "control_character")]);
        check(|d| d.sender = "nobody".into(), &[("sender", "email_missing")]);
        check(|d| d.reply_to = String::new(), &[("reply_to", "required")]);
        check(|d| d.return_path = "a@b\r\nc".into(), &[("return_path", "control_character")]);
        check(|d| d.confirmation = "x@".into(), &[("confirmation", "email_missing")]);
        check(|d| d.host = "smtp://x".into(), &[("host", "host_url")]);
        check(|d| d.port = "70000".into(), &[("port", "port_range")]);
        check(|d| d.port = "25".into(), &[]);
        check(|d| d.authentication = true, &[("credential_id", "required")]);
        check(|d| d.use_connector = true, &[("connector_id", "required")]);
        check(|d| d.trusted_ca = "MIIB".into(), &[("trusted_ca", "certificate_missing")]);
        check(|d| d.pinned_certificate = "ab".into(), &[("pinned_certificate", "fingerprint_form")]);
        check(|d| d.pinned_certificate = "ab".repeat(32), &[]);
        check(|d| d.secret = Some(Secret::new("a\0b")), &[("secret", "secret_nul")]);
        check(
            |d| {
                d.is_default = true;
                d.enabled = false;
            },
            &[("enabled", "default_must_be_enabled")],
        );
    }

    #[test]
    fn all_errors_come_at_once_in_the_order_of_the_window() {
        let errors = AccountDraft { authentication: true, use_connector: true, port: "x".into(), ..Default::default() }
            .parse()
            .expect_err("empty");
        let fields: Vec<_> = errors.0.iter().map(|e: &FieldError| e.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "name",
                "sender",
                "reply_to",
                "return_path",
                "confirmation",
                "host",
                "port",
                "credential_id",
                "connector_id"
            ]
        );
    }

    #[test]
    fn the_port_follows_the_security_type() {
        for (secure, kind, port) in
            [(false, SecurityType::Ssl, 25), (true, SecurityType::Tls, 587), (true, SecurityType::Ssl, 465)]
        {
            let draft = AccountDraft { secure, security_type: kind, ..valid() };
            assert_eq!(draft.parse().expect("valid").effective_port().get(), port);
        }
    }

    #[test]
    fn a_draft_of_an_account_parses_to_the_same_account() {
        let account = valid().parse().expect("valid");
        assert_eq!(AccountDraft::from(&account).parse().expect("valid"), account);
    }
}
