//! What a server says it can do: its EHLO reply, read without regard to case.

use crate::reply::Reply;
use domain::session_test::Fact;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one EHLO keyword")]
pub(super) struct Extensions {
    pub starttls: bool,
    pub eight_bit_mime: bool,
    pub smtputf8: bool,
    pub pipelining: bool,
    /// The largest message taken; `None` where unlimited or unsaid.
    pub size: Option<u64>,
    pub size_offered: bool,
    /// Mechanisms in upper case; `None` where AUTH is not offered at all.
    pub auth: Option<Vec<String>>,
    /// Something stands where STARTTLS was: a device on the way that overwrites it.
    pub stripped: bool,
    /// All else it names.
    pub others: Vec<String>,
}

impl Extensions {
    /// The first line is the server's name, every other one an extension.
    pub fn of(reply: &Reply) -> Self {
        let mut extensions = Self::default();
        for line in reply.lines.iter().skip(1) {
            // `AUTH=PLAIN` is how servers before RFC 2554 said it, and some still say it beside the other form.
            let line = line.trim().to_ascii_uppercase().replace('=', " ");
            let mut words = line.split_ascii_whitespace();
            match words.next() {
                Some("STARTTLS") => extensions.starttls = true,
                Some("8BITMIME") => extensions.eight_bit_mime = true,
                Some("PIPELINING") => extensions.pipelining = true,
                Some("SMTPUTF8") => extensions.smtputf8 = true,
                Some("SIZE") => {
                    extensions.size_offered = true;
                    extensions.size = words.next().and_then(|limit| limit.parse().ok()).filter(|limit| *limit > 0);
                }
                Some("AUTH") => extensions.auth.get_or_insert_default().extend(words.map(str::to_owned)),
                // Known inspection devices cross the keyword out, letter by letter.
                Some(crossed) if crossed.len() > 3 && crossed.trim_end_matches('A').bytes().all(|b| b == b'X') => {
                    extensions.stripped = true;
                }
                Some(other) => extensions.others.push(other.to_owned()),
                None => {}
            }
        }
        extensions
    }

    /// What the server can do, for people.
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        let known = [
            ("starttls", self.starttls),
            ("pipelining", self.pipelining),
            ("eight_bit_mime", self.eight_bit_mime),
            ("smtputf8", self.smtputf8),
            ("crossed_out", self.stripped),
        ];
        facts.extend(known.into_iter().filter(|(_, offered)| *offered).map(|(code, _)| Fact::new(code)));
        if let Some(mechanisms) = &self.auth {
            facts.push(Fact::new("auth").with(mechanisms.join(" ")));
        }
        if let Some(limit) = self.size {
            facts.push(Fact::new("size").with(limit));
        }
        if !self.others.is_empty() {
            facts.push(Fact::new("others").with(self.others.join(" ")));
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_read_without_regard_to_case() {
        let lines = [
            "STARTTLS",
            "starttls",
            "Size 1000",
            "aUtH plain LOGIN",
            "AUTH=CRAM-MD5",
            "8BitMime",
            "SMTPUTF8",
            "Pipelining",
        ];
        let reply = Reply { code: 250, lines: lines.map(str::to_owned).to_vec(), strict: true };
        assert_eq!(
            Extensions::of(&reply),
            Extensions {
                starttls: true,
                eight_bit_mime: true,
                smtputf8: true,
                pipelining: true,
                size: Some(1000),
                size_offered: true,
                auth: Some(vec!["PLAIN".into(), "LOGIN".into(), "CRAM-MD5".into()]),
                stripped: false,
                others: vec![],
            }
        );
        let name_only = Reply { code: 250, lines: vec!["STARTTLS".into()], strict: true };
        assert_eq!(Extensions::of(&name_only), Extensions::default(), "a server may be called anything");
    }
}
