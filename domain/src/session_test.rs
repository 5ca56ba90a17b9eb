//! The test of an account: what is asked for, the steps of the SMTP session as they happen, how it ended.
//!
//! One JSON object a line; the last one is always `done`.

pub use crate::diagnosis::{Diagnosis, FaultClass};

use crate::{EmailAddress, FieldErrors, value::has_control};
use serde::{Deserialize, Serialize};

/// The test window as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TestDraft {
    pub to: String,
    pub subject: String,
    pub message: String,
    pub mode: TestMode,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TestMode {
    /// A real message goes out.
    #[default]
    Send,
    /// The session ends after RCPT TO; nothing is sent.
    Check,
}

impl TestMode {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Check => "check",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Send, Self::Check].into_iter().find(|mode| mode.code() == code)
    }
}

/// A test whose every field has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTest {
    pub to: EmailAddress,
    pub subject: String,
    pub message: String,
    pub mode: TestMode,
}

impl TestDraft {
    const MAX_SUBJECT_CHARS: usize = 500;
    const MAX_MESSAGE_CHARS: usize = 20_000;

    pub fn parse(&self) -> Result<NewTest, FieldErrors> {
        let mut errors = FieldErrors::default();
        let to = errors.take("to", EmailAddress::parse(&self.to));
        if has_control(&self.subject) {
            errors.add("subject", "control_character");
        } else if self.subject.chars().count() > Self::MAX_SUBJECT_CHARS {
            errors.add("subject", "too_long");
        }
        if self.message.contains('\0') {
            errors.add("message", "control_character");
        } else if self.message.chars().count() > Self::MAX_MESSAGE_CHARS {
            errors.add("message", "too_long");
        }
        match to {
            Some(to) if errors.is_empty() => {
                Ok(NewTest { to, subject: self.subject.clone(), message: self.message.clone(), mode: self.mode })
            }
            _ => Err(errors),
        }
    }
}

/// A step of the session, in the order in which they happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Dns,
    Connector,
    Tcp,
    Greeting,
    Ehlo,
    Tls,
    Auth,
    Mail,
    Rcpt,
    Data,
    Quit,
}

impl Step {
    pub const ALL: [Self; 11] = [
        Self::Dns,
        Self::Connector,
        Self::Tcp,
        Self::Greeting,
        Self::Ehlo,
        Self::Tls,
        Self::Auth,
        Self::Mail,
        Self::Rcpt,
        Self::Data,
        Self::Quit,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Connector => "connector",
            Self::Tcp => "tcp",
            Self::Greeting => "greeting",
            Self::Ehlo => "ehlo",
            Self::Tls => "tls",
            Self::Auth => "auth",
            Self::Mail => "mail",
            Self::Rcpt => "rcpt",
            Self::Data => "data",
            Self::Quit => "quit",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    Running,
    Passed,
    Failed,
    Skipped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The server took the message.
    Delivered,
    /// A check that ended where it should.
    Passed,
    Failed,
    /// The message went out whole and no answer came: it may have been delivered.
    Unknown,
    Cancelled,
}

impl Outcome {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        let all = [Self::Delivered, Self::Passed, Self::Failed, Self::Unknown, Self::Cancelled];
        all.into_iter().find(|outcome| outcome.code() == code)
    }

    pub const fn is_good(self) -> bool {
        matches!(self, Self::Delivered | Self::Passed)
    }
}

/// One line of a running test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TestEvent {
    Done(TestDone),
    Step(StepEvent),
    Line(TranscriptLine),
    Beat(Heartbeat),
}

/// A step began or ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepEvent {
    pub step: Step,
    pub state: StepState,
    /// How long the step took; 0 while it runs.
    pub ms: u64,
    /// What there is to say about it: an address, a TLS version, a reply line. Plain text, never a secret.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// The same and more, piece by piece.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// What the server showed, its own certificate first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<CertificateInfo>,
}

impl StepEvent {
    pub const fn new(step: Step, state: StepState, ms: u64, detail: String) -> Self {
        Self { step, state, ms, detail, facts: Vec::new(), certificates: Vec::new() }
    }
}

/// Something learnt in a step: an attempt at an address, a capability, the mechanism chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub code: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<String>,
}

impl Fact {
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), params: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, param: impl ToString) -> Self {
        self.params.push(param.to_string());
        self
    }
}

/// A certificate as people compare it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateInfo {
    pub subject: String,
    pub issuer: String,
    /// Host names and addresses it is for (subjectAltName, RFC 6125).
    pub names: Vec<String>,
    /// RFC 3339.
    pub not_before: String,
    pub not_after: String,
    /// `RSA 2048`, `EC P-256`, `Ed25519`.
    pub key: String,
    /// SHA-256 of the whole certificate, in hexadecimal with colons.
    pub fingerprint: String,
    pub self_signed: bool,
    /// PEM (RFC 7468), of a certificate authority's: what to trust, should somebody choose to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pem: String,
}

/// Who said a line of the transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    Client,
    Server,
    /// The message, in so many octets.
    Message,
}

/// A line that went over the connection, secrets masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptLine {
    pub line: Speaker,
    pub during: Step,
    /// Since the test began.
    pub ms: u64,
    pub text: String,
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestDone {
    pub step: DoneStep,
    pub outcome: Outcome,
    pub ms: u64,
    /// The step reached last.
    pub stage: Option<Step>,
    /// The server's reply to the message: its queue id, usually.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reply: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<Diagnosis>,
}

/// Always `done`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoneStep {
    #[default]
    Done,
}

/// Sent while nothing happens, so that a broken connection is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heartbeat {
    pub heartbeat: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::Enhanced;

    #[test]
    fn lines_read_back_as_what_they_were() {
        let step = TestEvent::Step(StepEvent::new(Step::Dns, StepState::Passed, 3, "192.0.2.1".into()));
        let line = TestEvent::Line(TranscriptLine {
            line: Speaker::Client,
            during: Step::Ehlo,
            ms: 5,
            text: "EHLO client.test".into(),
        });
        let done = TestEvent::Done(TestDone {
            step: DoneStep::Done,
            outcome: Outcome::Failed,
            ms: 40,
            stage: Some(Step::Auth),
            reply: String::new(),
            diagnosis: Some(Diagnosis {
                class: FaultClass::Permanent,
                cause: "auth_refused".into(),
                reply: "535 5.7.8 no".into(),
                enhanced: Enhanced::parse("5.7.8"),
                ..Diagnosis::of_settings("app_password_required", Step::Auth, vec![])
            }),
        });
        let beat = TestEvent::Beat(Heartbeat { heartbeat: 1 });
        for (event, line) in [
            (&step, r#"{"step":"dns","state":"passed","ms":3,"detail":"192.0.2.1"}"#),
            (
                &done,
                r#"{"step":"done","outcome":"failed","ms":40,"stage":"auth","diagnosis":{"code":"app_password_required","cause":"auth_refused","stage":"auth","class":"permanent","reply":"535 5.7.8 no","enhanced":"5.7.8"}}"#,
            ),
            (&line, r#"{"line":"client","during":"ehlo","ms":5,"text":"EHLO client.test"}"#),
            (&beat, r#"{"heartbeat":1}"#),
        ] {
            assert_eq!(serde_json::to_string(event).expect("serialises"), line);
            assert_eq!(&serde_json::from_str::<TestEvent>(line).expect("reads"), event);
        }
    }

    #[test]
    fn a_test_needs_somewhere_to_go_and_no_forged_header() {
        let draft = TestDraft { subject: "a\r\nBcc: x@y.z".into(), ..TestDraft::default() };
        let errors = draft.parse().expect_err("two errors");
        let got: Vec<_> = errors.0.iter().map(|e| (e.field.as_str(), e.code.as_str())).collect();
        assert_eq!(got, [("to", "required"), ("subject", "control_character")]);
    }
}
