//! What a failed handshake means, from the error and the certificate shown. No words for people.

use super::HandshakeError;
use crate::{
    cause::Cause,
    fault::Fault,
    text::{cut, inert},
};
use domain::UnixMillis;
use rustls::{CertificateError, Error, pki_types::UnixTime};
use std::io;
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

/// `in_clear`: the cause of plain text where the handshake should be, which differs by how TLS began.
pub(crate) fn explain(failed: &HandshakeError, in_clear: Cause) -> Fault {
    let Some(error) = tls_error(&failed.error) else {
        return Fault::from_io(&failed.error);
    };
    match error {
        Error::InvalidMessage(_) => Fault::new(in_clear),
        Error::InvalidCertificate(reason) => certificate(reason, failed.certificate.as_deref()),
        other => failure(other),
    }
}

/// The TLS error inside of an I/O error, if that is what it is.
pub(crate) fn tls_error(error: &io::Error) -> Option<&Error> {
    error.get_ref().and_then(|inner| inner.downcast_ref::<Error>())
}

/// A TLS failure that is not about the certificate.
pub(crate) fn failure(error: &Error) -> Fault {
    let what = match error {
        Error::AlertReceived(alert) => {
            alert.as_str().map_or_else(|| format!("alert {}", u8::from(*alert)), str::to_owned)
        }
        Error::PeerIncompatible(reason) => format!("{reason:?}"),
        Error::PeerMisbehaved(reason) => format!("{reason:?}"),
        other => other.to_string(),
    };
    Fault::new(Cause::TlsFailed).param(cut(&inert(what.as_bytes()), 120))
}

fn certificate(reason: &CertificateError, der: Option<&[u8]>) -> Fault {
    let parsed = der.and_then(|der| X509Certificate::from_der(der).ok()).map(|(_, certificate)| certificate);
    let self_signed = parsed.as_ref().is_some_and(|certificate| certificate.issuer() == certificate.subject());
    match reason {
        CertificateError::ExpiredContext { not_after, .. } => {
            Fault::new(Cause::CertificateExpired).param(moment(*not_after))
        }
        CertificateError::Expired => Fault::new(Cause::CertificateExpired),
        CertificateError::NotValidYetContext { not_before, .. } => {
            Fault::new(Cause::CertificateNotYetValid).param(moment(*not_before))
        }
        CertificateError::NotValidYet => Fault::new(Cause::CertificateNotYetValid),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            let fault = Fault::new(Cause::CertificateWrongName);
            parsed.as_ref().map(names).unwrap_or_default().into_iter().fold(fault, Fault::param)
        }
        CertificateError::UnknownIssuer => unknown_issuer(parsed.as_ref(), self_signed),
        // A self-signed CA certificate used by a server is reported by its form; what people need to know is that nobody vouches for it.
        _ if self_signed => unknown_issuer(parsed.as_ref(), true),
        other => Fault::new(Cause::CertificateInvalid).param(cut(&inert(other.to_string().as_bytes()), 120)),
    }
}

fn unknown_issuer(certificate: Option<&X509Certificate<'_>>, self_signed: bool) -> Fault {
    let issuer = certificate.map(|certificate| certificate.issuer().to_string()).unwrap_or_default();
    let fault = Fault::new(Cause::CertificateUnknownIssuer).param(cut(&inert(issuer.as_bytes()), 200));
    if self_signed { fault.param("self_signed") } else { fault }
}

fn moment(time: UnixTime) -> String {
    UnixMillis(i64::try_from(time.as_secs()).unwrap_or(i64::MAX).saturating_mul(1000)).to_rfc3339()
}

/// The host names and addresses in a certificate, at most twenty.
fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = certificate.subject_alternative_name() else {
        return Vec::new();
    };
    let text = |name: &GeneralName<'_>| match name {
        GeneralName::DNSName(name) => Some(cut(&inert(name.as_bytes()), 253)),
        GeneralName::IPAddress(bytes) => address(bytes),
        _ => None,
    };
    extension.value.general_names.iter().filter_map(text).take(20).collect()
}

fn address(bytes: &[u8]) -> Option<String> {
    match bytes.len() {
        4 => <[u8; 4]>::try_from(bytes).ok().map(|bytes| std::net::Ipv4Addr::from(bytes).to_string()),
        16 => <[u8; 16]>::try_from(bytes).ok().map(|bytes| std::net::Ipv6Addr::from(bytes).to_string()),
        _ => None,
    }
}
