//! Accepting messages, sending them, and what people do with them.

use crate::harness::{World, account_draft, actor, errors, refusal, sink};
use domain::{
    Failure, MessageId, Role, UnixMillis,
    account::{Account, AccountDraft},
    message::{AttemptOutcome, Message, MessageStatus, Reason},
    notification::{AccountRef, AttachmentDraft, NotificationDraft, Priority},
    parameters::Parameters,
    report::{Query, ReportName},
};
use testkit::{SinkOptions, SmtpSink};

pub fn draft(subject: &str) -> NotificationDraft {
    NotificationDraft {
        to: vec!["ann@example.org".into()],
        subject: subject.into(),
        text: "Hello\n".into(),
        ..NotificationDraft::default()
    }
}

/// A sink that speaks as most servers do.
pub fn options() -> SinkOptions {
    let mut options = SinkOptions::default();
    options.capabilities.push("PIPELINING".into());
    options
}

pub fn at(name: &str, sink: &SmtpSink) -> AccountDraft {
    AccountDraft { port: sink.port().to_string(), ..account_draft(name) }
}

impl World {
    pub async fn submit(&self, draft: NotificationDraft) -> MessageId {
        self.service.notification_submit(&self.admin, draft, None).await.expect("accepted")
    }

    /// Sends what is due, and what thereby becomes due at once.
    pub async fn pump(&self) {
        for _ in 0..200 {
            let tick = self.service.outbox_tick().await.expect("ticks");
            self.service.outbox_settled().await;
            if tick.started == 0 && tick.next.is_none_or(|next| next > self.clock.now()) {
                return;
            }
        }
        panic!("never comes to rest");
    }

    pub async fn message(&self, id: MessageId) -> Message {
        self.service.message_read(&self.admin, id).await.expect("there")
    }

    /// State, and the code of the reason.
    pub async fn state(&self, id: MessageId) -> (MessageStatus, String) {
        let message = self.message(id).await;
        (message.status, message.reason.map(|reason| reason.code).unwrap_or_default())
    }

    pub async fn count(&self, status: &str) -> u64 {
        let query = Query::from_pairs(ReportName::Outbox, [("status", status)]);
        self.service.report_page(&self.admin, ReportName::Outbox, query).await.expect("a page").matching
    }
}

pub fn header(message: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(message);
    let head = text.split("\r\n\r\n").next().unwrap_or_default().to_owned();
    head.split("\r\n").find_map(|line| line.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned))
}

#[tokio::test]
async fn a_notification_goes_out_as_the_account_says() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    let parameters =
        Parameters { footer: "-- foot".into(), footer_html: "<i>foot</i>".into(), ..Parameters::default() };
    w.service.parameters_update(&w.admin, parameters).await.expect("sets");
    w.account(AccountDraft { footnote: true, read_receipt: true, ..at("Alerts", &sink) }).await;
    let own = NotificationDraft {
        html: "<p>Hello</p>".into(),
        reply_to: "own-reply@example.com".into(),
        return_path: "own-bounce@example.com".into(),
        confirmation: "own-read@example.com".into(),
        priority: Priority::High,
        attachments: vec![AttachmentDraft {
            name: "a.txt".into(),
            media_type: "text/plain".into(),
            content: "QUJD".into(),
        }],
        ..draft("Disk full")
    };
    let id = w.submit(own).await;
    let waiting = w.message(id).await;
    assert_eq!((waiting.status, waiting.attempts, waiting.due), (MessageStatus::Waiting, 0, Some(w.clock.now())));
    w.pump().await;
    let [mail] = sink.messages().try_into().expect("one");
    assert!(mail.mail_from.contains("<own-bounce@example.com>"), "{}", mail.mail_from);
    let sent = w.message(id).await;
    for (name, value) in [
        ("From", "alerts@example.com"),
        ("Reply-To", "own-reply@example.com"),
        ("Disposition-Notification-To", "own-read@example.com"),
        ("Importance", "high"),
        ("Message-ID", &format!("<{}>", sent.message_id)),
    ] {
        assert_eq!(header(&mail.message, name).as_deref(), Some(value), "{name}");
    }
    let text = String::from_utf8_lossy(&mail.message).into_owned();
    assert!(text.contains("-- foot") && text.contains("<i>foot</i>") && text.contains("a.txt"), "{text}");
    assert_eq!((sent.status, sent.mta.as_str(), sent.attempts), (MessageStatus::Sent, "250 2.0.0 queued as 1", 1));
    assert_eq!(sent.attachments[0].octets, 3);
    let outcomes: Vec<_> = sent.history.iter().map(|line| line.outcome).collect();
    assert_eq!(outcomes, [None, Some(AttemptOutcome::Delivered)], "a mark before the dot, and the end");
    assert!(!sent.history[1].stages.is_empty() && sent.history[1].account == "Alerts");
    assert!(!sent.possible_duplicate && sent.reason.is_none());
}

#[tokio::test]
async fn what_can_not_be_sent_is_refused_at_once() {
    let w = World::new().await;
    let submit = async |draft| w.service.notification_submit(&w.admin, draft, None).await;
    assert_eq!(refusal(submit(draft("x")).await).0, "no_default_account");
    let sink = SmtpSink::start(options()).await;
    let forced = w.account(AccountDraft { force_settings: true, ..at("Alerts", &sink) }).await;
    let off = w.account(AccountDraft { enabled: false, ..at("Off", &sink) }).await;
    let named = |account| NotificationDraft { account: Some(account), ..draft("x") };
    let disabled = ("account_disabled".to_owned(), vec!["Off".to_owned()]);
    assert_eq!(refusal(submit(named(AccountRef::Id(off.id))).await), disabled);
    assert_eq!(errors(submit(named(AccountRef::Name("Nobody".into()))).await), ["account:not_found"]);
    let own = NotificationDraft { reply_to: "x@y.example".into(), return_path: "x@y.example".into(), ..draft("x") };
    assert_eq!(errors(submit(own).await), ["reply_to:force_settings", "return_path:force_settings"]);
    assert_eq!(errors(submit(NotificationDraft::default()).await), ["to:required", "text:required"]);
    let same = NotificationDraft { reply_to: forced.settings.reply_to.to_string(), ..draft("x") };
    submit(NotificationDraft { account: Some(AccountRef::Name("ALERTS".into())), ..same }).await.expect("accepted");
    let viewer = w.service.notification_submit(&actor(Role::Viewer), draft("x"), None).await;
    assert_eq!(viewer, Err(Failure::Forbidden));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn s03_one_key_a_hundred_times_at_once_is_one_message() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(at("Alerts", &sink)).await;
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let (service, admin) = (w.service.clone(), w.admin.clone());
            tokio::spawn(async move { service.notification_submit(&admin, draft("once"), Some("key-1")).await })
        })
        .collect();
    let mut ids = Vec::new();
    for task in tasks {
        ids.push(task.await.expect("runs").expect("accepted"));
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(w.count("waiting").await, 1);
    let other = w.service.notification_submit(&w.admin, draft("twice"), Some("key-1")).await;
    assert_eq!(refusal(other), ("idempotency_key_reused".into(), vec!["key-1".into()]));
    let somebody = actor(Role::Operator);
    let theirs = w.service.notification_submit(&somebody, draft("twice"), Some("key-1")).await.expect("another's key");
    assert_ne!(theirs, ids[0]);
    let bad = w.service.notification_submit(&w.admin, draft("x"), Some("a\nb")).await;
    assert_eq!(errors(bad), ["idempotency_key:idempotency_key"]);
}

#[tokio::test]
async fn s02_a_retry_after_the_commit_has_the_same_id() {
    let mut w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(at("Alerts", &sink)).await;
    let first = w.service.notification_submit(&w.admin, draft("x"), Some("k")).await.expect("accepted");
    // The answer is lost, the program comes back later, and the account has changed meanwhile.
    w.reopen().await.expect("opens");
    let again = w.service.notification_submit(&w.admin, draft("x"), Some("k")).await.expect("accepted");
    assert_eq!(again, first);
    w.clock.advance(8 * 86_400_000);
    w.pump().await;
    let later = w.service.notification_submit(&w.admin, draft("x"), Some("k")).await.expect("accepted");
    assert_ne!(later, first, "a week later the key is free");
}

#[tokio::test]
async fn read_resend_cancel_pause_resume() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(at("Alerts", &sink)).await;
    let operator = actor(Role::Operator);
    let (first, second, third) = (w.submit(draft("1")).await, w.submit(draft("2")).await, w.submit(draft("3")).await);
    w.service.message_cancel(&operator, first).await.expect("cancels");
    w.service.message_pause(&operator, second).await.expect("pauses");
    w.pump().await;
    assert_eq!(w.state(first).await.0, MessageStatus::Canceled);
    assert_eq!(w.state(second).await.0, MessageStatus::Paused);
    assert_eq!(w.state(third).await.0, MessageStatus::Sent);
    for answer in [
        w.service.message_cancel(&operator, third).await,
        w.service.message_pause(&operator, third).await,
        w.service.message_resume(&operator, third).await,
    ] {
        assert_eq!(refusal(answer), ("message_status".into(), vec!["sent".into()]));
    }
    assert_eq!(refusal(w.service.message_resend(&operator, second).await).0, "message_not_ended");
    assert_eq!(w.service.message_cancel(&operator, MessageId(99)).await, Err(Failure::NotFound));
    w.service.message_resume(&operator, second).await.expect("resumes");
    let again = w.service.message_resend(&operator, third).await.expect("resends");
    w.pump().await;
    assert_eq!(w.state(second).await.0, MessageStatus::Sent);
    let (before, after) = (w.message(third).await, w.message(again).await);
    assert_eq!((before.status, after.status), (MessageStatus::Resent, MessageStatus::Sent));
    assert_eq!((after.resent_from, after.subject.as_str()), (Some(third), "3"));
    assert_ne!(before.message_id, after.message_id);
    assert_eq!(sink.messages().len(), 3);
    let opened = w.message(third).await.opened_at;
    w.clock.advance(1000);
    assert_eq!(w.message(third).await.opened_at, opened, "the first time counts");
    let log: Vec<_> =
        w.log().await.into_iter().map(|(line, _)| line).filter(|line| line.contains("message.")).collect();
    assert_eq!(
        log,
        [
            "operator@192.0.2.1 message.canceled 1",
            "operator@192.0.2.1 message.paused 2",
            "operator@192.0.2.1 message.resumed 2",
            "operator@192.0.2.1 message.resent 3",
        ]
    );
}

#[tokio::test]
async fn a_paused_account_waits_and_goes_on() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    let account = w.account(at("Alerts", &sink)).await;
    w.service.account_sending_pause(&w.admin, account.id).await.expect("pauses");
    let id = w.submit(draft("x")).await;
    w.pump().await;
    assert_eq!(w.state(id).await, (MessageStatus::Waiting, "account_paused".into()));
    assert_eq!(w.service.account_sending_troubled(&w.admin).await.expect("lists").len(), 1);
    w.service.account_sending_resume(&w.admin, account.id).await.expect("resumes");
    w.pump().await;
    assert_eq!(w.state(id).await.0, MessageStatus::Sent);
}

#[tokio::test]
async fn limits_are_kept() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    let account: Account = w.account(at("Alerts", &sink)).await;
    let limits = domain::message::SendingLimits { connections: 2, per_minute: 60, failover_id: None };
    w.service.account_sending_update(&w.admin, account.id, limits).await.expect("sets");
    let bad = domain::message::SendingLimits { connections: 0, per_minute: 0, failover_id: Some(account.id) };
    assert_eq!(
        errors(w.service.account_sending_update(&w.admin, account.id, bad).await),
        ["connections:range", "failover_id:failover_self"]
    );
    for index in 0..200 {
        w.submit(draft(&format!("{index}"))).await;
    }
    let mut minutes = Vec::new();
    for _ in 0..3 {
        let before = sink.messages().len();
        for _ in 0..60 {
            w.service.outbox_tick().await.expect("ticks");
            w.service.outbox_settled().await;
            w.clock.advance(1000);
        }
        minutes.push(sink.messages().len() - before);
    }
    assert!(minutes.iter().all(|count| (55..=66).contains(count)), "{minutes:?}");
    assert_eq!(w.service.account_sending_get(&w.admin, account.id).await.expect("there").limits, limits);
}

#[tokio::test]
async fn what_expires_says_so_and_what_is_old_is_forgotten() {
    let w = World::new().await;
    let server = sink().await;
    let account = w.account(at("Alerts", &server)).await;
    w.service.account_sending_pause(&w.admin, account.id).await.expect("pauses");
    let id = w.submit(NotificationDraft { expires_in: Some(3600), ..draft("x") }).await;
    w.clock.advance(3_599_000);
    w.pump().await;
    assert_eq!(w.state(id).await.0, MessageStatus::Waiting);
    w.clock.advance(1000);
    w.pump().await;
    assert_eq!(w.state(id).await, (MessageStatus::Error, "expired".into()));
    let parameters = Parameters { retention_days: 30, ..Parameters::default() };
    w.service.parameters_update(&w.admin, parameters).await.expect("sets");
    w.clock.advance(29 * 86_400_000);
    w.pump().await;
    assert_eq!(w.state(id).await.0, MessageStatus::Error);
    w.clock.advance(2 * 86_400_000);
    w.pump().await;
    assert_eq!(w.service.message_read(&w.admin, id).await, Err(Failure::NotFound));
    let _: UnixMillis = w.clock.now();
}

#[tokio::test]
async fn a_deleted_account_takes_what_waits_with_it_and_says_so() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(at("Default", &sink)).await;
    let gone = w.account(at("Gone", &sink)).await;
    let id = w.submit(NotificationDraft { account: Some(AccountRef::Id(gone.id)), ..draft("x") }).await;
    w.service.account_delete(&w.admin, gone.id).await.expect("deletes");
    w.pump().await;
    let message = w.message(id).await;
    assert_eq!((message.status, message.reason), (MessageStatus::Error, Some(Reason::new("account_deleted"))));
    assert_eq!((message.account_id, message.account.as_str()), (None, "Gone"));
    let again = w.service.message_resend(&w.admin, id).await.expect("through the default account");
    w.pump().await;
    assert_eq!(w.state(again).await.0, MessageStatus::Sent);
}
