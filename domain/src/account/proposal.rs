//! Settings that somebody proposes for an account: a preset, a discovery, a remedy. Filled in by one press, saved by nobody but the administrator.

use super::{AccountDraft, Security, SecurityType};
use serde::{Deserialize, Serialize};

/// What it does not name stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Proposal {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security: Option<Security>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authentication: Option<bool>,
    /// PEM of an authority to trust; certificates are checked again with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trusted_ca: Option<String>,
    /// The fingerprint of the one certificate to accept; certificates are checked again with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned_certificate: Option<String>,
}

impl Proposal {
    /// Another protection with its usual port.
    pub const fn secured(security: Security) -> Self {
        Self {
            host: None,
            port: Some(security.default_port().get()),
            security: Some(security),
            authentication: None,
            trusted_ca: None,
            pinned_certificate: None,
        }
    }

    pub fn apply(&self, draft: &mut AccountDraft) {
        if let Some(host) = &self.host {
            draft.host.clone_from(host);
        }
        if let Some(security) = self.security {
            draft.secure = security != Security::None;
            match security {
                Security::StartTls => draft.security_type = SecurityType::Tls,
                Security::ImplicitTls => draft.security_type = SecurityType::Ssl,
                Security::None => {}
            }
        }
        if let Some(port) = self.port {
            draft.port = port.to_string();
        }
        if let Some(authentication) = self.authentication {
            draft.authentication = authentication;
        }
        // An authority is trusted beside those trusted already; a pin that shows another certificate gives way.
        if let Some(pem) = &self.trusted_ca {
            if !draft.trusted_ca.contains(pem.trim()) {
                let all = [draft.trusted_ca.trim(), pem.trim(), ""].join("\n");
                all.trim_start().clone_into(&mut draft.trusted_ca);
            }
            draft.pinned_certificate.clear();
            draft.ignore_certificate_errors = false;
        }
        if let Some(fingerprint) = &self.pinned_certificate {
            draft.pinned_certificate.clone_from(fingerprint);
            draft.ignore_certificate_errors = false;
        }
    }

    /// Whether applying it would change nothing: the port that a draft leaves out is the usual one.
    pub fn holds(&self, draft: &AccountDraft) -> bool {
        let mut applied = draft.clone();
        self.apply(&mut applied);
        let port = |draft: &AccountDraft| match draft.port.trim() {
            "" => draft.security().default_port().to_string(),
            typed => typed.to_owned(),
        };
        port(&applied) == port(draft) && AccountDraft { port: draft.port.clone(), ..applied } == *draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_stays_and_what_holds_changes_nothing() {
        let mut draft = AccountDraft { host: "mail.example".into(), secure: false, ..AccountDraft::default() };
        let ssl = Proposal::secured(Security::ImplicitTls);
        assert!(!ssl.holds(&draft));
        ssl.apply(&mut draft);
        assert_eq!((draft.secure, draft.security_type, draft.port.as_str()), (true, SecurityType::Ssl, "465"));
        assert_eq!(draft.host, "mail.example");
        assert!(ssl.holds(&draft));
        draft.port.clear();
        assert!(ssl.holds(&draft), "465 is the usual port of implicit TLS");
        let host = Proposal { host: Some("smtp.example".into()), authentication: Some(true), ..Proposal::default() };
        assert!(!host.holds(&draft));
        host.apply(&mut draft);
        assert_eq!((draft.host.as_str(), draft.authentication, draft.port.as_str()), ("smtp.example", true, ""));
    }
}
