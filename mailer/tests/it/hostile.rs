//! What must hold whatever a server sends: the one check that the fuzzer runs for minutes and the suite runs on its corpus.

use base64::{Engine, prelude::BASE64_STANDARD};
use mailer::{
    Login, Mask,
    reply::{Reply, ReplyBuffer, ReplyError},
};

/// The first byte says how a secret is quoted, the second how the bytes are cut, the third how long the secret is; then
/// come the secret and what the server sends around it.
pub fn check(input: &[u8]) {
    let [quoting, cut, length, rest @ ..] = input else { return };
    let (secret, sent) = rest.split_at(usize::from(*length).min(rest.len()));
    parses_alike(sent, usize::from(*cut).max(1));
    masks(*quoting, &String::from_utf8_lossy(secret), sent);
}

/// The same replies however the bytes are cut, and never more kept than the limits allow.
fn parses_alike(sent: &[u8], size: usize) {
    let whole = replies(std::iter::once(sent));
    assert_eq!(whole, replies(sent.chunks(size)), "cut into pieces of {size}");
    for reply in whole.iter().flatten() {
        let size: usize = reply.lines.iter().map(String::len).sum();
        // A byte that is none in UTF-8 becomes a character of three.
        assert!(size <= 3 * ReplyBuffer::MAX_REPLY && reply.lines.len() <= ReplyBuffer::MAX_LINES);
        assert!(reply.lines.iter().all(|line| !line.contains(char::is_control)), "not inert: {reply:?}");
    }
}

/// All replies up to the first error.
fn replies<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Vec<Result<Reply, ()>> {
    let mut buffer = ReplyBuffer::default();
    let mut found = Vec::new();
    for piece in pieces {
        buffer.feed(piece);
        loop {
            match buffer.next_reply() {
                Ok(Some(reply)) => found.push(Ok(reply)),
                Ok(None) => break,
                // Its words depend on how much had come; that it is one does not.
                Err(ReplyError::TooLong | ReplyError::Malformed(_)) => {
                    found.push(Err(()));
                    return found;
                }
            }
        }
    }
    found
}

fn masks(quoting: u8, secret: &str, sent: &[u8]) {
    let around = String::from_utf8_lossy(sent);
    // Two letters are in every reply, and stars are what secrets are shown as.
    if secret.chars().count() < 3 || secret.contains('*') {
        return;
    }
    let login = Login { user_name: "ann@example.com".into(), secret: secret.into() };
    let quoted = match quoting % 6 {
        0 => secret.to_owned(),
        1 => BASE64_STANDARD.encode(secret),
        2 => BASE64_STANDARD.encode(format!("\0ann@example.com\0{secret}")),
        3 => BASE64_STANDARD.encode(format!("user=ann@example.com\u{1}auth=Bearer {secret}\u{1}\u{1}")),
        4 => secret.to_ascii_uppercase(),
        _ => BASE64_STANDARD.encode(format!("{}{secret}{}", &"xyz"[..usize::from(quoting) % 3], "tail")),
    };
    let middle = around.char_indices().nth(around.chars().count() / 2).map_or(0, |(at, _)| at);
    let text = format!("{}{quoted}{}", &around[..middle], &around[middle..]);
    let shown = Mask::of_login(&login).clean(&text).to_ascii_lowercase();
    assert!(!shown.contains(&secret.to_ascii_lowercase()), "shown in clear");
    // What lies across a group's border is not the secret's alone: its inner part must be gone.
    let inner = BASE64_STANDARD.encode(secret).to_ascii_lowercase();
    let inner = inner.trim_end_matches('=');
    if inner.len() >= 8 && matches!(quoting % 6, 1..=3) {
        let gone = &inner[..inner.len() - 2];
        assert!(quoting % 6 != 1 || !shown.contains(gone), "shown in base64");
    }
}
