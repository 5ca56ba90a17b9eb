//! The message's content as MIME: one text, or text and HTML, with footer and files. Headers live one level up.

use super::{ComposeError, Composition, lines};
use domain::notification::Attachment;
use lettre::message::{
    Body, MultiPart, SinglePart,
    header::{ContentDisposition, ContentTransferEncoding, ContentType},
};

/// A message is one of these.
pub(super) enum Content {
    Text(String),
    Parts(MultiPart),
}

/// What a message is made of besides its headers.
pub(super) fn content(c: &Composition) -> Result<Content, ComposeError> {
    if c.html.is_empty() && c.attachments.is_empty() {
        return Ok(Content::Text(text(&c.text, c.footer.as_deref())));
    }
    let plain = || SinglePart::builder().header(ContentType::TEXT_PLAIN).body(text(&c.text, c.footer.as_deref()));
    let html = || SinglePart::builder().header(ContentType::TEXT_HTML).body(html(c));
    let both = || {
        let alternative = MultiPart::alternative().boundary(boundary(&c.message_id, 1));
        alternative.singlepart(plain()).singlepart(html())
    };
    let (has_text, has_html) = (!c.text.is_empty(), !c.html.is_empty());
    if has_text && has_html && c.attachments.is_empty() {
        return Ok(Content::Parts(both()));
    }
    let mixed = MultiPart::mixed().boundary(boundary(&c.message_id, 0));
    let mut parts = match (has_text, has_html) {
        (true, true) => mixed.multipart(both()),
        (false, true) => mixed.singlepart(html()),
        _ => mixed.singlepart(plain()),
    };
    for attachment in &c.attachments {
        parts = parts.singlepart(file(attachment)?);
    }
    Ok(Content::Parts(parts))
}

/// Text, an empty line, the footer; line ends as SMTP has them.
fn text(text: &str, footer: Option<&str>) -> String {
    let mut whole = lines(text);
    if let Some(footer) = footer.filter(|footer| !footer.trim().is_empty()) {
        if !whole.is_empty() && !whole.ends_with("\r\n") {
            whole.push_str("\r\n");
        }
        whole.push_str("\r\n");
        whole.push_str(&lines(footer));
    }
    if !whole.ends_with("\r\n") {
        whole.push_str("\r\n");
    }
    whole
}

/// The footer stands before the end of the body, as what is behind it is not shown everywhere.
fn html(c: &Composition) -> String {
    let mut whole = lines(&c.html);
    let footer = match (&c.footer_html, &c.footer) {
        (Some(html), _) if !html.trim().is_empty() => lines(html),
        (_, Some(text)) if !text.trim().is_empty() => format!("<p>{}</p>", escaped(text)),
        _ => String::new(),
    };
    let folded = whole.to_ascii_lowercase();
    let end = folded.rfind("</body>").or_else(|| folded.rfind("</html>")).unwrap_or(whole.len());
    whole.insert_str(end, &footer);
    if !whole.ends_with("\r\n") {
        whole.push_str("\r\n");
    }
    whole
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for line in text.trim_end().lines() {
        if !out.is_empty() {
            out.push_str("<br>\r\n");
        }
        for c in line.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                _ => out.push(c),
            }
        }
    }
    out
}

/// Its base64 as it was given, in lines: a file is never decoded here.
fn file(attachment: &Attachment) -> Result<SinglePart, ComposeError> {
    let mut body = Vec::with_capacity(attachment.content.len() / 76 * 78 + 78);
    for line in attachment.content.as_bytes().chunks(76) {
        body.extend_from_slice(line);
        body.extend_from_slice(b"\r\n");
    }
    let kind = ContentType::parse(attachment.media_type.as_str()).map_err(|_| ComposeError::Build)?;
    Ok(SinglePart::builder()
        .header(ContentDisposition::attachment(&attachment.name))
        .header(kind)
        .body(Body::dangerous_pre_encoded(body, ContentTransferEncoding::Base64)))
}

/// Stands in no encoded part, and nobody outside knows the message's id before it is composed.
fn boundary(message_id: &str, level: u8) -> String {
    let id: String = message_id.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    format!("=_{level}_{id}_=")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_html_that_shows_it() {
        assert_eq!(escaped("a <b>\n& \"c\"\n"), "a &lt;b&gt;<br>\r\n&amp; &quot;c&quot;");
    }
}
