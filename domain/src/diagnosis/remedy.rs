//! Which settings would help: proposals that one press fills into the settings window. Nothing is promised, nothing is saved by them.

use super::{Enhanced, Evidence};
use crate::{
    Host, Port,
    account::{Proposal, Security},
    session_test::CertificateInfo,
};
use serde::{Deserialize, Serialize};

/// One button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// `use_implicit_tls`, `use_starttls`, `enable_authentication`, `use_host`, …
    pub code: String,
    pub proposal: Proposal,
    /// What would be trusted: to be compared with what its owner says before anybody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Box<CertificateInfo>>,
}

impl Remedy {
    fn security(security: Security, port: Port) -> Self {
        let code = match security {
            Security::ImplicitTls => "use_implicit_tls",
            Security::StartTls => "use_starttls",
            Security::None => "use_clear_text",
        };
        let proposal = Proposal { security: Some(security), port: Some(port.get()), ..Proposal::default() };
        Self { code: code.to_owned(), proposal, certificate: None }
    }

    fn authentication() -> Self {
        let proposal = Proposal { authentication: Some(true), ..Proposal::default() };
        Self { code: "enable_authentication".to_owned(), proposal, certificate: None }
    }

    fn host(name: &str) -> Self {
        let proposal = Proposal { host: Some(name.to_owned()), ..Proposal::default() };
        Self { code: "use_host".to_owned(), proposal, certificate: None }
    }

    /// The authority highest up in what the server showed.
    fn trust_ca(shown: &[CertificateInfo]) -> Option<Self> {
        let (_, above) = shown.split_first()?;
        let ca = above.iter().rfind(|certificate| !certificate.pem.is_empty())?;
        let proposal = Proposal { trusted_ca: Some(ca.pem.clone()), ..Proposal::default() };
        Some(Self::certificate("trust_ca", proposal, ca))
    }

    fn pin(shown: &[CertificateInfo]) -> Option<Self> {
        let own = shown.first()?;
        let proposal = Proposal { pinned_certificate: Some(own.fingerprint.clone()), ..Proposal::default() };
        Some(Self::certificate("pin_certificate", proposal, own))
    }

    fn certificate(code: &str, proposal: Proposal, shown: &CertificateInfo) -> Self {
        let certificate = Some(Box::new(CertificateInfo { pem: String::new(), ..shown.clone() }));
        Self { code: code.to_owned(), proposal, certificate }
    }
}

/// The likeliest first.
pub fn remedies(code: &str, evidence: &Evidence<'_>) -> Vec<Remedy> {
    use Security::{ImplicitTls, StartTls};
    let usual = |security: Security| Remedy::security(security, security.default_port());
    let here = |security: Security| Port::new(evidence.port).map(|port| Remedy::security(security, port));
    let others = || {
        let all = [ImplicitTls, StartTls].map(usual);
        all.into_iter().filter(|remedy| remedy.proposal.port != Some(evidence.port)).collect()
    };
    match code {
        // The port spoke plain text itself: the same port, in the way it speaks.
        "tls_plaintext_port" => here(StartTls).into_iter().collect(),
        "port_expects_tls" => here(ImplicitTls).into_iter().collect(),
        "encryption_required" | "auth_only_after_tls" | "password_in_clear" if evidence.security == Security::None => {
            match evidence.port {
                465 => vec![usual(ImplicitTls)],
                25 => [here(StartTls), Some(usual(StartTls)), Some(usual(ImplicitTls))].into_iter().flatten().collect(),
                _ => [here(StartTls), Some(usual(ImplicitTls))].into_iter().flatten().collect(),
            }
        }
        "auth_not_offered" if evidence.security == Security::None => {
            [here(StartTls), Some(usual(ImplicitTls))].into_iter().flatten().collect()
        }
        "starttls_not_offered" | "starttls_stripped" | "starttls_refused" => vec![usual(ImplicitTls)],
        "greeting_timeout" if evidence.security != ImplicitTls => here(ImplicitTls).into_iter().collect(),
        "connection_refused" | "port_25_blocked" | "egress_blocked" if matches!(evidence.port, 25 | 465 | 587) => {
            others()
        }
        "authentication_required"
        | "o365_not_authenticated"
        | "sender_login_required"
        | "relay_denied"
        | "exchange_relay_denied"
            if !evidence.login =>
        {
            vec![Remedy::authentication()]
        }
        // A rule against this sender or recipient (RFC 3463 section 3.8), at a server that lets in who logs in.
        "sender_refused" | "recipient_refused"
            if !evidence.login
                && evidence.login_offered
                && Enhanced::find(evidence.reply).is_some_and(|status| status.subject == 7) =>
        {
            vec![Remedy::authentication()]
        }
        // A wildcard names no host.
        "certificate_wrong_name" => {
            let names = evidence.params.iter().filter(|name| !name.contains('*') && Host::parse(name).is_ok());
            let hosts = names.take(3).map(|name| Remedy::host(name));
            hosts.chain(Remedy::pin(evidence.certificates)).collect()
        }
        "certificate_unknown_issuer" => {
            let shown = evidence.certificates;
            [Remedy::trust_ca(shown), Remedy::pin(shown)].into_iter().flatten().collect()
        }
        // Nobody else vouches for it, so there is nobody to trust instead.
        "certificate_self_signed" | "certificate_self_signed_ca" | "certificate_not_pinned" => {
            Remedy::pin(evidence.certificates).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
