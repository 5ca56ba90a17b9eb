//! Keys: each for one algorithm, read from a secret or from a JSON Web Key Set. What a set has for other purposes is passed over.

use crate::{secret, strict};
use ring::{
    hmac,
    signature::{self, RsaPublicKeyComponents, UnparsedPublicKey},
};
use serde_json::{Map, Value};
use std::fmt;

/// A set with more keys than this is nobody's.
const MAX_KEYS: usize = 100;
const P256_COORDINATE: usize = 32;
const ED25519_KEY: usize = 32;
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// Why there are no keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    #[error("shorter than 32 bytes")]
    Short,
    #[error("the same characters over and over")]
    Repeated,
    #[error("an example, known to everybody")]
    Example,
    #[error("not a JSON Web Key Set")]
    NotASet,
    #[error("holds a private key, which belongs to the portal alone")]
    Private,
    #[error("holds no key for EdDSA (Ed25519), ES256 (P-256) or RS256 (RSA of 2048 to 8192 bits)")]
    NoKey,
}

/// Keys that tokens may be signed with. Prints none of them.
#[derive(Clone)]
pub struct Keys(Vec<Key>);

#[derive(Clone)]
struct Key {
    /// `None`: it has no name.
    id: Option<String>,
    verifier: Verifier,
}

/// A key with its one algorithm.
#[derive(Clone)]
pub(crate) enum Verifier {
    Hs256(hmac::Key),
    Rs256 { n: Vec<u8>, e: Vec<u8> },
    Es256(Vec<u8>),
    EdDsa(Vec<u8>),
}

impl Keys {
    /// One secret that both sides have, for HS256.
    pub fn shared_secret(bytes: &[u8]) -> Result<Self, BadKey> {
        secret::check(bytes)?;
        Ok(Self(vec![Key { id: None, verifier: Verifier::Hs256(hmac::Key::new(hmac::HMAC_SHA256, bytes)) }]))
    }

    /// A JSON Web Key Set (RFC 7517 section 5). Keys of other kinds, sizes or uses are passed over, secrets among them.
    pub fn jwks(json: &[u8]) -> Result<Self, BadKey> {
        let set = strict::object(json).ok_or(BadKey::NotASet)?;
        let Some(Value::Array(listed)) = set.get("keys") else { return Err(BadKey::NotASet) };
        let listed: Vec<_> = listed.iter().filter_map(Value::as_object).take(MAX_KEYS).collect();
        if listed.iter().any(|jwk| jwk.contains_key("d")) {
            return Err(BadKey::Private);
        }
        let keys: Vec<_> = listed.into_iter().filter_map(Key::of).collect();
        if keys.is_empty() { Err(BadKey::NoKey) } else { Ok(Self(keys)) }
    }

    /// Whether there is a key that a token with this `kid` can mean.
    pub fn knows(&self, kid: Option<&str>) -> bool {
        self.named(kid).next().is_some()
    }

    /// Those that a token means. The one shared secret has no name, and is meant by every token. In a set a token names
    /// its key, unless there is but one (`OpenID` Connect Core section 10.1).
    pub(crate) fn named<'a>(&'a self, kid: Option<&'a str>) -> impl Iterator<Item = &'a Verifier> {
        let alone = self.0.len() == 1;
        let is_meant = move |key: &&Key| match (&key.verifier, kid) {
            (Verifier::Hs256(_), _) => true,
            (_, Some(kid)) => key.id.as_deref() == Some(kid),
            (_, None) => alone,
        };
        self.0.iter().filter(is_meant).map(|key| &key.verifier)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let described = self.0.iter().map(|key| (key.id.as_deref().unwrap_or_default(), key.verifier.algorithm()));
        f.debug_list().entries(described).finish()
    }
}

impl Key {
    /// `None` for what can't check a signature here. `kty` and `crv` say what it is; `alg`, `use` and `key_ops` may narrow that.
    fn of(jwk: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let bytes = |name: &str| strict::base64url(text(name)?);
        let signs = jwk.get("use").is_none_or(|value| value == "sig")
            && jwk
                .get("key_ops")
                .is_none_or(|ops| ops.as_array().is_some_and(|ops| ops.iter().any(|op| op == "verify")));
        let verifier = match (text("kty")?, text("crv")) {
            ("RSA", None) => rsa(&bytes("n")?, &bytes("e")?)?,
            ("EC", Some("P-256")) => {
                let point = [vec![4], bytes("x")?, bytes("y")?].concat();
                (point.len() == 1 + 2 * P256_COORDINATE).then_some(Verifier::Es256(point))?
            }
            ("OKP", Some("Ed25519")) => Verifier::EdDsa(bytes("x").filter(|key| key.len() == ED25519_KEY)?),
            _ => return None,
        };
        // The other name of the one algorithm that this curve has (RFC 9864).
        let is_named = |alg: &Value| alg == verifier.algorithm() || alg == "Ed25519" && verifier.algorithm() == "EdDSA";
        let id = match jwk.get("kid") {
            None => None,
            Some(id) => Some(id.as_str()?.to_owned()),
        };
        (signs && jwk.get("alg").is_none_or(is_named)).then_some(Self { id, verifier })
    }
}

fn rsa(n: &[u8], e: &[u8]) -> Option<Verifier> {
    let bare = |number: &[u8]| number.iter().copied().skip_while(|byte| *byte == 0).collect::<Vec<_>>();
    let (n, e) = (bare(n), bare(e));
    let top = n.first()?.leading_zeros() as usize;
    let well = RSA_BITS.contains(&(n.len() * 8 - top)) && (1..=4).contains(&e.len()) && e != [1];
    well.then_some(Verifier::Rs256 { n, e })
}

impl Verifier {
    pub(crate) const fn algorithm(&self) -> &'static str {
        match self {
            Self::Hs256(_) => "HS256",
            Self::Rs256 { .. } => "RS256",
            Self::Es256(_) => "ES256",
            Self::EdDsa(_) => "EdDSA",
        }
    }

    pub(crate) fn is_signed(&self, message: &[u8], mark: &[u8]) -> bool {
        match self {
            Self::Hs256(key) => hmac::verify(key, message, mark).is_ok(),
            Self::Rs256 { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, mark).is_ok()
            }
            Self::Es256(point) => {
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point).verify(message, mark).is_ok()
            }
            Self::EdDsa(key) => UnparsedPublicKey::new(&signature::ED25519, key).verify(message, mark).is_ok(),
        }
    }
}
