//! SMTP replies (RFC 5321 section 4.2), parsed from bytes in whatever pieces they come. No socket, no deadline here.

use crate::text::{cut, inert};

/// One whole reply, all its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub code: u16,
    /// The text of each line, without code and line end, made inert.
    pub lines: Vec<String>,
    /// Every line ended in CRLF.
    pub strict: bool,
}

/// Why bytes are no reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyError {
    /// A line, or the whole, beyond the limits.
    TooLong,
    /// Not a reply line; its beginning, made inert.
    Malformed(String),
}

impl Reply {
    /// Code and words in one line. Not cut here: secrets are masked first, and half of one would not be found.
    pub fn shown(&self) -> String {
        format!("{} {}", self.code, self.lines.join(" ")).trim_end().to_owned()
    }

    pub const fn is_positive(&self) -> bool {
        matches!(self.code, 200..=299)
    }
}

/// Collects bytes and gives replies out. Bounded: what it holds never exceeds the limits and one read.
#[derive(Debug, Default)]
pub struct ReplyBuffer {
    bytes: Vec<u8>,
    /// The lines of the reply under way.
    lines: Vec<String>,
    code: Option<u16>,
    size: usize,
    loose: bool,
}

impl ReplyBuffer {
    pub const MAX_LINE: usize = 2048;
    pub const MAX_LINES: usize = 64;
    pub const MAX_REPLY: usize = 32 * 1024;

    pub fn feed(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Whether anything came beyond the replies given out.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty() && self.lines.is_empty()
    }

    /// What is left over, made inert.
    pub fn leftover(&self) -> String {
        cut(&inert(&self.bytes), 80)
    }

    /// The next whole reply, if it is there.
    pub fn next_reply(&mut self) -> Result<Option<Reply>, ReplyError> {
        loop {
            // A line that can't be a reply is known by its first bytes: no need to wait for its end.
            if let Some(line) = looks_foreign(&self.bytes) {
                return Err(ReplyError::Malformed(line));
            }
            let Some(end) = self.bytes.iter().position(|b| *b == b'\n') else {
                return if self.bytes.len() > Self::MAX_LINE { Err(ReplyError::TooLong) } else { Ok(None) };
            };
            let raw: Vec<u8> = self.bytes.drain(..=end).collect();
            self.size += raw.len();
            if raw.len() > Self::MAX_LINE || self.size > Self::MAX_REPLY || self.lines.len() >= Self::MAX_LINES {
                return Err(ReplyError::TooLong);
            }
            let line = &raw[..end];
            let line = if let Some(line) = line.strip_suffix(b"\r") {
                line
            } else {
                self.loose = true;
                line
            };
            if let Some(reply) = self.take_line(line)? {
                return Ok(Some(reply));
            }
        }
    }

    fn take_line(&mut self, line: &[u8]) -> Result<Option<Reply>, ReplyError> {
        let malformed = || ReplyError::Malformed(cut(&inert(line), 80));
        let (code, last, text) = split_line(line).ok_or_else(malformed)?;
        if self.code.is_some_and(|begun| begun != code) {
            return Err(malformed());
        }
        self.code = Some(code);
        self.lines.push(inert(text));
        if !last {
            return Ok(None);
        }
        let rest = Self { bytes: std::mem::take(&mut self.bytes), ..Self::default() };
        let done = std::mem::replace(self, rest);
        Ok(Some(Reply { code, lines: done.lines, strict: !done.loose }))
    }
}

fn split_line(line: &[u8]) -> Option<(u16, bool, &[u8])> {
    let (digits, rest) = line.split_at_checked(3)?;
    let valid = matches!(digits[0], b'2'..=b'5') && digits.iter().all(u8::is_ascii_digit);
    let code = digits.iter().fold(0, |code, digit| code * 10 + u16::from(digit.wrapping_sub(b'0')));
    match rest {
        _ if !valid => None,
        [] => Some((code, true, rest)),
        [b' ', text @ ..] => Some((code, true, text)),
        [b'-', text @ ..] => Some((code, false, text)),
        _ => None,
    }
}

fn looks_foreign(bytes: &[u8]) -> Option<String> {
    let begins = |at: usize, valid: fn(u8) -> bool| bytes.get(at).is_none_or(|b| valid(*b));
    let possible = begins(0, |b| matches!(b, b'2'..=b'5'))
        && begins(1, |b| b.is_ascii_digit())
        && begins(2, |b| b.is_ascii_digit())
        && begins(3, |b| matches!(b, b' ' | b'-' | b'\r' | b'\n'));
    // Whole pieces only, so that the words do not depend on how the bytes were cut: up to the line's end or 80 octets.
    let end = bytes.iter().position(|b| *b == b'\n').unwrap_or(bytes.len());
    (!possible).then(|| cut(&inert(bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end])), 80))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(bytes: &[u8]) -> Result<Option<Reply>, ReplyError> {
        let mut buffer = ReplyBuffer::default();
        buffer.feed(bytes);
        buffer.next_reply()
    }

    #[test]
    fn replies() {
        for (bytes, shown) in [
            (&b"250 ok\r\n"[..], "250 ok"),
            (b"250\r\n", "250"),
            (b"250-a\r\n250 b\r\n", "250 a b"),
            (b"250 loose\n", "250 loose"),
            (b"550-5.7.1 no\r\n550-\r\n550\r\n", "550 5.7.1 no"),
        ] {
            assert_eq!(parse(bytes).expect("parses").expect("whole").shown(), shown);
        }
        assert_eq!(parse(b"250-a\r\n"), Ok(None));
        assert_eq!(parse(b"25"), Ok(None));
        for bytes in
            [&b"SSH-2.0-x\r\n"[..], b"S", b"2x0 a\r\n", b"250_a\r\n", b"150 a\r\n", b"250-a\r\n251 b\r\n", b"\r\n"]
        {
            assert!(matches!(parse(bytes), Err(ReplyError::Malformed(_))), "{bytes:?}");
        }
    }

    #[test]
    fn limits_hold_without_a_line_end() {
        let endless = [b"250 ".as_slice(), &vec![b'x'; ReplyBuffer::MAX_LINE]].concat();
        assert_eq!(parse(&endless), Err(ReplyError::TooLong));
        assert_eq!(parse(&b"250-x\r\n".repeat(65)), Err(ReplyError::TooLong));
        assert_eq!(parse(&[b"250-".as_slice(), &[b'x'; 1500], b"\r\n"].concat().repeat(30)), Err(ReplyError::TooLong));
    }
}
