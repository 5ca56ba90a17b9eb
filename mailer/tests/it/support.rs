//! What every test needs: a route to loopback, a message, one call that runs a session and keeps its events.

use domain::{
    EmailAddress, Host, Port, UnixMillis,
    account::Security,
    connector::ConnectorKind,
    session_test::{CertificateInfo, Fact, Outcome, Speaker, Step, StepState, TestDone, TestEvent, TestMode},
};
pub use mailer::CertificateCheck;
use mailer::{
    AccountLogin, Budget, Composition, DestinationPolicy, Login, Mailer, Names, Outgoing, Route, Tunnel, compose,
};
use std::{
    sync::{Arc, LazyLock, Mutex},
    time::Duration,
};
use testkit::{Authority, ConnectorOptions, ConnectorProtocol, Leaf, NameServer, Zone};
use tokio_util::sync::CancellationToken;

pub const USER: &str = "ann";
pub const PASSWORD: &str = "s3cret \"pass\" wörd";

/// The authority that the tests' mailer trusts.
pub static TRUSTED: LazyLock<Authority> = LazyLock::new(|| Authority::new("Postroom test CA"));

pub fn policy() -> DestinationPolicy {
    DestinationPolicy::parse("127.0.0.0/8 ::1/128").expect("a list")
}

pub fn mailer() -> Mailer {
    static MAILER: LazyLock<Mailer> = LazyLock::new(|| Mailer::with_extra_roots(policy(), vec![TRUSTED.certificate()]));
    MAILER.clone()
}

pub fn good_tls() -> Arc<rustls::ServerConfig> {
    TRUSTED.issue(Leaf::Good).config()
}

pub fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

/// A name server for what is asked of the web, as long as it is held, and whoever asks it.
pub async fn names() -> (NameServer, Names) {
    let zone = Zone::default()
        .a("mail.test", [127, 0, 0, 1])
        .a("other.test", [127, 0, 0, 1])
        .a("metadata.test", [169, 254, 169, 254])
        .failing("broken.test");
    let server = NameServer::start(zone).await;
    let names = Names::at(server.address());
    (server, names)
}

pub fn login() -> AccountLogin {
    Login { user_name: USER.into(), secret: PASSWORD.into() }.into()
}

pub fn sink_login() -> (String, String) {
    (USER.into(), PASSWORD.into())
}

pub fn route(port: u16, security: Security) -> Route {
    Route {
        host: Host::parse("127.0.0.1").expect("a host"),
        port: Port::new(port).expect("a port"),
        security,
        certificate: CertificateCheck::FULL,
        login: None,
        tunnel: None,
        helo: "client.test".into(),
    }
}

pub fn tunnel(kind: ConnectorKind, port: u16) -> Tunnel {
    Tunnel {
        kind,
        host: Host::parse("127.0.0.1").expect("a host"),
        port: Port::new(port).expect("a port"),
        login: None,
    }
}

pub fn options_of(kind: ConnectorKind) -> ConnectorOptions {
    let protocol = match kind {
        ConnectorKind::Socks5 => ConnectorProtocol::Socks5,
        ConnectorKind::HttpConnect => ConnectorProtocol::HttpConnect,
    };
    ConnectorOptions { protocol, ..ConnectorOptions::default() }
}

pub fn composition() -> Composition {
    Composition {
        from: address("sender@example.com"),
        from_name: Some("Postroom".into()),
        reply_to: address("reply@example.com"),
        to: vec![address("reader@example.com")],
        confirmation: None,
        subject: "TEST MESSAGE!".into(),
        text: "ATTENTION: THIS IS A TEST MESSAGE!".into(),
        html: String::new(),
        footer: None,
        footer_html: None,
        attachments: Vec::new(),
        priority: domain::notification::Priority::Normal,
        message_id: "1.2@client.test".into(),
        date: UnixMillis(1_795_299_160_000),
    }
}

pub fn outgoing() -> Outgoing {
    Outgoing {
        mail_from: address("bounces@example.com"),
        rcpt_to: vec![address("reader@example.com")],
        message: compose(&composition()).expect("composes"),
    }
}

/// Short enough for a test, long enough for a busy machine.
pub fn budget() -> Budget {
    let second = Duration::from_secs(5);
    Budget {
        resolve: second,
        connect: second,
        tunnel: second,
        tls: second,
        greeting: second,
        token: second,
        command: second,
        data: second,
        write: second,
        dot: second,
        quit: Duration::from_millis(100),
        total: Duration::from_secs(20),
    }
}

/// A finished session.
#[derive(Debug)]
pub struct Ran {
    pub done: TestDone,
    pub events: Vec<TestEvent>,
}

impl Ran {
    /// What was observed.
    pub fn code(&self) -> &str {
        self.done.diagnosis.as_ref().map_or("", |diagnosis| diagnosis.cause.as_str())
    }

    /// What it means.
    pub fn meaning(&self) -> &str {
        self.done.diagnosis.as_ref().map_or("", |diagnosis| diagnosis.code.as_str())
    }

    pub fn remedies(&self) -> Vec<&str> {
        self.done.diagnosis.iter().flat_map(|diagnosis| &diagnosis.remedies).map(|r| r.code.as_str()).collect()
    }

    /// The transcript, a line each: `C`, `S` or `M`, the step, the text.
    pub fn transcript(&self) -> Vec<String> {
        let line = |event: &TestEvent| match event {
            TestEvent::Line(line) => {
                let who = match line.line {
                    Speaker::Client => "C",
                    Speaker::Server => "S",
                    Speaker::Message => "M",
                };
                Some(format!("{who} {} {}", line.during.code(), line.text))
            }
            _ => None,
        };
        self.events.iter().filter_map(line).collect()
    }

    pub fn facts(&self, step: Step) -> Vec<Fact> {
        let facts = |event: &TestEvent| match event {
            TestEvent::Step(event) if event.step == step => Some(event.facts.clone()),
            _ => None,
        };
        self.events.iter().filter_map(facts).flatten().collect()
    }

    pub fn certificates(&self) -> Vec<CertificateInfo> {
        let chain = |event: &TestEvent| match event {
            TestEvent::Step(event) => Some(event.certificates.clone()),
            _ => None,
        };
        self.events.iter().filter_map(chain).flatten().collect()
    }

    pub fn params(&self) -> Vec<&str> {
        self.done.diagnosis.iter().flat_map(|diagnosis| diagnosis.params.iter().map(String::as_str)).collect()
    }

    pub fn reply(&self) -> &str {
        self.done.diagnosis.as_ref().map_or("", |diagnosis| diagnosis.reply.as_str())
    }

    pub fn stage(&self) -> Option<Step> {
        self.done.diagnosis.as_ref().map(|diagnosis| diagnosis.stage)
    }

    pub fn detail(&self, step: Step, state: StepState) -> Option<&str> {
        self.events.iter().find_map(|event| match event {
            TestEvent::Step(event) if event.step == step && event.state == state => Some(event.detail.as_str()),
            _ => None,
        })
    }

    /// The steps that did not only begin, in order.
    pub fn ended(&self) -> Vec<(Step, StepState)> {
        let ended = |event: &TestEvent| match event {
            TestEvent::Step(event) if event.state != StepState::Running => Some((event.step, event.state)),
            _ => None,
        };
        self.events.iter().filter_map(ended).collect()
    }

    #[track_caller]
    pub fn expect(self, outcome: Outcome, code: &str) -> Self {
        assert_eq!((self.done.outcome, self.code()), (outcome, code), "{self:#?}");
        self
    }
}

pub async fn run(route: &Route) -> Ran {
    run_with(&mailer(), route, &outgoing(), TestMode::Send, budget(), &CancellationToken::new()).await
}

pub async fn run_mail(route: &Route, mail: &Outgoing) -> Ran {
    run_with(&mailer(), route, mail, TestMode::Send, budget(), &CancellationToken::new()).await
}

pub async fn run_budget(route: &Route, budget: Budget) -> Ran {
    run_with(&mailer(), route, &outgoing(), TestMode::Send, budget, &CancellationToken::new()).await
}

pub async fn run_with(
    mailer: &Mailer,
    route: &Route,
    mail: &Outgoing,
    mode: TestMode,
    budget: Budget,
    cancel: &CancellationToken,
) -> Ran {
    let events = Mutex::new(Vec::new());
    let keep = |event| events.lock().expect("unpoisoned").push(event);
    let done = mailer.run(route, mail, mode, budget, &keep, cancel).await;
    let ran = Ran { done, events: events.into_inner().expect("unpoisoned") };
    check_events(&ran);
    ran
}

/// What holds for every session, however it ends: each step that begins ends, `done` comes once and last, no secret shows.
#[track_caller]
fn check_events(ran: &Ran) {
    let mut open = None;
    for event in &ran.events {
        if let TestEvent::Step(event) = event {
            match event.state {
                StepState::Running => assert_eq!(open.replace(event.step), None, "{ran:#?}"),
                StepState::Skipped if open.is_none() => {}
                _ => assert_eq!(open.take(), Some(event.step), "{ran:#?}"),
            }
        }
    }
    assert_eq!(open, None, "a step is left open: {ran:#?}");
    let dones: Vec<_> = ran.events.iter().filter(|event| matches!(event, TestEvent::Done(_))).collect();
    assert_eq!(dones, [&TestEvent::Done(ran.done.clone())]);
    assert!(matches!(ran.events.last(), Some(TestEvent::Done(_))));
    let all = format!("{ran:?}");
    assert!(!all.contains(PASSWORD) && !all.contains("s3cret"), "a secret shows: {all}");
}
