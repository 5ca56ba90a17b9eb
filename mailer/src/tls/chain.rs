//! Certificates as people compare them: what a server showed, whether it was believed or not. No judgement here.

use crate::text::{cut, inert};
use domain::{Certificates, UnixMillis, session_test::CertificateInfo};
use std::{
    fmt::Write,
    net::{Ipv4Addr, Ipv6Addr},
};
use x509_parser::{
    prelude::{FromDer, GeneralName, SubjectPublicKeyInfo, X509Certificate},
    public_key::PublicKey,
};

/// More than any server sends.
const LONGEST: usize = 10;

/// The end-entity certificate first; what can't be read is left out.
pub(crate) fn describe_chain(chain: &[Vec<u8>]) -> Vec<CertificateInfo> {
    chain.iter().take(LONGEST).filter_map(|der| describe(der)).collect()
}

fn describe(der: &[u8]) -> Option<CertificateInfo> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let validity = certificate.validity();
    Some(CertificateInfo {
        subject: shown(&certificate.subject().to_string()),
        issuer: shown(&certificate.issuer().to_string()),
        names: names(&certificate),
        not_before: moment(validity.not_before.timestamp()),
        not_after: moment(validity.not_after.timestamp()),
        key: key(certificate.public_key()),
        fingerprint: fingerprint(der),
        self_signed: certificate.issuer() == certificate.subject(),
        pem: if certificate.is_ca() { Certificates::of_der(der) } else { String::new() },
    })
}

/// The host names and addresses in a certificate, at most twenty.
pub(super) fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
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

/// The size of an RSA key in bits.
pub(super) fn rsa_bits(key: &SubjectPublicKeyInfo<'_>) -> Option<usize> {
    match key.parsed() {
        Ok(PublicKey::RSA(rsa)) => Some(rsa.key_size()),
        _ => None,
    }
}

fn key(key: &SubjectPublicKeyInfo<'_>) -> String {
    if let Some(bits) = rsa_bits(key) {
        return format!("RSA {bits}");
    }
    let curve = key.algorithm.parameters.as_ref().and_then(|parameters| parameters.as_oid().ok());
    match (key.algorithm.algorithm.to_id_string().as_str(), curve.map(|oid| oid.to_id_string()).as_deref()) {
        ("1.2.840.10045.2.1", Some("1.2.840.10045.3.1.7")) => "EC P-256".to_owned(),
        ("1.2.840.10045.2.1", Some("1.3.132.0.34")) => "EC P-384".to_owned(),
        ("1.2.840.10045.2.1", Some("1.3.132.0.35")) => "EC P-521".to_owned(),
        ("1.3.101.112", _) => "Ed25519".to_owned(),
        (other, _) => other.to_owned(),
    }
}

/// SHA-256 in hexadecimal with colons, as browsers and OpenSSL show it.
pub(crate) fn fingerprint(der: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, der);
    let mut text = String::with_capacity(95);
    for (index, byte) in digest.as_ref().iter().enumerate() {
        let colon = if index == 0 { "" } else { ":" };
        // Writing to a String does not fail.
        let _ = write!(text, "{colon}{byte:02X}");
    }
    text
}

fn shown(name: &str) -> String {
    cut(&inert(name.as_bytes()), 200)
}

fn moment(seconds: i64) -> String {
    UnixMillis(seconds.saturating_mul(1000)).to_rfc3339()
}

fn address(bytes: &[u8]) -> Option<String> {
    match bytes.len() {
        4 => <[u8; 4]>::try_from(bytes).ok().map(|bytes| Ipv4Addr::from(bytes).to_string()),
        16 => <[u8; 16]>::try_from(bytes).ok().map(|bytes| Ipv6Addr::from(bytes).to_string()),
        _ => None,
    }
}
