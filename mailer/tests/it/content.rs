//! What a composed message says, and that the receiver has it octet for octet.

use crate::support::*;
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    UnixMillis,
    account::Security,
    session_test::{Outcome, TestMode},
};
use mailer::{ComposeError, Composition, Outgoing, compose};
use testkit::{SinkOptions, SmtpSink};

/// A message taken apart by the rules of RFC 5322, 2045 and 2047, independently of what built it.
pub struct Read {
    headers: Vec<(String, String)>,
    pub text: String,
}

impl Read {
    pub fn of(octets: &[u8]) -> Self {
        let text = String::from_utf8(octets.to_vec()).expect("text");
        let (head, body) = text.split_once("\r\n\r\n").expect("a body");
        let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let headers: Vec<(String, String)> = unfolded
            .split("\r\n")
            .map(|line| line.split_once(':').expect("a header line"))
            .map(|(name, value)| (name.to_owned(), words(value.trim())))
            .collect();
        let encoding =
            headers.iter().find(|(name, _)| name == "Content-Transfer-Encoding").map_or("7bit", |(_, v)| v.as_str());
        let bytes = match encoding {
            "base64" => BASE64_STANDARD.decode(body.replace("\r\n", "")).expect("base64"),
            "quoted-printable" => quoted_printable(body),
            _ => body.as_bytes().to_vec(),
        };
        Self { text: String::from_utf8(bytes).expect("UTF-8"), headers }
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str()).collect()
    }

    pub fn names(&self) -> Vec<&str> {
        self.headers.iter().map(|(name, _)| name.as_str()).collect()
    }
}

/// Encoded words (RFC 2047), base64 and Q; blanks between two of them do not count.
fn words(value: &str) -> String {
    let (mut out, mut rest, mut after_word) = (String::new(), value, false);
    while let Some(start) = rest.find("=?utf-8?") {
        let before = &rest[..start];
        let (kind, tail) = rest[start + 8..].split_once('?').expect("a kind");
        let (text, tail) = tail.split_once("?=").expect("an end");
        if !(after_word && before.trim().is_empty()) {
            out.push_str(before);
        }
        let bytes = match kind {
            "b" | "B" => BASE64_STANDARD.decode(text).expect("base64"),
            _ => quoted_printable(&text.replace('_', " ")),
        };
        out.push_str(&String::from_utf8(bytes).expect("UTF-8"));
        (rest, after_word) = (tail, true);
    }
    out + rest
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let joined = text.replace("=\r\n", "");
    let (mut out, mut bytes) = (Vec::new(), joined.bytes());
    while let Some(byte) = bytes.next() {
        if byte == b'=' {
            let pair = [bytes.next().expect("a digit"), bytes.next().expect("a digit")];
            out.push(u8::from_str_radix(std::str::from_utf8(&pair).expect("digits"), 16).expect("hexadecimal"));
        } else {
            out.push(byte);
        }
    }
    out
}

#[test]
fn headers() {
    let composition = Composition {
        from_name: Some("João \"Jo\" da Silva, Ltd.".into()),
        subject: "ATENÇÃO: mensagem — ünïcode ✓".into(),
        confirmation: Some(address("receipt@bücher.example")),
        footer: Some("rodapé\nline".into()),
        text: "Olá!\n.\nÚltima".into(),
        ..composition()
    };
    let octets = compose(&composition).expect("composes");
    assert!(octets.is_ascii());
    let read = Read::of(&octets);
    for (name, value) in [
        ("Subject", "ATENÇÃO: mensagem — ünïcode ✓"),
        ("To", "reader@example.com"),
        ("Reply-To", "reply@example.com"),
        ("Date", "Sat, 21 Nov 2026 22:12:40 +0000"),
        ("Message-ID", "<1.2@client.test>"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Disposition-Notification-To", "receipt@xn--bcher-kva.example"),
    ] {
        assert_eq!(read.all(name), [value], "{name}");
    }
    assert!(
        read.all("From")[0].ends_with("<sender@example.com>") && read.all("From")[0].contains("João"),
        "{:?}",
        read.all("From")
    );
    assert_eq!(read.text, "Olá!\r\n.\r\nÚltima\r\n\r\nrodapé\r\nline\r\n");
    assert_eq!(
        Read::of(&compose(&super::support::composition()).expect("composes")).all("Disposition-Notification-To"),
        [""; 0]
    );
}

#[test]
fn subjects_survive() {
    let long = "ação ".repeat(100);
    let solid = "x".repeat(900);
    for subject in [
        "",
        " ",
        "plain",
        "=?utf-8?q?not_encoded?= ç",
        "=?utf-8?q?a?=",
        "ends with =?",
        long.as_str(),
        solid.as_str(),
        "漢字✓",
    ] {
        let octets = compose(&Composition { subject: subject.into(), ..composition() }).expect("composes");
        assert_eq!(Read::of(&octets).all("Subject")[0].trim(), subject.trim());
        assert!(octets.split(|b| *b == b'\n').all(|line| line.len() <= 999));
    }
}

#[test]
fn f01_what_can_not_be_sent_is_said() {
    let base = composition;
    for (composition, error) in [
        (Composition { subject: "a\r\nBcc: x@y.z".into(), ..base() }, ComposeError::ControlCharacter("subject")),
        (Composition { subject: "a\0".into(), ..base() }, ComposeError::ControlCharacter("subject")),
        (Composition { from_name: Some("a\nBcc: x".into()), ..base() }, ComposeError::ControlCharacter("from_name")),
        (Composition { from_name: Some("a\0b".into()), ..base() }, ComposeError::ControlCharacter("from_name")),
        (Composition { text: "a\0".into(), ..base() }, ComposeError::ControlCharacter("text")),
        (Composition { subject: "x".repeat(2000), ..base() }, ComposeError::TooLong("header")),
        (Composition { message_id: "no-domain".into(), ..base() }, ComposeError::MessageId),
        (Composition { message_id: "a@b>\r\nX: y".into(), ..base() }, ComposeError::MessageId),
        (Composition { message_id: "<a@b>".into(), ..base() }, ComposeError::MessageId),
        (Composition { date: UnixMillis(-1), ..base() }, ComposeError::Date),
        (Composition { date: UnixMillis(i64::MAX), ..base() }, ComposeError::Date),
    ] {
        assert_eq!(compose(&composition), Err(error), "{composition:?}");
    }
}

#[tokio::test]
async fn f107_the_receiver_has_what_was_composed() {
    let long = "0123456789 ".repeat(200);
    let solid = "x".repeat(5000);
    for text in [
        "",
        ".",
        "..",
        ".\n..\n.a\n\n.\n",
        "a\rb\nc\r\nd",
        "trailing blanks   \nand a tab\t",
        long.as_str(),
        solid.as_str(),
        "ação ✓ 漢字 \u{1f4e7}",
        "From here\n>From there",
        "=3D =?utf-8?q?no?=",
        "\n\n\n",
    ] {
        let sink = SmtpSink::start(SinkOptions { capabilities: vec![], ..SinkOptions::default() }).await;
        let message = compose(&Composition { text: text.into(), ..composition() }).expect("composes");
        let mail = Outgoing { message: message.clone(), ..outgoing() };
        run_mail(&route(sink.port(), Security::None), &mail).await.expect(Outcome::Delivered, "");
        let received = &sink.messages()[0].message;
        assert_eq!(received, &message, "{text:?}");
        let wanted = text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
        let wanted = if wanted.ends_with("\r\n") { wanted } else { wanted + "\r\n" };
        assert_eq!(Read::of(received).text, wanted, "{text:?}");
        for line in received.split(|b| *b == b'\n') {
            assert!(line.len() <= 999 && !line.strip_suffix(b"\r").unwrap_or(line).contains(&b'\r'));
        }
    }
}

#[tokio::test]
async fn f106_octets_of_any_kind_arrive_with_clean_line_ends() {
    for (message, arrives) in [
        (&b"Subject: x\r\n\r\n\xff\xfe 8 bit\r\n"[..], &b"Subject: x\r\n\r\n\xff\xfe 8 bit\r\n"[..]),
        (b"A: b\n\n.\nbare\rends", b"A: b\r\n\r\n.\r\nbare\r\nends\r\n"),
        (b"", b""),
        (b".", b".\r\n"),
        (b"\r\n.\r\n", b"\r\n.\r\n"),
    ] {
        let sink = SmtpSink::start(SinkOptions::default()).await;
        let mail = Outgoing { message: message.to_vec(), ..outgoing() };
        run_with(
            &mailer(),
            &route(sink.port(), Security::None),
            &mail,
            TestMode::Send,
            budget(),
            &tokio_util::sync::CancellationToken::new(),
        )
        .await
        .expect(Outcome::Delivered, "");
        let [received] = sink.messages().try_into().expect("one message, and nothing smuggled behind it");
        assert_eq!(received.message, arrives, "{message:?}");
        assert_eq!(received.mail_from.contains("BODY=8BITMIME"), !message.is_ascii());
    }
}
