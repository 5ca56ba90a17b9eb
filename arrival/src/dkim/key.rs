//! A key record, read (RFC 6376 section 3.6.1, RFC 8463).

use crate::tags::{tag, tags};
use base64::{Engine, prelude::BASE64_STANDARD};
use x509_parser::{prelude::FromDer, public_key::RSAPublicKey, x509::SubjectPublicKeyInfo};

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub material: Material,
    /// Signatures over SHA-256 may be checked with it.
    pub sha256: bool,
    pub for_mail: bool,
    pub testing: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Material {
    /// Of so many bits.
    Rsa(usize),
    Ed25519,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum KeyError {
    /// An empty key: what it signed is not to be believed any more.
    Revoked,
    /// The tag that is wrong.
    Malformed(&'static str),
}

pub(super) fn parse(text: &str) -> Result<Key, KeyError> {
    let tags = tags(text).ok_or(KeyError::Malformed("record"))?;
    match tag(&tags, "v") {
        None => {}
        // Where it is there, it comes first.
        Some("DKIM1") if tags.first().is_some_and(|(name, _)| *name == "v") => {}
        Some(_) => return Err(KeyError::Malformed("v")),
    }
    let encoded: String =
        tag(&tags, "p").ok_or(KeyError::Malformed("p"))?.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    if encoded.is_empty() {
        return Err(KeyError::Revoked);
    }
    let octets = BASE64_STANDARD.decode(encoded).map_err(|_| KeyError::Malformed("p"))?;
    let material = match tag(&tags, "k").unwrap_or("rsa") {
        "rsa" => Material::Rsa(rsa_bits(&octets).ok_or(KeyError::Malformed("p"))?),
        "ed25519" if octets.len() == 32 => Material::Ed25519,
        "ed25519" => return Err(KeyError::Malformed("p")),
        _ => return Err(KeyError::Malformed("k")),
    };
    let lists = |name, wanted: &[&str]| {
        tag(&tags, name).is_none_or(|list| list.split(':').any(|one| wanted.contains(&one.trim())))
    };
    Ok(Key {
        material,
        sha256: lists("h", &["sha256"]),
        for_mail: lists("s", &["*", "email"]),
        testing: tag(&tags, "t").is_some_and(|list| list.split(':').any(|one| one.trim() == "y")),
    })
}

/// As most have it, with the algorithm around it, or the bare key of RFC 6376's words.
fn rsa_bits(octets: &[u8]) -> Option<usize> {
    let bare = |octets: &[u8]| {
        let (rest, key) = RSAPublicKey::from_der(octets).ok()?;
        rest.is_empty().then(|| key.key_size())
    };
    match SubjectPublicKeyInfo::from_der(octets) {
        Ok(([], info)) => bare(&info.subject_public_key.data),
        _ => bare(octets),
    }
    .filter(|bits| *bits > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of 1024 bits, made for this test alone.
    const RSA_1024: &str = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCcDTWUnPvPq90U6rWtsZACxDb5lh9tYTCB2OKCwuqiK4R5c8hyQ9FNNbv6WYYgGQe5+7tR4joXY9dMxfF1d4LkuFvmZnMe8ZIWHcZBXziogSj+s81kISgL5S2B7FAYez6oOxw6MpAiv8MBeBCJ2MAQZum/KCMQJYPicNzWUfpXGwIDAQAB";
    const RSA_1024_BARE: &str = "MIGJAoGBANe5/VD32g/15SNPyiqMlAkzuW7NmoshV5Agj9ND5FeawxABXGv4YkHscVDyddViRt2loXnuXB/w2FHF0Z7NrU59f90CpRCVEaUGFmGGzs+Zc71KKOQ8xPQ7UO0N844bBocWfZBVmhDVQasSIXMk6tMd+seOBYgbhRhSfk6drAHjAgMBAAE=";

    #[test]
    fn keys() {
        let check = |text: &str, wanted: Result<Key, KeyError>| assert_eq!(parse(text), wanted, "{text}");
        let rsa = |sha256, for_mail, testing| Ok(Key { material: Material::Rsa(1024), sha256, for_mail, testing });
        check(&format!("v=DKIM1; k=rsa; p={RSA_1024}"), rsa(true, true, false));
        check(&format!("p={} {}", &RSA_1024[..40], &RSA_1024[40..]), rsa(true, true, false));
        check(&format!("k=rsa; p={RSA_1024_BARE}"), rsa(true, true, false));
        check(&format!("v=DKIM1; h=sha1; t=y:s; s=email; p={RSA_1024}"), rsa(false, true, true));
        check(&format!("v=DKIM1; h=sha1 : sha256; s=tlsrpt; p={RSA_1024}"), rsa(true, false, false));
        check(
            "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            Ok(Key { material: Material::Ed25519, sha256: true, for_mail: true, testing: false }),
        );
        check("v=DKIM1; p=", Err(KeyError::Revoked));
        check("v=DKIM1; k=rsa", Err(KeyError::Malformed("p")));
        check("v=DKIM1; k=rsa; p=AAAA", Err(KeyError::Malformed("p")));
        check("v=DKIM1; p=not base64!", Err(KeyError::Malformed("p")));
        check("v=DKIM1; k=dsa; p=AAAA", Err(KeyError::Malformed("k")));
        check("v=DKIM2; p=AAAA", Err(KeyError::Malformed("v")));
        check("p=AAAA; v=DKIM1", Err(KeyError::Malformed("v")));
        check("hello", Err(KeyError::Malformed("record")));
    }
}
