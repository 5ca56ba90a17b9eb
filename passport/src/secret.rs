//! Whether a shared secret is one: long enough for HMAC-SHA256, and nobody's example.

use crate::BadKey;

/// RFC 7518 section 3.2: a key of the same size as the hash output or larger.
const MIN_BYTES: usize = 32;

/// What examples say of themselves, in small letters and without what parts words.
const GIVEAWAYS: [&str; 9] = [
    "example",
    "changeme",
    "changethis",
    "replaceme",
    "secret",
    "password",
    "placeholder",
    "insertyour",
    "0123456789abcdef",
];

/// RFC 7515 appendix A.1: the key of the example that every library's tests have.
const OF_THE_RFC: &str = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";

pub fn check(secret: &[u8]) -> Result<(), BadKey> {
    if secret.len() < MIN_BYTES {
        return Err(BadKey::Short);
    }
    if is_repetition(secret) {
        return Err(BadKey::Repeated);
    }
    let plain: String = String::from_utf8_lossy(secret)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let known = secret == OF_THE_RFC.as_bytes() || crate::strict::base64url(OF_THE_RFC).as_deref() == Some(secret);
    if known || GIVEAWAYS.iter().any(|word| plain.contains(word)) { Err(BadKey::Example) } else { Ok(()) }
}

/// One character or a few over and over.
fn is_repetition(secret: &[u8]) -> bool {
    let repeats = |period: usize| secret.iter().skip(period).zip(secret).all(|(byte, before)| byte == before);
    (1..=secret.len() / 2).any(repeats)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w27_only_a_secret_is_a_secret() {
        let check = |secret: &[u8], wanted: Result<(), BadKey>| {
            assert_eq!(super::check(secret), wanted, "{}", String::from_utf8_lossy(secret));
        };
        check(b"", Err(BadKey::Short));
        check(b"kZ3vQ9yL1mT7xW5cR8nB2sJ4fH6dG0p", Err(BadKey::Short));
        check(b"kZ3vQ9yL1mT7xW5cR8nB2sJ4fH6dG0pA", Ok(()));
        check(&[0; 32], Err(BadKey::Repeated));
        check(&[b'x'; 64], Err(BadKey::Repeated));
        check(&b"ab".repeat(16), Err(BadKey::Repeated));
        check(&b"correct horse ".repeat(3), Err(BadKey::Repeated));
        check(b"a-string-secret-at-least-256-bits-long", Err(BadKey::Example));
        check(b"CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET", Err(BadKey::Example));
        check(b"Change Me to something long and random", Err(BadKey::Example));
        check(b"your-256-bit-secret-goes-right-in-here", Err(BadKey::Example));
        check(b"for example 64jqw9e8rjq98wejrqe98jrw98", Err(BadKey::Example));
        check(b"0123456789abcdefghijklmnopqrstuv", Err(BadKey::Example));
        check(OF_THE_RFC.as_bytes(), Err(BadKey::Example));
        check(&crate::strict::base64url(OF_THE_RFC).expect("base64"), Err(BadKey::Example));
        let bytes: Vec<u8> = (0..=255).map(|n: u8| n.wrapping_mul(37).wrapping_add(n >> 3)).take(32).collect();
        check(&bytes, Ok(()));
    }
}
