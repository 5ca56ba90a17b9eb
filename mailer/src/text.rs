//! Foreign bytes made harmless for people to read. Nothing here knows a protocol.

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
    }
}
