//! What the settings window says while one types: pairings that can't work or leave something open. Never refuses a save.

use super::{AccountDraft, Security};
use crate::Port;

/// A remark on the draft as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// Port 465 expects TLS from the first byte; STARTTLS was chosen.
    StartTlsOnImplicitPort,
    /// Port 587 begins in clear; implicit TLS was chosen.
    ImplicitTlsOnStartTlsPort,
    /// Port 465 expects TLS from the first byte; no encryption was chosen.
    ClearOnImplicitPort,
    /// Port 25 rarely speaks implicit TLS.
    ImplicitTlsOnRelayPort,
    /// Port 2525 stands in for 587 and begins in clear as that does.
    ImplicitTlsOnAlternatePort,
    /// Port 25 is for mail between servers: logins are rarely taken there, and many networks close it.
    LoginOnRelayPort,
    /// Nothing is encrypted, and a password would be sent.
    PasswordInClear,
    /// Nothing is encrypted.
    NothingEncrypted,
    /// Whoever is in between can pose as the server.
    CertificateIgnored,
}

impl Hint {
    pub const fn code(self) -> &'static str {
        match self {
            Self::StartTlsOnImplicitPort => "starttls_on_465",
            Self::ImplicitTlsOnStartTlsPort => "implicit_tls_on_587",
            Self::ClearOnImplicitPort => "clear_on_465",
            Self::ImplicitTlsOnRelayPort => "implicit_tls_on_25",
            Self::ImplicitTlsOnAlternatePort => "implicit_tls_on_2525",
            Self::LoginOnRelayPort => "login_on_25",
            Self::PasswordInClear => "password_in_clear",
            Self::NothingEncrypted => "nothing_encrypted",
            Self::CertificateIgnored => "certificate_ignored",
        }
    }

    /// Whether it says that port and protection do not go together.
    pub const fn is_pairing(self) -> bool {
        matches!(
            self,
            Self::StartTlsOnImplicitPort
                | Self::ImplicitTlsOnStartTlsPort
                | Self::ClearOnImplicitPort
                | Self::ImplicitTlsOnRelayPort
                | Self::ImplicitTlsOnAlternatePort
        )
    }
}

/// All hints on a draft, in the order of the window.
pub fn hints(draft: &AccountDraft) -> Vec<Hint> {
    let mut hints = Vec::new();
    let port = Port::parse(&draft.port);
    match (draft.security(), port) {
        (Security::StartTls, Some(Port::SUBMISSIONS)) => hints.push(Hint::StartTlsOnImplicitPort),
        (Security::ImplicitTls, Some(Port::SUBMISSION)) => hints.push(Hint::ImplicitTlsOnStartTlsPort),
        (Security::ImplicitTls, Some(Port::SMTP)) => hints.push(Hint::ImplicitTlsOnRelayPort),
        (Security::ImplicitTls, Some(Port::ALTERNATE)) => hints.push(Hint::ImplicitTlsOnAlternatePort),
        (Security::StartTls, Some(Port::SMTP)) if draft.authentication => hints.push(Hint::LoginOnRelayPort),
        (Security::None, Some(Port::SUBMISSIONS)) => hints.push(Hint::ClearOnImplicitPort),
        _ => {}
    }
    match draft.security() {
        Security::None if draft.authentication => hints.push(Hint::PasswordInClear),
        Security::None => hints.push(Hint::NothingEncrypted),
        _ => {}
    }
    if draft.secure && draft.ignore_certificate_errors {
        hints.push(Hint::CertificateIgnored);
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::SecurityType;

    #[test]
    fn pairings_that_cannot_work_are_said() {
        let check = |port: &str, secure, kind, expected: &[Hint]| {
            let draft = AccountDraft { port: port.into(), secure, security_type: kind, ..AccountDraft::default() };
            assert_eq!(hints(&draft), expected, "{port} {secure} {kind:?}");
        };
        check("465", true, SecurityType::Tls, &[Hint::StartTlsOnImplicitPort]);
        check("587", true, SecurityType::Ssl, &[Hint::ImplicitTlsOnStartTlsPort]);
        check("25", true, SecurityType::Ssl, &[Hint::ImplicitTlsOnRelayPort]);
        check("465", true, SecurityType::Ssl, &[]);
        check("587", true, SecurityType::Tls, &[]);
        check("", true, SecurityType::Tls, &[]);
        check("25", false, SecurityType::Tls, &[Hint::NothingEncrypted]);
        check("2525", true, SecurityType::Ssl, &[Hint::ImplicitTlsOnAlternatePort]);
        check("2525", true, SecurityType::Tls, &[]);
        check("465", false, SecurityType::Ssl, &[Hint::ClearOnImplicitPort, Hint::NothingEncrypted]);
    }

    #[test]
    fn a_login_on_the_relay_port_is_remarked_on() {
        let check = |port: &str, authentication, expected: &[Hint]| {
            let security_type = SecurityType::Tls;
            let draft = AccountDraft { port: port.into(), authentication, security_type, ..AccountDraft::default() };
            assert_eq!(hints(&draft), expected, "{port} {authentication}");
        };
        check("25", true, &[Hint::LoginOnRelayPort]);
        check("25", false, &[]);
        check("587", true, &[]);
    }

    #[test]
    fn dangers_are_said() {
        let clear = AccountDraft { secure: false, authentication: true, ..AccountDraft::default() };
        assert_eq!(hints(&clear), [Hint::PasswordInClear]);
        let ignored = AccountDraft { ignore_certificate_errors: true, ..AccountDraft::default() };
        assert_eq!(hints(&ignored), [Hint::CertificateIgnored]);
    }
}
