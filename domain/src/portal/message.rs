//! What a frame and the portal around it say to each other: version 1 of the messages, as data.
//!
//! The same messages as a JSON schema: `public/embed.schema.json`. Read and written field by field: a frame loads this, and
//! reading tagged messages by derived code takes twenty times the room.

use crate::{Role, Secret, report::ReportName};
use std::collections::BTreeMap;

/// Messages of other versions are dropped.
pub const VERSION: u32 = 1;

/// A message from a portal is no longer than this, as JSON.
pub const MAX_MESSAGE_BYTES: usize = 64 * 1024;

/// From the frame to the portal.
#[derive(Debug, Clone, PartialEq)]
pub enum ToPortal {
    /// The page can be talked to; once for each load.
    Ready {
        page: String,
        locale: String,
        theme: String,
        density: String,
        title: String,
    },
    TokenNeeded {
        reason: TokenReason,
        /// Why the last token was refused.
        code: Option<String>,
    },
    SignedIn {
        name: String,
        role: Role,
        expires_in_s: u32,
    },
    /// The address below `/embed`, with its query.
    Navigate {
        page: String,
        title: String,
    },
    /// Whether something typed is not saved yet.
    Dirty {
        dirty: bool,
    },
    /// `what` is the singular of a report's code; `id` is missing where the window does not know it.
    Saved {
        what: String,
        id: Option<i64>,
        name: String,
    },
    /// `id` is missing where values not saved yet were tested.
    Tested {
        id: Option<i64>,
        outcome: String,
        code: Option<String>,
    },
    /// Of the content, in CSS pixels.
    Height {
        height: u32,
    },
    /// Something needs permissions that the frame's sandbox lacks.
    Blocked {
        what: Wanted,
        missing: Vec<String>,
        page: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenReason {
    Start,
    Expiring,
    Refused,
    Ended,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Csv,
    Print,
}

/// From the portal to the frame.
#[derive(Debug, Clone, PartialEq)]
pub enum ToFrame {
    Hello {
        theme: Option<String>,
        tokens: Option<BTreeMap<String, String>>,
        locale: Option<String>,
        density: Option<String>,
        height: Option<String>,
        /// What the frame's `sandbox` allows; nothing where there is no sandbox.
        sandbox: Option<Vec<String>>,
    },
    Token {
        token: Secret,
    },
    Theme {
        theme: Option<String>,
        tokens: Option<BTreeMap<String, String>>,
    },
    Locale {
        locale: String,
    },
    Density {
        density: String,
    },
    /// The whole filter, by the fields of the report's address.
    Filter {
        filter: BTreeMap<String, String>,
    },
    Refresh,
    /// An address below `/embed`.
    Page {
        page: String,
    },
    /// The part of the frame that is in sight, as if it reached down to the end of what is: its own CSS pixels.
    Visible {
        top: f64,
        height: f64,
    },
    SignOut,
}

/// A field of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Not there, or null.
    Nothing,
    Text(String),
    Number(f64),
    Truth(bool),
    /// Texts alone.
    List(Vec<String>),
    /// Texts alone, by name.
    Texts(BTreeMap<String, String>),
    Other,
}

impl Piece {
    /// A field that may be missing, and where it is there, is what it has to be: else there is no message.
    #[expect(clippy::option_option, reason = "missing and wrong are two things, and both end in `?`")]
    fn given<T>(self, read: fn(Self) -> Option<T>) -> Option<Option<T>> {
        match self {
            Self::Nothing => Some(None),
            piece => read(piece).map(Some),
        }
    }
}

impl ToFrame {
    /// A message by its fields; `None` for one that is not of this version, or not as it should be.
    pub fn read(field: &dyn Fn(&str) -> Piece) -> Option<Self> {
        if field("postroom") != Piece::Number(f64::from(VERSION)) {
            return None;
        }
        let required = |name: &str| text(field(name));
        let number = |name: &str| match field(name) {
            Piece::Number(number) => Some(number),
            _ => None,
        };
        Some(match required("type")?.as_str() {
            "hello" => Self::Hello {
                theme: field("theme").given(text)?,
                tokens: field("tokens").given(texts)?,
                locale: field("locale").given(text)?,
                density: field("density").given(text)?,
                height: field("height").given(text)?,
                sandbox: field("sandbox").given(list)?,
            },
            "token" => Self::Token { token: Secret::new(required("token")?) },
            "theme" => Self::Theme { theme: field("theme").given(text)?, tokens: field("tokens").given(texts)? },
            "locale" => Self::Locale { locale: required("locale")? },
            "density" => Self::Density { density: required("density")? },
            "filter" => Self::Filter { filter: texts(field("filter"))? },
            "refresh" => Self::Refresh,
            "page" => Self::Page { page: required("page")? },
            "visible" => Self::Visible { top: number("top")?, height: number("height")? },
            "sign-out" => Self::SignOut,
            _ => return None,
        })
    }
}

/// Where the sign-in of a portal's person is exchanged for a session: what is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    pub session: Secret,
    pub expires_in_s: u32,
    pub name: String,
    pub role: Role,
}

impl SignedIn {
    pub fn read(field: &dyn Fn(&str) -> Piece) -> Option<Self> {
        let text = |name: &str| text(field(name));
        let Piece::Number(life) = field("expires_in_s") else { return None };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is no whole number is none")]
        let expires_in_s = Some(life as u32).filter(|whole| f64::from(*whole).total_cmp(&life).is_eq())?;
        Some(Self {
            session: Secret::new(text("session")?),
            expires_in_s,
            name: text("name")?,
            role: Role::parse(&text("role")?)?,
        })
    }
}

fn text(piece: Piece) -> Option<String> {
    match piece {
        Piece::Text(text) => Some(text),
        _ => None,
    }
}

fn list(piece: Piece) -> Option<Vec<String>> {
    match piece {
        Piece::List(list) => Some(list),
        _ => None,
    }
}

fn texts(piece: Piece) -> Option<BTreeMap<String, String>> {
    match piece {
        Piece::Texts(texts) => Some(texts),
        _ => None,
    }
}

impl ToPortal {
    /// Something of a report has been saved.
    pub fn saved(of: ReportName, id: Option<i64>, name: &str) -> Self {
        Self::Saved { what: of.code().trim_end_matches('s').to_owned(), id, name: name.to_owned() }
    }

    /// Its fields, one after another.
    pub fn write(self, put: &mut dyn FnMut(&'static str, Piece)) {
        put("postroom", Piece::Number(f64::from(VERSION)));
        put("type", Piece::Text(self.kind().to_owned()));
        match self {
            Self::Ready { page, locale, theme, density, title } => {
                put("page", Piece::Text(page));
                put("locale", Piece::Text(locale));
                put("theme", Piece::Text(theme));
                put("density", Piece::Text(density));
                put("title", Piece::Text(title));
            }
            Self::TokenNeeded { reason, code } => {
                put("reason", Piece::Text(reason.code().to_owned()));
                if let Some(code) = code {
                    put("code", Piece::Text(code));
                }
            }
            Self::SignedIn { name, role, expires_in_s } => {
                put("name", Piece::Text(name));
                put("role", Piece::Text(role.code().to_owned()));
                put("expires_in_s", Piece::Number(f64::from(expires_in_s)));
            }
            Self::Navigate { page, title } => {
                put("page", Piece::Text(page));
                put("title", Piece::Text(title));
            }
            Self::Dirty { dirty } => put("dirty", Piece::Truth(dirty)),
            Self::Saved { what, id, name } => {
                put("what", Piece::Text(what));
                put("id", of_id(id));
                put("name", Piece::Text(name));
            }
            Self::Tested { id, outcome, code } => {
                put("id", of_id(id));
                put("outcome", Piece::Text(outcome));
                put("code", code.map_or(Piece::Nothing, Piece::Text));
            }
            Self::Height { height } => put("height", Piece::Number(f64::from(height))),
            Self::Blocked { what, missing, page } => {
                put("what", Piece::Text(what.code().to_owned()));
                put("missing", Piece::List(missing));
                put("page", Piece::Text(page));
            }
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::Ready { .. } => "ready",
            Self::TokenNeeded { .. } => "token-needed",
            Self::SignedIn { .. } => "signed-in",
            Self::Navigate { .. } => "navigate",
            Self::Dirty { .. } => "dirty",
            Self::Saved { .. } => "saved",
            Self::Tested { .. } => "tested",
            Self::Height { .. } => "height",
            Self::Blocked { .. } => "blocked",
        }
    }
}

/// A portal's script has no other numbers; no id comes near where they are no longer exact.
#[expect(clippy::cast_precision_loss, reason = "ids are counted up from 1")]
fn of_id(id: Option<i64>) -> Piece {
    id.map_or(Piece::Nothing, |id| Piece::Number(id as f64))
}

impl TokenReason {
    const fn code(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Expiring => "expiring",
            Self::Refused => "refused",
            Self::Ended => "ended",
        }
    }
}

impl Wanted {
    const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Print => "print",
        }
    }

    /// What a sandbox has to allow for it. (HTML Standard, section 7.1.5)
    pub const fn permissions(self) -> &'static [&'static str] {
        match self {
            Self::Csv => &["allow-downloads", "allow-forms"],
            Self::Print => &["allow-popups", "allow-forms", "allow-modals"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn piece(value: Option<&Value>) -> Piece {
        let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
        match value {
            None | Some(Value::Null) => Piece::Nothing,
            Some(Value::String(text)) => Piece::Text(text.clone()),
            Some(Value::Number(number)) => Piece::Number(number.as_f64().unwrap_or_default()),
            Some(Value::Bool(truth)) => Piece::Truth(*truth),
            Some(Value::Array(list)) => list.iter().map(text).collect::<Option<_>>().map_or(Piece::Other, Piece::List),
            Some(Value::Object(object)) => object
                .iter()
                .map(|(name, value)| Some((name.clone(), text(value)?)))
                .collect::<Option<_>>()
                .map_or(Piece::Other, Piece::Texts),
        }
    }

    fn read(message: Value) -> Option<ToFrame> {
        ToFrame::read(&|name| piece(message.get(name)))
    }

    fn written(said: ToPortal) -> Value {
        let mut message = serde_json::Map::new();
        said.write(&mut |name, piece| {
            let value = match piece {
                Piece::Nothing | Piece::Other | Piece::Texts(_) => Value::Null,
                Piece::Text(text) => text.into(),
                Piece::Number(number) if number.fract() == 0.0 => {
                    format!("{number}").parse::<i64>().expect("whole").into()
                }
                Piece::Number(number) => number.into(),
                Piece::Truth(truth) => truth.into(),
                Piece::List(list) => list.into(),
            };
            assert_eq!(message.insert(name.to_owned(), value), None, "{name} twice");
        });
        Value::Object(message)
    }

    #[test]
    fn messages_are_read_as_the_schema_has_them() {
        let check = |message: Value, expected: ToFrame| assert_eq!(read(message), Some(expected));
        check(json!({"postroom": 1, "type": "refresh"}), ToFrame::Refresh);
        check(json!({"postroom": 1, "type": "sign-out", "more": true}), ToFrame::SignOut);
        check(
            json!({"postroom": 1, "type": "visible", "top": 12.5, "height": 300}),
            ToFrame::Visible { top: 12.5, height: 300.0 },
        );
        check(
            json!({"postroom": 1, "type": "token", "token": "a.b.c"}),
            ToFrame::Token { token: Secret::new("a.b.c") },
        );
        check(
            json!({"postroom": 1, "type": "filter", "filter": {"name": "x"}}),
            ToFrame::Filter { filter: BTreeMap::from([("name".to_owned(), "x".to_owned())]) },
        );
        check(
            json!({"postroom": 1, "type": "page", "page": "/settings"}),
            ToFrame::Page { page: "/settings".to_owned() },
        );
        check(json!({"postroom": 1, "type": "locale", "locale": "es"}), ToFrame::Locale { locale: "es".to_owned() });
        check(json!({"postroom": 1, "type": "density", "density": "x"}), ToFrame::Density { density: "x".to_owned() });
        check(
            json!({"postroom": 1, "type": "theme", "theme": null, "tokens": {}}),
            ToFrame::Theme { theme: None, tokens: Some(BTreeMap::new()) },
        );
        check(
            json!({"postroom": 1, "type": "hello", "theme": "dark", "sandbox": ["allow-scripts"]}),
            ToFrame::Hello {
                theme: Some("dark".to_owned()),
                tokens: None,
                locale: None,
                density: None,
                height: None,
                sandbox: Some(vec!["allow-scripts".to_owned()]),
            },
        );
        for wrong in [
            json!({"postroom": 2, "type": "refresh"}),
            json!({"type": "refresh"}),
            json!({"postroom": "1", "type": "refresh"}),
            json!({"postroom": 1, "type": "drive"}),
            json!({"postroom": 1}),
            json!({"postroom": 1, "type": "token"}),
            json!({"postroom": 1, "type": "token", "token": 7}),
            json!({"postroom": 1, "type": "filter", "filter": {"name": 1}}),
            json!({"postroom": 1, "type": "filter"}),
            json!({"postroom": 1, "type": "hello", "sandbox": "allow-scripts"}),
            json!({"postroom": 1, "type": "hello", "theme": 1}),
            json!({"postroom": 1, "type": "visible", "top": "0", "height": 1}),
            json!([1]),
            json!("refresh"),
        ] {
            assert_eq!(read(wrong.clone()), None, "{wrong}");
        }
    }

    #[test]
    fn the_answer_to_a_sign_in_is_whole_or_none() {
        let read = |answer: Value| SignedIn::read(&|name| piece(answer.get(name)));
        let right = json!({"session": "s", "expires_in_s": 300, "name": "Ana", "role": "viewer"});
        let session = Secret::new("s");
        let name = "Ana".to_owned();
        assert_eq!(read(right.clone()), Some(SignedIn { session, expires_in_s: 300, name, role: Role::Viewer }));
        for (field, wrong) in [
            ("session", Value::Null),
            ("expires_in_s", json!(1.5)),
            ("expires_in_s", json!(-1)),
            ("expires_in_s", json!("300")),
            ("name", json!(7)),
            ("role", json!("emperor")),
        ] {
            let mut answer = right.clone();
            answer[field] = wrong;
            assert_eq!(read(answer.clone()), None, "{answer}");
        }
    }

    #[test]
    fn messages_are_written_as_the_schema_has_them() {
        let check = |said: ToPortal, expected: Value| assert_eq!(written(said), expected);
        check(
            ToPortal::TokenNeeded { reason: TokenReason::Refused, code: Some("expired".to_owned()) },
            json!({"postroom": 1, "type": "token-needed", "reason": "refused", "code": "expired"}),
        );
        check(
            ToPortal::TokenNeeded { reason: TokenReason::Start, code: None },
            json!({"postroom": 1, "type": "token-needed", "reason": "start"}),
        );
        check(
            ToPortal::Tested { id: None, outcome: "passed".to_owned(), code: None },
            json!({"postroom": 1, "type": "tested", "id": null, "outcome": "passed", "code": null}),
        );
        check(ToPortal::Height { height: 640 }, json!({"postroom": 1, "type": "height", "height": 640}));
        check(ToPortal::Dirty { dirty: true }, json!({"postroom": 1, "type": "dirty", "dirty": true}));
        check(
            ToPortal::saved(ReportName::Accounts, Some(7), "Billing"),
            json!({"postroom": 1, "type": "saved", "what": "account", "id": 7, "name": "Billing"}),
        );
        check(
            ToPortal::Blocked { what: Wanted::Csv, missing: vec!["allow-downloads".to_owned()], page: "/".to_owned() },
            json!({"postroom": 1, "type": "blocked", "what": "csv", "missing": ["allow-downloads"], "page": "/"}),
        );
        check(
            ToPortal::SignedIn { name: "Ana".to_owned(), role: Role::Viewer, expires_in_s: 300 },
            json!({"postroom": 1, "type": "signed-in", "name": "Ana", "role": "viewer", "expires_in_s": 300}),
        );
    }
}
