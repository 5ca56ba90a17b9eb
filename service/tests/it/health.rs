//! The health check: what changes is reported, once, through an account that works; certificates that end are told in time.

use crate::harness::{MOMENT, World, account_draft, login_draft, settings, silent, sink, test_draft};
use domain::{
    AccountId, MessageId, UnixMillis,
    account::{Account, AccountDraft},
    message::Message,
    parameters::Parameters,
    report::{Query, ReportName},
    session_test::{Outcome, Step, TestMode},
};
use service::{CancellationToken, Settings};
use testkit::{Authority, Identity, Leaf, Protection, SinkOptions, SmtpSink};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

impl World {
    async fn health_on(&self, through: Option<AccountId>) {
        let parameters = Parameters {
            health_hours: Some(6),
            health_recipients: "ops@example.org".into(),
            health_account_id: through,
            ..Parameters::default()
        };
        self.service.parameters_update(&self.admin, parameters).await.expect("saves");
    }

    async fn health_tick(&self) -> Option<UnixMillis> {
        self.service.health_tick(&CancellationToken::new()).await.expect("ticks")
    }

    /// The next check, and what it reported: account and subject of each message.
    async fn check(&self) -> Vec<String> {
        let before = self.reports().await.len();
        self.clock.advance(6 * HOUR);
        self.health_tick().await;
        self.reports().await.split_off(before).iter().map(|m| format!("{}: {}", m.account, m.subject)).collect()
    }

    async fn reports(&self) -> Vec<Message> {
        let query = Query::from_pairs(ReportName::Outbox, [("sort", "id"), ("size", "100")]);
        let page = self.service.report_page(&self.admin, ReportName::Outbox, query).await.expect("a page");
        let mut all = Vec::new();
        for row in page.rows {
            all.push(self.message(MessageId(row.id())).await);
        }
        all
    }

    async fn tests_of(&self, account: &Account) -> Vec<String> {
        let history = self.service.account_history(&self.admin, account.id).await.expect("there");
        let line = |t: &domain::history::PastTest| format!("{} {} {}", t.actor, t.mode.code(), t.outcome.code());
        history.tests.iter().map(line).collect()
    }
}

#[tokio::test]
async fn it_is_off_until_somebody_turns_it_on() {
    let w = World::new().await;
    w.account(AccountDraft { port: "9".into(), ..account_draft("Alerts") }).await;
    assert_eq!(w.health_tick().await, None);
    let wrong = Parameters { health_hours: Some(6), ..Parameters::default() };
    assert_eq!(
        crate::harness::errors(w.service.parameters_update(&w.admin, wrong).await),
        ["health_recipients:required"]
    );
    w.health_on(None).await;
    assert_eq!(w.health_tick().await, Some(MOMENT.plus_ms(6 * HOUR)));
    assert_eq!(w.health_tick().await, Some(MOMENT.plus_ms(6 * HOUR)), "not before its time");
}

#[tokio::test]
async fn only_changes_are_reported_and_through_an_account_that_works() {
    let w = World::new().await;
    let (good, other) = (sink().await, sink().await);
    let credential = w.credential("Relay").await;
    let main = w.account(login_draft("Main", &good, credential.id)).await;
    let second = w.credential("Second").await;
    let spare = w.account(login_draft("Spare", &other, second.id)).await;
    w.health_on(None).await;
    w.health_tick().await;
    assert_eq!(w.check().await, [""; 0], "nothing has changed");
    assert_eq!((good.messages().len(), other.messages().len()), (0, 0), "nothing is sent");
    assert_eq!(w.tests_of(&main).await[0], "health check check passed");

    // The default account fails: the report goes out through the other one.
    drop(good);
    assert_eq!(w.check().await, ["Spare: Postroom: 1 account fails"]);
    let incidents = w.service.incidents(&w.admin).await.expect("lists");
    assert_eq!(incidents.unhealthy.iter().map(|u| u.account.as_str()).collect::<Vec<_>>(), ["Main"]);
    assert_eq!((w.check().await, w.check().await), (vec![], vec![]), "once");
    w.pump().await;
    let text = other.messages().iter().map(|m| String::from_utf8_lossy(&m.message).into_owned()).collect::<String>();
    assert!(text.contains("Main fails") && text.contains("health check"), "{text}");

    // It works again, with another port.
    let again = sink().await;
    let draft = AccountDraft {
        secret: Some(domain::Secret::new(crate::harness::SECRET)),
        is_default: true,
        ..login_draft("Main", &again, credential.id)
    };
    let stored = w.service.account_get(&w.admin, main.id).await.expect("there");
    w.service.account_update(&w.admin, main.id, stored.version, draft).await.expect("saves");
    assert_eq!(w.check().await, ["Main: Postroom: 1 account works again"]);
    assert!(w.service.incidents(&w.admin).await.expect("lists").unhealthy.is_empty());
    assert_eq!(w.tests_of(&spare).await.len(), 6);
}

#[tokio::test]
async fn a_fault_that_turns_into_another_is_a_change_and_a_disabled_account_is_left_alone() {
    let w = World::new().await;
    let good = sink().await;
    let credential = w.credential("Relay").await;
    w.account(login_draft("Main", &good, credential.id)).await;
    let broken = w.account(AccountDraft { port: "9".into(), ..account_draft("Broken") }).await;
    let off = w.account(AccountDraft { port: "9".into(), enabled: false, ..account_draft("Off") }).await;
    w.health_on(None).await;
    assert_eq!(w.check().await, ["Main: Postroom: 1 account fails"]);
    let refusing =
        SmtpSink::start(SinkOptions { login: Some(("x".into(), "y".into())), ..SinkOptions::default() }).await;
    let draft = AccountDraft { port: refusing.port().to_string(), ..account_draft("Broken") };
    w.service.account_update(&w.admin, broken.id, 1, draft).await.expect("saves");
    assert_eq!(w.check().await, ["Main: Postroom: 1 account fails"], "in another way");
    assert_eq!(w.tests_of(&off).await, [""; 0]);
}

#[tokio::test]
async fn a_manual_test_that_passes_solves_the_incident_and_a_check_that_is_cut_off_says_nothing() {
    let w = World::new().await;
    let good = sink().await;
    let credential = w.credential("Relay").await;
    w.account(login_draft("Main", &good, credential.id)).await;
    let late = w.account(AccountDraft { port: "9".into(), ..account_draft("Late") }).await;
    w.health_on(None).await;
    let stopped = CancellationToken::new();
    stopped.cancel();
    w.service.health_tick(&stopped).await.expect("ticks");
    assert_eq!((w.tests_of(&late).await.len(), w.reports().await.len()), (0, 0));
    assert_eq!(w.check().await.len(), 1);
    let sink = SmtpSink::start(SinkOptions::default()).await;
    let draft = AccountDraft { port: sink.port().to_string(), ..account_draft("Late") };
    let late = w.service.account_update(&w.admin, late.id, 1, draft).await.expect("saves");
    assert_eq!(w.test(&late).await.outcome, Outcome::Delivered);
    assert!(w.service.incidents(&w.admin).await.expect("lists").unhealthy.is_empty());
}

/// A service that trusts the authority, with an account at a server that shows this certificate.
async fn with_certificate(authority: &Authority, identity: &Identity) -> (World, Account, SmtpSink) {
    let directory = tempfile::tempdir().expect("a directory");
    let ca = directory.path().join("ca.pem");
    std::fs::write(&ca, authority.pem()).expect("writes");
    let settings = Settings { extra_roots: Some(ca), ..settings(&directory) };
    let w = World::open(directory, settings).await;
    let options =
        SinkOptions { protection: Protection::Implicit, tls: Some(identity.config()), ..SinkOptions::default() };
    let sink = SmtpSink::start(options).await;
    let draft = AccountDraft { secure: true, port: sink.port().to_string(), ..account_draft("Alerts") };
    let account = w.account(draft).await;
    (w, account, sink)
}

#[tokio::test]
async fn a_certificate_s_end_is_told_thirty_fourteen_and_three_days_ahead() {
    let authority = Authority::new("Postroom test CA");
    let (w, account, _sink) = with_certificate(&authority, &authority.issue(Leaf::Good)).await;
    w.health_on(None).await;
    w.health_tick().await;
    let history = w.service.account_history(&w.admin, account.id).await.expect("there");
    let end = history.certificate.expect("seen").not_after;
    let mut told = Vec::new();
    for days in [31, 30, 29, 15, 14, 13, 4, 3, 2, 1] {
        w.clock.advance(end.0 - days * DAY - w.clock.now().0);
        w.health_tick().await;
        let now = w.reports().await.len();
        told.push((days, now));
    }
    let at = |days| told.iter().find(|(d, _)| *d == days).map(|(_, n)| *n);
    assert_eq!(told.last().map(|(_, n)| *n), Some(3), "{told:?}");
    assert_eq!((at(31), at(29), at(15), at(13), at(4), at(2)), (Some(0), Some(1), Some(1), Some(2), Some(2), Some(3)));
    let expiring = w.service.incidents(&w.admin).await.expect("lists").expiring;
    assert_eq!(expiring.iter().map(|e| (e.account.as_str(), e.days_left)).collect::<Vec<_>>(), [("Alerts", 1)]);
}

#[tokio::test]
async fn a_history_keeps_steps_who_and_how_and_the_last_hundred() {
    let w = World::new().await;
    let sink = SmtpSink::start(SinkOptions::default()).await;
    let account = w.account(AccountDraft { port: sink.port().to_string(), ..account_draft("Alerts") }).await;
    w.test(&account).await;
    let history = w.service.account_history(&w.admin, account.id).await.expect("there");
    let [test] = history.tests.as_slice() else { panic!("one test: {history:?}") };
    assert_eq!((test.actor.as_str(), test.mode, test.outcome), ("administrator", TestMode::Send, Outcome::Delivered));
    let steps: Vec<_> = test.steps.iter().map(|step| step.step).collect();
    assert!(steps.starts_with(&[Step::Dns]) && steps.contains(&Step::Data), "{steps:?}");
    for _ in 0..105 {
        // One server may be tested so often.
        w.clock.advance(30_000);
        let check = domain::session_test::TestDraft { mode: TestMode::Check, ..test_draft() };
        w.service.account_test(&w.admin, account.id, check, silent(), CancellationToken::new()).await.expect("ends");
    }
    let history = w.service.account_history(&w.admin, account.id).await.expect("there");
    assert_eq!(history.tests.len(), 100);
    assert!(history.tests.iter().all(|test| test.mode == TestMode::Check), "the oldest went");
}

#[tokio::test]
async fn a_report_that_nobody_can_send_comes_with_the_next_check() {
    let w = World::new().await;
    let account = w.account(AccountDraft { port: "9".into(), ..account_draft("Main") }).await;
    let off = w.account(AccountDraft { port: "9".into(), enabled: false, ..account_draft("Off") }).await;
    w.health_on(Some(off.id)).await;
    assert_eq!((w.check().await.len(), w.tests_of(&account).await.len()), (0, 1), "a disabled account takes nothing");
    w.health_on(None).await;
    assert_eq!(w.check().await, ["Main: Postroom: 1 account fails"]);
}

#[tokio::test]
async fn an_account_that_the_outbox_has_halted_is_left_alone() {
    let w = World::new().await;
    let sink = sink().await;
    let wrong = domain::credential::CredentialDraft {
        secret: Some(domain::Secret::new("not the one")),
        ..crate::harness::credential_draft("Relay")
    };
    let credential = w.service.credential_create(&w.admin, wrong).await.expect("creates");
    let account = w.account(login_draft("Alerts", &sink, credential.id)).await;
    w.submit(crate::outbox::draft("one")).await;
    w.pump().await;
    w.health_on(None).await;
    w.check().await;
    assert_eq!(w.tests_of(&account).await, [""; 0]);
}

#[tokio::test]
async fn a_certificate_of_another_server_is_forgotten_and_a_pinned_one_ends_for_nobody() {
    let authority = Authority::new("Postroom test CA");
    let (w, account, sink) = with_certificate(&authority, &authority.issue(Leaf::Expired)).await;
    w.test(&account).await;
    let expiring = async || w.service.incidents(&w.admin).await.expect("lists").expiring.len();
    assert_eq!(expiring().await, 1);
    let shown = w.service.account_history(&w.admin, account.id).await.expect("there").certificate.expect("seen");
    let stored = w.service.account_get(&w.admin, account.id).await.expect("there");
    let pinned = AccountDraft { pinned_certificate: shown.fingerprint, ..AccountDraft::from(&stored) };
    let account = w.service.account_update(&w.admin, account.id, stored.version, pinned).await.expect("saves");
    assert_eq!(expiring().await, 0, "it leads elsewhere");
    assert_eq!((w.test(&account).await.outcome, sink.messages().len()), (Outcome::Delivered, 1));
    assert_eq!(expiring().await, 0, "its dates do not matter");
}
