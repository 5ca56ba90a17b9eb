//! A file that travels with a message: its name, its media type, its octets as base64. Nothing is decoded here.

use crate::{FieldError, FieldErrors, value::has_control};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A file as given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AttachmentDraft {
    pub name: String,
    pub media_type: String,
    /// Base64 (RFC 4648 section 4), with its padding; line breaks in it are let pass.
    pub content: String,
}

/// A checked file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub name: String,
    pub media_type: MediaType,
    /// Base64 without line breaks.
    pub content: String,
}

/// `type/subtype` without parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct MediaType(String);

impl MediaType {
    const MAX: usize = 127;

    pub fn parse(text: &str) -> Option<Self> {
        let token = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
        };
        let (kind, subtype) = text.split_once('/')?;
        // Containers of other messages and parts are not files.
        let whole = matches!(kind.to_ascii_lowercase().as_str(), "multipart" | "message");
        (text.len() <= Self::MAX && token(kind) && token(subtype) && !whole).then(|| Self(text.to_ascii_lowercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for MediaType {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("media_type"))
    }
}

impl Attachment {
    const MAX_NAME_CHARS: usize = 200;

    /// Octets of the file itself.
    pub fn size(&self) -> usize {
        let padding = self.content.bytes().rev().take_while(|b| *b == b'=').count();
        (self.content.len() / 4 * 3).saturating_sub(padding)
    }
}

impl AttachmentDraft {
    pub(super) fn parse(self, errors: &mut FieldErrors) -> Option<Attachment> {
        let before = errors.0.len();
        let mut add = |code: &str| {
            errors.0.push(FieldError::new("attachments", code).with(shown(&self.name)));
        };
        let name = self.name.trim();
        if name.is_empty() {
            add("attachment_name_required");
        } else if has_control(name) || name.contains(['/', '\\', '"']) {
            add("attachment_name");
        } else if name.chars().count() > Attachment::MAX_NAME_CHARS {
            add("attachment_name_too_long");
        }
        let given = self.media_type.trim();
        let media_type = MediaType::parse(if given.is_empty() { "application/octet-stream" } else { given });
        if media_type.is_none() {
            add("media_type");
        }
        let mut content = self.content;
        if content.contains(['\r', '\n']) {
            content.retain(|c| !matches!(c, '\r' | '\n'));
        }
        if !is_base64(&content) {
            add("base64");
        }
        let name = name.to_owned();
        media_type.filter(|_| errors.0.len() == before).map(|media_type| Attachment { name, media_type, content })
    }
}

/// What an error may repeat of a name.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(50).collect()
}

fn is_base64(text: &str) -> bool {
    let bytes = text.as_bytes();
    let body = bytes.strip_suffix(b"==").or_else(|| bytes.strip_suffix(b"=")).unwrap_or(bytes);
    bytes.len().is_multiple_of(4) && body.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64() {
        for (text, valid) in [
            ("", true),
            ("QQ==", true),
            ("QUI=", true),
            ("QUJD", true),
            ("QUJ", false),
            ("Q===", false),
            ("QU-D", false),
            ("QQ==QQ==", false),
            ("QUé=", false),
        ] {
            assert_eq!(is_base64(text), valid, "{text}");
        }
    }

    #[test]
    fn sizes_are_of_the_file() {
        for (content, size) in [("", 0), ("QQ==", 1), ("QUI=", 2), ("QUJD", 3)] {
            let media_type = MediaType::parse("text/plain").expect("valid");
            assert_eq!(Attachment { name: "a".into(), media_type, content: content.into() }.size(), size);
        }
    }

    #[test]
    fn media_types() {
        for (text, valid) in [
            ("text/plain", true),
            ("Application/vnd.ms-excel", true),
            ("text", false),
            ("text/", false),
            ("text/plain; charset=x", false),
            ("multipart/mixed", false),
            ("message/rfc822", false),
            ("text/plain\r\nX: y", false),
        ] {
            assert_eq!(MediaType::parse(text).is_some(), valid, "{text:?}");
        }
    }
}
