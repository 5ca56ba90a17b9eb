//! Certificates in PEM (RFC 7468), as pasted. Whether one can be trusted is for whoever reads its inside.

use super::serde_by_parse;
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// One certificate or a few, each 64 characters a line and without anything in between.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Certificates(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificatesError {
    Missing,
    /// A key was pasted: it has no business here.
    PrivateKey,
    Broken,
    TooMany,
}

impl CertificatesError {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "certificate_missing",
            Self::PrivateKey => "private_key",
            Self::Broken => "certificate_broken",
            Self::TooMany => "certificate_too_many",
        }
    }
}

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

impl Certificates {
    pub const MOST: usize = 10;
    const MAX_BYTES: usize = 64 * 1024;

    pub fn parse(text: &str) -> Result<Self, CertificatesError> {
        if text.contains("PRIVATE KEY-----") {
            return Err(CertificatesError::PrivateKey);
        }
        if text.len() > Self::MAX_BYTES {
            return Err(CertificatesError::TooMany);
        }
        let mut pem = String::new();
        let mut blocks = text.split(BEGIN);
        // What openssl prints before a certificate is for people.
        blocks.next();
        for (index, block) in blocks.enumerate() {
            if index == Self::MOST {
                return Err(CertificatesError::TooMany);
            }
            let (inside, _) = block.split_once(END).ok_or(CertificatesError::Broken)?;
            let packed: String = inside.chars().filter(|c| !c.is_whitespace()).collect();
            let der = BASE64_STANDARD.decode(packed).map_err(|_| CertificatesError::Broken)?;
            if !is_one_sequence(&der) {
                return Err(CertificatesError::Broken);
            }
            write_block(&mut pem, &der);
        }
        if pem.is_empty() { Err(CertificatesError::Missing) } else { Ok(Self(pem)) }
    }

    /// The PEM text of one certificate.
    pub fn of_der(der: &[u8]) -> String {
        let mut pem = String::new();
        write_block(&mut pem, der);
        pem
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// SHA-256 of all of it: which certificates these are, in few letters.
    pub fn digest(&self) -> String {
        let mut text = String::new();
        for byte in Sha256::digest(&self.0) {
            // Writing to a String does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

fn write_block(pem: &mut String, der: &[u8]) {
    let packed = BASE64_STANDARD.encode(der);
    let lines = (0..packed.len()).step_by(64).filter_map(|at| packed.get(at..packed.len().min(at + 64)));
    pem.push_str(BEGIN);
    for line in lines {
        pem.push('\n');
        pem.push_str(line);
    }
    pem.push('\n');
    pem.push_str(END);
    pem.push('\n');
}

/// A SEQUENCE of DER that is as long as it says.
fn is_one_sequence(der: &[u8]) -> bool {
    let (length, head) = match der {
        [0x30, short, ..] if *short < 0x80 => (usize::from(*short), 2),
        [0x30, 0x81, a, ..] => (usize::from(*a), 3),
        [0x30, 0x82, a, b, ..] => (usize::from(*a) << 8 | usize::from(*b), 4),
        _ => return false,
    };
    der.len() == length + head
}

serde_by_parse!(Certificates);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_certificates_are_put_in_order() {
        let der: Vec<u8> = [0x30, 0x81, 200].into_iter().chain([7; 200]).collect();
        let pem = Certificates::of_der(&der);
        assert_eq!(Certificates::parse(&pem).map(|c| c.to_string()), Ok(pem.clone()));
        let untidy = format!("subject=CN = x\n{}\n\nmore\n{pem}", pem.replace('\n', "\r\n  "));
        assert_eq!(Certificates::parse(&untidy).map(|c| c.to_string()), Ok(format!("{pem}{pem}")));
        assert_ne!(
            Certificates::parse(&untidy).expect("two").digest(),
            Certificates::parse(&pem).expect("one").digest()
        );
    }

    #[test]
    fn what_is_no_certificate_is_refused() {
        let check =
            |text: &str, code: &str| assert_eq!(Certificates::parse(text).map_err(CertificatesError::code), Err(code));
        let pem = Certificates::of_der(&[0x30, 2, 5, 0]);
        check("", "certificate_missing");
        check("MIIB", "certificate_missing");
        check(BEGIN, "certificate_broken");
        check(&format!("{BEGIN}\n????\n{END}"), "certificate_broken");
        check(&Certificates::of_der(&[0x30, 9, 5, 0]), "certificate_broken");
        check(&format!("{pem}-----BEGIN RSA PRIVATE KEY-----\nMII\n"), "private_key");
        check(&pem.repeat(11), "certificate_too_many");
        assert!(Certificates::parse(&pem.repeat(10)).is_ok());
    }
}
