//! The one home of randomness.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

pub(crate) fn hex<const N: usize>() -> Result<String, getrandom::Error> {
    bytes::<N>().map(hex::encode)
}

/// 256 bits, 43 characters that need no quoting in an address or a cookie.
pub(crate) fn token() -> Result<String, getrandom::Error> {
    bytes::<32>().map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
}
