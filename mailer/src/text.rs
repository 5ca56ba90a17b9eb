//! Foreign bytes made harmless for people to read, and texts as forms of the web carry them. Nothing here knows a protocol.

use secrecy::zeroize::Zeroizing;

/// Bytes from a server as inert text: lossy UTF-8, no control or direction-changing characters.
pub(crate) fn inert(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().map(|c| if is_harmful(c) { '\u{fffd}' } else { c }).collect()
}

/// At most so many characters; an ellipsis says that there was more.
pub(crate) fn cut(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        None => text.to_owned(),
        Some(_) => text.chars().take(max.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// Line ends and other runs of white space as one space each.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As `application/x-www-form-urlencoded` has it.
pub(crate) fn urlencoded(text: &str) -> Zeroizing<String> {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    // Never longer: a string that grows leaves copies behind.
    let mut encoded = Zeroizing::new(String::with_capacity(text.len() * 3));
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => encoded.push(char::from(byte)),
            b' ' => encoded.push('+'),
            _ => encoded.extend(['%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]),
        }
    }
    encoded
}

fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_is_inert() {
        for (bytes, shown) in [
            (&b"220 hello"[..], "220 hello"),
            (b"a\x1b[31mb\0c", "a\u{fffd}[31mb\u{fffd}c"),
            (b"caf\xe9", "caf\u{fffd}"),
            ("a\u{202e}b".as_bytes(), "a\u{fffd}b"),
            ("Ação".as_bytes(), "Ação"),
        ] {
            assert_eq!(inert(bytes), shown);
        }
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("abcd", 4), "abcd");
        assert_eq!(one_line(" a\r\n b\t c "), "a b c");
    }

    #[test]
    fn forms_of_the_web() {
        for (text, encoded) in [("a-Z_0.*", "a-Z_0.*"), ("a b&c=d+e", "a+b%26c%3Dd%2Be"), ("ö~\0", "%C3%B6%7E%00")] {
            assert_eq!(urlencoded(text).as_str(), encoded);
        }
    }
}
