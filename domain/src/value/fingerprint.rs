//! A certificate's SHA-256 fingerprint, as typed and as compared.

use super::serde_by_parse;

/// 32 octets in hexadecimal with colons, in capitals: as browsers and OpenSSL show it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fingerprint(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FingerprintError;

impl FingerprintError {
    pub const fn code(self) -> &'static str {
        "fingerprint_form"
    }
}

impl Fingerprint {
    const OCTETS: usize = 32;

    /// With or without colons, blanks and what OpenSSL writes before it (`sha256 Fingerprint=`), in either case.
    pub fn parse(text: &str) -> Result<Self, FingerprintError> {
        let bare = text.rsplit('=').next().unwrap_or_default().trim();
        let bare = bare.get(..7).filter(|start| start.eq_ignore_ascii_case("sha256:")).map_or(bare, |_| &bare[7..]);
        let digits: String = bare.chars().filter(|c| !matches!(c, ':' | ' ')).collect();
        if digits.len() != 2 * Self::OCTETS || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(FingerprintError);
        }
        let pairs: Vec<&str> = (0..Self::OCTETS).filter_map(|at| digits.get(2 * at..2 * at + 2)).collect();
        Ok(Self(pairs.join(":").to_ascii_uppercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

serde_by_parse!(Fingerprint);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_as_tools_write_them() {
        let digits = "0a".repeat(32);
        let shown = ["0A"; 32].join(":");
        for text in [
            digits.clone(),
            digits.to_uppercase(),
            shown.clone(),
            format!(" {} ", ["0a"; 32].join(" ")),
            format!("sha256 Fingerprint={shown}"),
            format!("SHA256:{digits}"),
        ] {
            assert_eq!(Fingerprint::parse(&text).map(|f| f.to_string()), Ok(shown.clone()), "{text}");
        }
        for text in ["", "0a0a", &"0g".repeat(32), &"0a".repeat(20), &"ä".repeat(32), "sha256:"] {
            assert_eq!(Fingerprint::parse(text), Err(FingerprintError), "{text}");
        }
    }
}
