//! A notification as a program gives it, turned into a [`NewNotification`] or into all that is wrong with it.

use super::{Attachment, AttachmentDraft, NewNotification, Priority};
use crate::{AccountId, EmailAddress, FieldError, FieldErrors, Label, value::has_control};
use serde::{Deserialize, Deserializer, Serialize};

/// The names of a notification's fields, as the API has them.
pub mod field {
    pub const TO: &str = "to";
    pub const SUBJECT: &str = "subject";
    pub const TEXT: &str = "text";
    pub const HTML: &str = "html";
    pub const ACCOUNT: &str = "account";
    pub const REPLY_TO: &str = "reply_to";
    pub const RETURN_PATH: &str = "return_path";
    pub const CONFIRMATION: &str = "confirmation";
    pub const ATTACHMENTS: &str = "attachments";
    pub const EXPIRES_IN: &str = "expires_in";
}

/// An account by its id or by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AccountRef {
    Id(AccountId),
    Name(String),
}

/// A notification as given. What is not sent is left to the account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NotificationDraft {
    /// A list of addresses; one alone may stand without its list.
    #[serde(deserialize_with = "one_or_many")]
    pub to: Vec<String>,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub account: Option<AccountRef>,
    pub reply_to: String,
    pub return_path: String,
    pub confirmation: String,
    pub priority: Priority,
    pub attachments: Vec<AttachmentDraft>,
    /// Seconds.
    pub expires_in: Option<u32>,
}

impl NotificationDraft {
    /// A minute at least, and no longer than a month.
    const EXPIRES_IN: (u32, u32) = (60, 31 * 86_400);

    /// Checks every field and reports all errors at once, in the order of the fields.
    pub fn parse(self) -> Result<NewNotification, FieldErrors> {
        let mut errors = FieldErrors::default();
        let to = recipients(&self.to, &mut errors);
        if has_control(&self.subject) {
            errors.add(field::SUBJECT, "control_character");
        } else if self.subject.chars().count() > NewNotification::MAX_SUBJECT_CHARS {
            errors.0.push(FieldError::new(field::SUBJECT, "too_long").with(NewNotification::MAX_SUBJECT_CHARS));
        }
        if self.text.is_empty() && self.html.is_empty() {
            errors.add(field::TEXT, "required");
        }
        for (name, text) in [(field::TEXT, &self.text), (field::HTML, &self.html)] {
            if text.contains('\0') {
                errors.add(name, "control_character");
            }
        }
        let account = account(self.account, &mut errors);
        let mut optional = |name: &str, typed: &str| {
            let typed = Some(typed).filter(|typed| !typed.trim().is_empty())?;
            errors.take(name, EmailAddress::parse(typed))
        };
        let reply_to = optional(field::REPLY_TO, &self.reply_to);
        let return_path = optional(field::RETURN_PATH, &self.return_path);
        let confirmation = optional(field::CONFIRMATION, &self.confirmation);
        if self.attachments.len() > NewNotification::MAX_ATTACHMENTS {
            errors.0.push(FieldError::new(field::ATTACHMENTS, "too_many").with(NewNotification::MAX_ATTACHMENTS));
        }
        let attachments: Vec<Attachment> =
            self.attachments.into_iter().filter_map(|draft| draft.parse(&mut errors)).collect();
        let (least, most) = Self::EXPIRES_IN;
        if self.expires_in.is_some_and(|seconds| !(least..=most).contains(&seconds)) {
            errors.0.push(FieldError::new(field::EXPIRES_IN, "range").with(least).with(most));
        }
        let new = NewNotification {
            to,
            subject: self.subject,
            text: self.text,
            html: self.html,
            account,
            reply_to,
            return_path,
            confirmation,
            priority: self.priority,
            attachments,
            expires_in: self.expires_in,
        };
        if new.size() > NewNotification::MAX_OCTETS {
            let error = FieldError::new(field::ATTACHMENTS, "message_too_large");
            errors.0.push(error.with(NewNotification::MAX_OCTETS).with(new.size()));
        }
        if errors.is_empty() { Ok(new) } else { Err(errors) }
    }
}

fn recipients(typed: &[String], errors: &mut FieldErrors) -> Vec<EmailAddress> {
    if typed.is_empty() {
        errors.add(field::TO, "required");
    }
    if typed.len() > NewNotification::MAX_RECIPIENTS {
        errors.0.push(FieldError::new(field::TO, "too_many").with(NewNotification::MAX_RECIPIENTS));
        return Vec::new();
    }
    let mut to: Vec<EmailAddress> = Vec::with_capacity(typed.len());
    for text in typed {
        match EmailAddress::parse(text) {
            Ok(address) if to.iter().any(|known| known.to_wire() == address.to_wire()) => {}
            Ok(address) => to.push(address),
            Err(error) => {
                let shown: String = text.chars().filter(|c| !c.is_control()).take(100).collect();
                errors.0.push(FieldError::new(field::TO, error.code()).with(shown));
            }
        }
    }
    to
}

fn account(typed: Option<AccountRef>, errors: &mut FieldErrors) -> Option<AccountRef> {
    match typed {
        Some(AccountRef::Name(name)) if name.trim().is_empty() => None,
        Some(AccountRef::Name(name)) => {
            errors.take(field::ACCOUNT, Label::parse(&name)).map(|label| AccountRef::Name(label.to_string()))
        }
        other => other,
    }
}

fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::One(one) => vec![one],
        OneOrMany::Many(many) => many,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn valid() -> NotificationDraft {
        NotificationDraft {
            to: vec!["ann@example.com".into()],
            subject: "Disk full".into(),
            text: "…".into(),
            ..NotificationDraft::default()
        }
    }

    fn file(name: &str, media_type: &str, content: &str) -> AttachmentDraft {
        AttachmentDraft { name: name.into(), media_type: media_type.into(), content: content.into() }
    }

    fn check(change: impl FnOnce(&mut NotificationDraft), expected: &[(&str, &str)]) {
        let mut draft = valid();
        change(&mut draft);
        let errors = draft.parse().err().unwrap_or_default();
        let got: Vec<_> = errors.0.iter().map(|e| (e.field.as_str(), e.code.as_str())).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn each_field_is_checked() {
        check(|_| {}, &[]);
        check(|d| d.to.clear(), &[("to", "required")]);
        check(|d| d.to.push("nobody".into()), &[("to", "email_missing")]);
        check(|d| d.to = vec!["a@b.example\r\nBcc: x@y.z".into()], &[("to", "control_character")]);
        check(|d| d.to = (0..101).map(|i| format!("a{i}@b.example")).collect(), &[("to", "too_many")]);
        check(|d| d.subject = "a\nBcc: x@y.z".into(), &[("subject", "control_character")]);
        check(|d| d.subject = "x".repeat(501), &[("subject", "too_long")]);
        check(|d| d.text.clear(), &[("text", "required")]);
        check(|d| (d.text, d.html) = (String::new(), "<p>".into()), &[]);
        check(|d| d.html = "\0".into(), &[("html", "control_character")]);
        check(|d| d.account = Some(AccountRef::Name("a\nb".into())), &[("account", "control_character")]);
        check(|d| d.account = Some(AccountRef::Name(" ".into())), &[]);
        check(|d| d.reply_to = "x@".into(), &[("reply_to", "email_missing")]);
        check(|d| d.return_path = "a@b\0c".into(), &[("return_path", "control_character")]);
        check(|d| d.confirmation = "A <a@b.c>".into(), &[("confirmation", "email_not_bare")]);
        check(|d| d.attachments.push(file("a.txt", "", "QQ==")), &[]);
        check(|d| d.attachments.push(file("", "", "")), &[("attachments", "attachment_name_required")]);
        check(|d| d.attachments.push(file("../a", "", "")), &[("attachments", "attachment_name")]);
        check(|d| d.attachments.push(file("a\r\nb", "", "")), &[("attachments", "attachment_name")]);
        check(|d| d.attachments.push(file("a", "text", "")), &[("attachments", "media_type")]);
        check(|d| d.attachments.push(file("a", "", "Q")), &[("attachments", "base64")]);
        check(|d| d.expires_in = Some(5), &[("expires_in", "range")]);
    }

    #[test]
    fn thirty_megabytes_pass_and_more_than_the_limit_does_not() {
        let of = |bytes: usize| "AAAA".repeat(bytes / 3);
        check(|d| d.attachments.push(file("a", "", &of(30_000_000))), &[]);
        check(|d| d.attachments.push(file("a", "", &of(34_000_000))), &[("attachments", "message_too_large")]);
    }

    #[test]
    fn all_errors_come_at_once() {
        let errors = NotificationDraft::default().parse().expect_err("empty");
        assert_eq!(errors.0.iter().map(|e| e.field.as_str()).collect::<Vec<_>>(), ["to", "text"]);
    }

    #[test]
    fn json_as_programs_write_it() {
        let one: NotificationDraft =
            serde_json::from_str(r#"{"to":"a@b.example","subject":"s","text":"t","account":7}"#).expect("reads");
        assert_eq!((one.to.len(), one.account), (1, Some(AccountRef::Id(AccountId(7)))));
        let many: NotificationDraft = serde_json::from_str(
            r#"{"to":["a@b.example","A@b.example","a@b.example"],"text":"t","account":"Alerts","priority":"high"}"#,
        )
        .expect("reads");
        let new = many.parse().expect("valid");
        assert_eq!(new.to.len(), 2, "each address once");
        assert!(serde_json::from_str::<NotificationDraft>(r#"{"bcc":"x"}"#).is_err(), "an unknown field is refused");
        let back: NewNotification = serde_json::from_str(&serde_json::to_string(&new).expect("writes")).expect("reads");
        assert_eq!(back, new);
    }

    #[test]
    fn force_settings_refuses_other_addresses() {
        use crate::account::AccountDraft;
        let account = |force_settings| AccountDraft {
            name: "Alerts".into(),
            sender: "a@example.com".into(),
            reply_to: "a@example.com".into(),
            return_path: "a@example.com".into(),
            confirmation: "a@example.com".into(),
            host: "h".into(),
            force_settings,
            ..AccountDraft::default()
        };
        let (free, forced) = (account(false).parse().expect("valid"), account(true).parse().expect("valid"));
        let own = NotificationDraft { reply_to: "x@y.example".into(), ..valid() }.parse().expect("valid");
        assert_eq!(own.check_against(&free), Ok(()));
        let errors = own.check_against(&forced).expect_err("forced");
        assert_eq!((errors.0[0].field.as_str(), errors.0[0].code.as_str()), ("reply_to", "force_settings"));
        assert_eq!(valid().parse().expect("valid").check_against(&forced), Ok(()));
    }

    proptest! {
        #[test]
        fn nothing_forges_a_line(text in "[a-z\\r\\n\\x00@. ]{0,20}") {
            let draft = NotificationDraft {
                to: vec![text.clone()],
                subject: text.clone(),
                reply_to: text.clone(),
                return_path: text.clone(),
                confirmation: text.clone(),
                attachments: vec![file(&text, &text, &text)],
                ..valid()
            };
            if let Ok(new) = draft.parse() {
                let lines = [new.subject, new.to[0].to_wire(), new.attachments[0].name.clone()];
                let bad = lines.iter().any(|line| line.contains(['\r', '\n', '\0']));
                prop_assert!(!bad);
            }
        }
    }
}
