//! A failure inside of a session, and the one place where it becomes the diagnosis that leaves this crate.

use crate::{
    cause::Cause,
    reply::Reply,
    route::Route,
    tls::{failure, tls_error},
};
use domain::{
    diagnosis::{Diagnosis, Enhanced, Evidence, read, remedies},
    session_test::{CertificateInfo, Step},
};
use std::{fmt, io};

/// What went wrong. The step is the one under way, unless the fault knows better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub cause: Cause,
    pub step: Option<Step>,
    pub reply_code: Option<u16>,
    pub reply: String,
    pub params: Vec<String>,
    /// The conversation is still in step: a QUIT is in order.
    pub polite: bool,
}

impl Fault {
    pub const fn new(cause: Cause) -> Self {
        Self { cause, step: None, reply_code: None, reply: String::new(), params: Vec::new(), polite: false }
    }

    pub fn internal(what: &str) -> Self {
        Self::new(Cause::Internal).param(what)
    }

    /// A server's refusal, in its own words.
    pub fn refused(cause: Cause, reply: &Reply) -> Self {
        // A 421 ends the session whatever it answers (RFC 5321 section 3.8): the service is refused, not this command.
        let cause = if reply.code == 421 { Cause::ServiceRefused } else { cause };
        Self { polite: reply.code != 421, ..Self::new(cause).with_reply(reply) }
    }

    pub fn from_io(error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        if let Some(error) = tls_error(error) {
            return failure(error);
        }
        match error.kind() {
            Kind::ConnectionRefused => Self::new(Cause::ConnectionRefused),
            Kind::TimedOut => Self::new(Cause::ConnectTimeout),
            Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe => Self::new(Cause::ConnectionReset),
            Kind::UnexpectedEof => Self::new(Cause::ConnectionClosed),
            Kind::HostUnreachable
            | Kind::NetworkUnreachable
            | Kind::NetworkDown
            | Kind::AddrNotAvailable
            | Kind::PermissionDenied => Self::new(Cause::Unreachable),
            kind => Self::new(Cause::Internal).param(format!("{kind:?}")),
        }
    }

    #[must_use]
    pub fn with_reply(mut self, reply: &Reply) -> Self {
        self.reply_code = Some(reply.code);
        self.reply = reply.shown();
        self
    }

    #[must_use]
    pub fn param(mut self, param: impl fmt::Display) -> Self {
        self.params.push(param.to_string());
        self
    }

    #[must_use]
    pub const fn at(mut self, step: Step) -> Self {
        self.step = Some(step);
        self
    }

    #[must_use]
    pub const fn politely(mut self) -> Self {
        self.polite = true;
        self
    }

    /// The value that words are made from.
    pub fn diagnose(
        self,
        stage: Step,
        route: &Route,
        login_offered: bool,
        certificates: &[CertificateInfo],
    ) -> Diagnosis {
        let stage = self.step.unwrap_or(stage);
        let evidence = Evidence {
            cause: self.cause.code(),
            stage,
            reply_code: self.reply_code,
            reply: &self.reply,
            params: &self.params,
            port: route.port.get(),
            security: route.security,
            login: route.login.is_some(),
            login_offered,
            certificates,
        };
        let reading = read(&evidence);
        let code = reading.map_or(evidence.cause, |reading| reading.code);
        let class = reading.map_or_else(|| self.cause.class(self.reply_code), |reading| reading.class);
        let remedies = remedies(code, &evidence);
        Diagnosis {
            code: code.to_owned(),
            cause: self.cause.code().to_owned(),
            stage,
            class,
            enhanced: self.reply_code.and_then(|_| Enhanced::find(&self.reply)),
            reply: self.reply,
            params: self.params,
            remedies,
            explanation: None,
        }
    }
}
