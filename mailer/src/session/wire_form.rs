//! A message as DATA carries it: CRLF line ends only, dots doubled (RFC 5321 sections 2.3.8 and 4.5.2).

/// Ends in CRLF, without the final dot. A bare CR or LF becomes a line end: receivers refuse or misread them.
pub(super) fn wire_form(message: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(message.len() + message.len() / 64 + 2);
    let mut at_start = true;
    let mut bytes = message.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' | b'\n' => {
                if byte == b'\r' && bytes.peek() == Some(&b'\n') {
                    bytes.next();
                }
                wire.extend(b"\r\n");
                at_start = true;
            }
            _ => {
                if at_start && byte == b'.' {
                    wire.push(b'.');
                }
                wire.push(byte);
                at_start = false;
            }
        }
    }
    if !at_start {
        wire.extend(b"\r\n");
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
