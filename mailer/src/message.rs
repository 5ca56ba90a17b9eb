//! The message as octets: headers and body, composed from values. No envelope rules, no socket, no clock.

mod body;

use base64::{Engine, prelude::BASE64_STANDARD};
use body::Content;
use domain::{
    EmailAddress, UnixMillis,
    notification::{Attachment, Priority},
    value::has_control,
};
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Mailbox, Mailboxes,
        header::{ContentType, From, Header, HeaderName, HeaderValue, MIME_VERSION_1_0, ReplyTo, To},
    },
};
use std::time::{Duration, SystemTime};

/// What a message is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composition {
    pub from: EmailAddress,
    pub from_name: Option<String>,
    pub reply_to: EmailAddress,
    /// At least one.
    pub to: Vec<EmailAddress>,
    /// Where a read receipt is asked to (Disposition-Notification-To, RFC 8098).
    pub confirmation: Option<EmailAddress>,
    pub subject: String,
    /// One of the two may be empty.
    pub text: String,
    pub html: String,
    pub footer: Option<String>,
    /// The same for HTML; `None` or empty: made from the other.
    pub footer_html: Option<String>,
    pub attachments: Vec<Attachment>,
    pub priority: Priority,
    /// `unique@domain`, without angle brackets.
    pub message_id: String,
    pub date: UnixMillis,
}

/// A message and its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    pub mail_from: EmailAddress,
    pub rcpt_to: Vec<EmailAddress>,
    pub message: Vec<u8>,
}

/// Which part of a composition can't be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    #[error("{0} holds a control character")]
    ControlCharacter(&'static str),
    #[error("{0} is too long for a line")]
    TooLong(&'static str),
    #[error("not a Message-ID")]
    MessageId,
    #[error("the date is beyond the calendar")]
    Date,
    #[error("the message can't be built")]
    Build,
}

/// RFC 5321 section 4.5.3.1.6, without the line end.
const MAX_LINE: usize = 998;
/// The last moment with a four-digit year.
const MAX_MILLIS: i64 = 253_402_300_799_000;

/// Builds the message: every line at most 998 octets and ended by CRLF, nothing but ASCII except where an address itself is not.
pub fn compose(composition: &Composition) -> Result<Vec<u8>, ComposeError> {
    let c = composition;
    if has_control(&c.subject) {
        return Err(ComposeError::ControlCharacter("subject"));
    }
    if c.from_name.as_deref().is_some_and(has_control) {
        return Err(ComposeError::ControlCharacter("from_name"));
    }
    let texts = [Some(&c.text), Some(&c.html), c.footer.as_ref(), c.footer_html.as_ref()];
    if texts.into_iter().flatten().any(|text| text.contains('\0')) {
        return Err(ComposeError::ControlCharacter("text"));
    }
    let name = c.from_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    // The builder reads sender and envelope back out of the headers by a grammar narrower than ours (quoted local parts,
    // address literals): it gets a stand-in, and the addresses are set when it is done.
    let stand_in = Address::new_dangerous("stand-in", "localhost");
    let envelope = Envelope::new(None, vec![stand_in.clone()]).map_err(|_| ComposeError::Build)?;
    let builder = Message::builder()
        .envelope(envelope)
        .from(Mailbox::new(None, stand_in))
        .header(ReplyTo::from(Mailboxes::from(Mailbox::new(None, address(&c.reply_to)))))
        .header(To::from(c.to.iter().map(|to| Mailbox::new(None, address(to))).collect::<Mailboxes>()))
        .subject(c.subject.as_str())
        .date(moment(c.date)?)
        .message_id(Some(message_id(&c.message_id)?))
        .header(MIME_VERSION_1_0);
    let built = match body::content(c)? {
        Content::Text(text) => builder.header(ContentType::TEXT_PLAIN).body(text),
        Content::Parts(parts) => builder.multipart(parts),
    };
    let mut message = built.map_err(|_| ComposeError::Build)?;
    let sender = Mailbox::new(name.map(str::to_owned), address(&c.from));
    message.headers_mut().set(From::from(Mailboxes::from(sender)));
    if let Some(confirmation) = &c.confirmation {
        message.headers_mut().set(DispositionNotificationTo(confirmation.to_wire()));
    }
    if let Some(importance) = importance(c.priority) {
        message.headers_mut().insert_raw(importance);
    }
    if c.subject.contains("=?") {
        message.headers_mut().insert_raw(encoded_subject(&c.subject));
    }
    let mut octets = message.formatted();
    // Encoded bodies come without their last line end; a message has one.
    if !octets.ends_with(b"\r\n") {
        octets.extend(b"\r\n");
    }
    check_lines(&octets)?;
    Ok(octets)
}

/// The address as it stands in a header: our own check is the stricter one.
fn address(address: &EmailAddress) -> Address {
    Address::new_dangerous(address.local(), address.domain_ascii())
}

fn moment(date: UnixMillis) -> Result<SystemTime, ComposeError> {
    match u64::try_from(date.0) {
        Ok(millis) if date.0 <= MAX_MILLIS => Ok(SystemTime::UNIX_EPOCH + Duration::from_millis(millis)),
        _ => Err(ComposeError::Date),
    }
}

fn message_id(id: &str) -> Result<String, ComposeError> {
    let atom =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_graphic() && !b"<>@,;:\\\"()".contains(&b));
    match id.split_once('@') {
        Some((left, right)) if atom(left) && atom(right) && id.len() <= 250 => Ok(format!("<{id}>")),
        _ => Err(ComposeError::MessageId),
    }
}

/// As readers' programs know it (RFC 2156 section 5.3.4); nothing for the usual.
fn importance(priority: Priority) -> Option<HeaderValue> {
    let name = HeaderName::new_from_ascii_str("Importance");
    let value = match priority {
        Priority::High => "high",
        Priority::Low => "low",
        Priority::Normal => return None,
    };
    Some(HeaderValue::new(name, value.to_owned()))
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
}

/// The library's encoding is not taken on trust: what leaves here keeps its promise or does not leave.
fn check_lines(octets: &[u8]) -> Result<(), ComposeError> {
    let mut in_header = true;
    for line in octets.split_inclusive(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r\n").unwrap_or(line);
        let part = if in_header { "header" } else { "text" };
        if line.iter().any(|b| matches!(b, b'\r' | b'\n' | 0)) {
            return Err(ComposeError::ControlCharacter(part));
        }
        if line.len() > MAX_LINE {
            return Err(ComposeError::TooLong(part));
        }
        in_header &= !line.is_empty();
    }
    Ok(())
}

/// A subject that merely looks like an encoded word (RFC 2047) is made one, or readers would decode what was never encoded.
fn encoded_subject(subject: &str) -> HeaderValue {
    const MAX_OCTETS: usize = 42;
    let mut pieces = vec![String::new()];
    for c in subject.chars() {
        match pieces.last_mut() {
            Some(piece) if piece.len() + c.len_utf8() <= MAX_OCTETS => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    let words: Vec<_> = pieces.iter().map(|piece| format!("=?utf-8?b?{}?=", BASE64_STANDARD.encode(piece))).collect();
    let name = HeaderName::new_from_ascii_str("Subject");
    HeaderValue::dangerous_new_pre_encoded(name, subject.to_owned(), words.join("\r\n "))
}

#[derive(Clone)]
struct DispositionNotificationTo(String);

impl Header for DispositionNotificationTo {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Disposition-Notification-To")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.clone(), self.0.clone())
    }
}
