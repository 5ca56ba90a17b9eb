//! The `DKIM-Signature` fields of a copy that came back: who says to have signed it. Whether they are right is not worked out.

use crate::tags::{tag, tags};

/// More signatures are not looked at.
const MAX_SIGNATURES: usize = 5;
/// A header longer than this is none.
const MAX_HEADER_BYTES: usize = 128 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// `d=`: who signed.
    pub domain: String,
    /// `s=`: with which key.
    pub selector: String,
    /// `a=`: how.
    pub algorithm: String,
}

/// Those of the message's header, in their order, each key once.
pub fn signatures(copy: &str) -> Vec<Signature> {
    let mut all: Vec<Signature> = Vec::new();
    for value in fields(copy, "DKIM-Signature") {
        let Some(tags) = tags(&value) else { continue };
        let name = |tag_name| {
            let text: String = tag(&tags, tag_name)?.chars().filter(|c| !c.is_whitespace()).collect();
            let is_name = !text.is_empty()
                && text.len() <= 253
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
            is_name.then(|| text.to_ascii_lowercase())
        };
        let (Some(domain), Some(selector)) = (name("d"), name("s")) else { continue };
        let known = all.iter().any(|known| (&known.domain, &known.selector) == (&domain, &selector));
        if !known && all.len() < MAX_SIGNATURES {
            let algorithm = tag(&tags, "a").unwrap_or_default().trim().to_ascii_lowercase();
            all.push(Signature { domain, selector, algorithm });
        }
    }
    all
}

/// The unfolded values of a header field; the header ends at the first empty line.
fn fields(copy: &str, wanted: &str) -> Vec<String> {
    let header = &copy[..copy.floor_char_boundary(MAX_HEADER_BYTES)];
    let mut all: Vec<String> = Vec::new();
    let mut is_wanted = false;
    for line in header.lines().skip_while(|line| line.trim().is_empty()) {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            if let Some(value) = all.last_mut().filter(|_| is_wanted) {
                value.push_str(line);
            }
            continue;
        }
        is_wanted = false;
        if let Some((name, value)) = line.split_once(':')
            && name.trim_end().eq_ignore_ascii_case(wanted)
        {
            is_wanted = true;
            all.push(value.to_owned());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_says_who_signed_it() {
        let copy = "Received: from x\r\nDKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=Example.com;\r\n\ts=s1;\
                    h=from:to; bh=abc=;\r\n b=AA\r\n BB==\r\nSubject: DKIM-Signature: no\r\ndkim-signature: a=ed25519-sha256; d=esp.example; s=k 2; b=x\r\n\
                    DKIM-Signature: d=example.com; s=s1; b=again\r\nDKIM-Signature: d=bad domain!; s=1\r\n\r\nDKIM-Signature: d=body.example; s=no";
        let all = signatures(copy);
        let got: Vec<_> = all.iter().map(|s| (s.domain.as_str(), s.selector.as_str(), s.algorithm.as_str())).collect();
        assert_eq!(got, [("example.com", "s1", "rsa-sha256"), ("esp.example", "k2", "ed25519-sha256")]);
        assert_eq!(signatures("no header at all"), []);
        assert_eq!(signatures(""), []);
    }
}
