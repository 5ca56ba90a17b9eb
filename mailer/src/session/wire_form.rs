//! A message as DATA carries it: CRLF line ends only, dots doubled (RFC 5321 sections 2.3.8 and 4.5.2).

/// Ends in CRLF, without the final dot. A bare CR or LF becomes a line end: receivers refuse or misread them.
pub(super) fn wire_form(message: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(message.len() + message.len() / 64 + 2);
    let mut rest = message;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        if rest[0] == b'.' {
            wire.push(b'.');
        }
        wire.extend_from_slice(&rest[..end]);
        wire.extend_from_slice(b"\r\n");
        rest = rest[end..].strip_prefix(b"\r\n").unwrap_or_else(|| rest.get(end + 1..).unwrap_or_default());
    }
    wire
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (message, wire) in [
            (&b""[..], &b""[..]),
            (b"a", b"a\r\n"),
            (b"a\r\n", b"a\r\n"),
            (b".\r\n..\r\n", b"..\r\n...\r\n"),
            (b"a\n.b\rc\r\n", b"a\r\n..b\r\nc\r\n"),
            (b"\r\n.\r\n", b"\r\n..\r\n"),
            (b"a\n\n", b"a\r\n\r\n"),
            (b"a\r\r\n", b"a\r\n\r\n"),
            (b"x.y\xff", b"x.y\xff\r\n"),
        ] {
            assert_eq!(wire_form(message), wire, "{message:?}");
        }
    }
}
