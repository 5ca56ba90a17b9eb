//! What a failed handshake means, from the error and the certificate shown. No words for people.

use super::chain::{fingerprint, names, rsa_bits};
use crate::{
    cause::Cause,
    fault::Fault,
    text::{cut, inert},
};
use domain::UnixMillis;
use rustls::{CertificateError, Error, pki_types::UnixTime};
use std::io;
use x509_parser::prelude::{FromDer, X509Certificate, X509Version};

/// `in_clear`: the cause of plain text where the handshake should be, which differs by how TLS began.
pub(crate) fn explain(error: &io::Error, chain: &[Vec<u8>], in_clear: Cause) -> Fault {
    let Some(error) = tls_error(error) else {
        return Fault::from_io(error);
    };
    match error {
        Error::InvalidMessage(_) => Fault::new(in_clear),
        Error::InvalidCertificate(reason) => certificate(reason, chain.first().map(Vec::as_slice)),
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
    let own = parsed.as_ref().filter(|certificate| certificate.issuer() == certificate.subject());
    let form = own.map(|certificate| if certificate.is_ca() { "self_signed_ca" } else { "self_signed" });
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
        // Our own verifier's, where an account has a certificate pinned.
        CertificateError::ApplicationVerificationFailure => {
            Fault::new(Cause::CertificateNotPinned).param(der.map(fingerprint).unwrap_or_default())
        }
        CertificateError::UnknownIssuer => unknown_issuer(parsed.as_ref(), form),
        // A CA certificate used by a server is reported by its form; what people need to know is that nobody vouches for it.
        _ if form.is_some() => unknown_issuer(parsed.as_ref(), form),
        other => Fault::new(Cause::CertificateInvalid).param(unusable(other, parsed.as_ref())),
    }
}

/// Why a certificate can't be used: a code where there are words for it, else the library's own.
fn unusable(reason: &CertificateError, certificate: Option<&X509Certificate<'_>>) -> String {
    let bits = certificate.and_then(|certificate| rsa_bits(certificate.public_key()));
    let sha1 = certificate.is_some_and(|certificate| {
        // sha1WithRSAEncryption and ecdsa-with-SHA1.
        matches!(
            certificate.signature_algorithm.algorithm.to_id_string().as_str(),
            "1.2.840.113549.1.1.5" | "1.2.840.10045.4.1"
        )
    });
    let old = certificate.is_some_and(|certificate| certificate.version() != X509Version::V3);
    let text = reason.to_string();
    let code = match reason {
        // A key that is too short is reported as a bad signature.
        _ if bits.is_some_and(|bits| bits < 2048) => "key_too_short",
        _ if sha1 => "signed_with_sha1",
        _ if old => "outdated_format",
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => "not_for_servers",
        CertificateError::UnhandledCriticalExtension => "unknown_extension",
        _ if text.contains("NameConstraint") => "name_constraint",
        _ if text.contains("CriticalExtension") => "unknown_extension",
        _ => return cut(&inert(text.as_bytes()), 120),
    };
    code.to_owned()
}

fn unknown_issuer(certificate: Option<&X509Certificate<'_>>, form: Option<&str>) -> Fault {
    let issuer = certificate.map(|certificate| certificate.issuer().to_string()).unwrap_or_default();
    let fault = Fault::new(Cause::CertificateUnknownIssuer).param(cut(&inert(issuer.as_bytes()), 200));
    form.into_iter().fold(fault, Fault::param)
}

fn moment(time: UnixTime) -> String {
    UnixMillis(i64::try_from(time.as_secs()).unwrap_or(i64::MAX).saturating_mul(1000)).to_rfc3339()
}
