//! Sealing: XChaCha20-Poly1305 with random data keys, themselves wrapped by the master key.
//!
//! A sealed secret is bound to its credential, the user name it goes with and the one place it may be sent to: changed in
//! any of them, by whatever way, it does not open.

use crate::{
    error::{Inside, ServiceError},
    key_file::MasterKey,
    random,
};
use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use domain::{Secret, UnixMillis, credential::Credential, destination::Destination};
use std::collections::HashMap;
use store::{DataKey, Sealed};
use zeroize::Zeroizing;

const FORMAT: &str = "1";
const NONCE_BYTES: usize = 24;

pub(crate) struct KeyRing {
    current: String,
    keys: HashMap<String, Zeroizing<[u8; 32]>>,
}

impl KeyRing {
    /// A first data key, and what to store of it.
    pub(crate) fn make(master: &MasterKey, now: UnixMillis) -> Inside<(Self, DataKey)> {
        let id = random::hex::<8>()?;
        let key = Zeroizing::new(random::bytes::<32>()?);
        let wrapped = wrap(master, &id, &key, now)?;
        Ok((Self { current: id.clone(), keys: HashMap::from([(id, key)]) }, wrapped))
    }

    /// All data keys, or `None` where the master key does not open each of them.
    pub(crate) fn unwrap(master: &MasterKey, stored: &[DataKey]) -> Option<Self> {
        let mut keys = HashMap::new();
        for key in stored {
            let plain = open(master, &key.nonce, &key.wrapped, &key_label(&key.id))?;
            keys.insert(key.id.clone(), Zeroizing::new(<[u8; 32]>::try_from(plain.as_slice()).ok()?));
        }
        Some(Self { current: stored.last()?.id.clone(), keys })
    }

    /// The same data keys under another master key.
    pub(crate) fn rewrap(&self, master: &MasterKey, stored: &[DataKey]) -> Inside<Vec<DataKey>> {
        let again = |old: &DataKey| {
            let key = self.keys.get(&old.id).ok_or(ServiceError::Seal)?;
            wrap(master, &old.id, key, old.created_at)
        };
        stored.iter().map(again).collect()
    }

    /// `None` as destination: claimed by no place yet.
    pub(crate) fn seal(
        &self,
        credential: &Credential,
        destination: Option<&Destination>,
        secret: &Secret,
        now: UnixMillis,
    ) -> Inside<Sealed> {
        let key = self.keys.get(&self.current).ok_or(ServiceError::Seal)?;
        let label = secret_label(credential, &self.current, destination);
        let (nonce, ciphertext) = close(key, secret.expose().as_bytes(), &label)?;
        Ok(Sealed {
            credential_id: credential.id,
            destination: destination.cloned(),
            key_id: self.current.clone(),
            nonce,
            ciphertext,
            created_at: now,
        })
    }

    /// `None` where it was sealed for anything else than this credential, user name and place.
    pub(crate) fn open(
        &self,
        credential: &Credential,
        destination: Option<&Destination>,
        sealed: &Sealed,
    ) -> Option<Secret> {
        let key = self.keys.get(&sealed.key_id)?;
        let label = secret_label(credential, &sealed.key_id, destination);
        let plain = open(key, &sealed.nonce, &sealed.ciphertext, &label)?;
        std::str::from_utf8(&plain).ok().map(Secret::new)
    }
}

fn secret_label(credential: &Credential, key_id: &str, destination: Option<&Destination>) -> Vec<u8> {
    let id = credential.id.to_string();
    let oauth = &credential.oauth;
    let endpoint = oauth.endpoint(credential.kind);
    let place = destination.map_or("", Destination::as_str);
    let mut parts = vec![FORMAT, "credential_secret", &id, &credential.user_name, key_id, place];
    // A secret for one token endpoint does not open for another.
    if credential.kind.is_oauth() {
        parts.extend([credential.kind.code(), &endpoint, &oauth.client_id, oauth.grant.code()]);
    }
    label(&parts)
}

fn key_label(id: &str) -> Vec<u8> {
    label(&[FORMAT, "data_key", id])
}

/// Each part with its length before it: no two lists of parts make the same label.
fn label(parts: &[&str]) -> Vec<u8> {
    let mut label = Vec::new();
    for part in parts {
        label.extend_from_slice(&(part.len() as u64).to_be_bytes());
        label.extend_from_slice(part.as_bytes());
    }
    label
}

fn wrap(master: &MasterKey, id: &str, key: &[u8; 32], created_at: UnixMillis) -> Inside<DataKey> {
    let (nonce, wrapped) = close(master, key, &key_label(id))?;
    Ok(DataKey { id: id.to_owned(), nonce, wrapped, created_at })
}

fn close(key: &[u8; 32], plain: &[u8], label: &[u8]) -> Inside<(Vec<u8>, Vec<u8>)> {
    let nonce = random::bytes::<NONCE_BYTES>()?;
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let closed =
        cipher.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: label }).map_err(|_| ServiceError::Seal)?;
    Ok((nonce.to_vec(), closed))
}

fn open(key: &[u8; 32], nonce: &[u8], closed: &[u8], label: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let nonce = <[u8; NONCE_BYTES]>::try_from(nonce).ok()?;
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    cipher.decrypt(&XNonce::from(nonce), Payload { msg: closed, aad: label }).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        CredentialId, Label,
        credential::{CredentialKind, OAuth},
    };

    fn credential(id: i64, user_name: &str) -> Credential {
        Credential {
            id: CredentialId(id),
            version: 1,
            name: Label::parse("Relay").expect("valid"),
            kind: CredentialKind::Password,
            user_name: user_name.into(),
            oauth: OAuth::default(),
            secret_set_at: UnixMillis(0),
            used_by: vec![],
            destinations: vec![],
            unbound: false,
        }
    }

    #[test]
    fn opens_for_what_it_was_sealed_for_and_for_nothing_else() {
        let master = Zeroizing::new([7; 32]);
        let (ring, stored) = KeyRing::make(&master, UnixMillis(0)).expect("makes");
        let place = Destination::from_stored("smtp a 465".into());
        let other = Destination::from_stored("smtp b 465".into());
        let secret = Secret::new("geheim");
        let sealed = ring.seal(&credential(1, "relay"), Some(&place), &secret, UnixMillis(0)).expect("seals");
        for (credential, destination, opened) in [
            (credential(1, "relay"), Some(&place), Some(secret)),
            (credential(2, "relay"), Some(&place), None),
            (credential(1, "other"), Some(&place), None),
            (credential(1, "relay"), Some(&other), None),
            (credential(1, "relay"), None, None),
        ] {
            assert_eq!(ring.open(&credential, destination, &sealed), opened, "{} {destination:?}", credential.id);
        }
        let again = KeyRing::unwrap(&master, std::slice::from_ref(&stored)).expect("unwraps");
        assert!(again.open(&credential(1, "relay"), Some(&place), &sealed).is_some());
        assert!(KeyRing::unwrap(&Zeroizing::new([8; 32]), std::slice::from_ref(&stored)).is_none());
        let renamed = DataKey { id: "other".into(), ..stored };
        assert!(KeyRing::unwrap(&master, &[renamed]).is_none(), "a key is bound to its id");
    }

    #[test]
    fn labels_are_unambiguous() {
        assert_ne!(label(&["ab", "c"]), label(&["a", "bc"]));
    }
}
