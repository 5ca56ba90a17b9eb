//! Why there is no token, for people and for the session that waits for it. Holds no secret.

use crate::{cause::Cause, fault::Fault, fetch::FetchError, names::Missing};
use domain::session_test::Step;
use http::Uri;
use std::{fmt, time::Duration};

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} {params:?} {answer}", cause.code())]
pub struct TokenFault {
    pub cause: Cause,
    /// As the cause says.
    pub params: Vec<String>,
    /// What the endpoint said, masked and in one line: status, error, description. Empty where it said nothing.
    pub answer: String,
}

impl TokenFault {
    pub const fn new(cause: Cause) -> Self {
        Self { cause, params: Vec::new(), answer: String::new() }
    }

    /// A fault of this program or its machine.
    pub fn internal(what: &str) -> Self {
        Self::new(Cause::Internal).param(what)
    }

    #[must_use]
    pub fn param(mut self, param: impl fmt::Display) -> Self {
        self.params.push(param.to_string());
        self
    }

    pub(super) fn of_fetch(host: &str, error: &FetchError, limit: Duration) -> Self {
        let fault = |cause, reason: &str| Self::new(cause).param(host).param(reason);
        match error {
            FetchError::Url => fault(Cause::TokenProtocol, error.code()),
            FetchError::NotHttp | FetchError::TooLarge | FetchError::Redirected(_) => {
                fault(Cause::TokenProtocol, error.code())
            }
            FetchError::Name { missing: Missing::NoSuchName | Missing::NoData, .. } => {
                fault(Cause::TokenUnreachable, Cause::HostNotFound.code())
            }
            FetchError::Name { .. } => fault(Cause::TokenUnreachable, Cause::ResolverFailed.code()),
            FetchError::Forbidden(_) => Self::new(Cause::DestinationForbidden).param(host),
            FetchError::Cut => fault(Cause::TokenUnreachable, Cause::ConnectionClosed.code()),
            FetchError::Connection(cause, params) => match cause {
                Cause::Internal => Self { params: params.clone(), ..Self::new(*cause) },
                Cause::TlsPlaintextPort
                | Cause::TlsFailed
                | Cause::CertificateUnknownIssuer
                | Cause::CertificateExpired
                | Cause::CertificateNotYetValid
                | Cause::CertificateWrongName
                | Cause::CertificateNotPinned
                | Cause::CertificateInvalid => fault(Cause::TokenCertificate, cause.code()),
                _ => fault(Cause::TokenUnreachable, cause.code()),
            },
            FetchError::Timeout => Self::new(Cause::TokenTimeout).param(host).param(limit.as_secs()),
        }
    }
}

/// Nothing is wrong with the conversation that waits.
impl From<TokenFault> for Fault {
    fn from(fault: TokenFault) -> Self {
        let TokenFault { cause, params, answer } = fault;
        Self { params, reply: answer, ..Self::new(cause).at(Step::Auth).politely() }
    }
}

/// The endpoint as people know it: without its path, which may name an organization.
pub(super) fn host_of(endpoint: &str) -> String {
    let url = endpoint.parse::<Uri>().ok();
    url.as_ref().and_then(Uri::host).unwrap_or_default().to_owned()
}
