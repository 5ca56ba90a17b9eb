//! Incidents: there while something keeps mail from going out, gone once it is solved; and how an account sends.

use crate::{
    harness::{MOMENT, SECRET, World, account_draft, actor, credential_draft, errors, login_draft, sink},
    outbox::{at, draft, options},
};
use domain::{
    AccountId, Failure, Role, Secret, UnixMillis,
    account::AccountDraft,
    credential::CredentialDraft,
    incident::{Incidents, NoDefault},
    message::SendingLimits,
    notification::{AccountRef, NotificationDraft},
    sending::SendingDraft,
};
use testkit::SmtpSink;

const MINUTE: i64 = 60_000;

impl World {
    async fn incidents(&self) -> Incidents {
        self.service.incidents(&self.admin).await.expect("lists")
    }

    /// Each failing account as a line.
    async fn failing(&self) -> Vec<String> {
        let all = self.incidents().await.failing;
        let line = |t: domain::incident::Trouble| {
            let state = if t.halted { "halted" } else { "failing" };
            let since = t.since.map(|at| (at.0 - MOMENT.0) / MINUTE);
            format!("{} {state} {} since {since:?}, {} wait", t.account, t.reason.code, t.waiting)
        };
        all.into_iter().map(line).collect()
    }
}

#[tokio::test]
async fn a_halted_account_is_one_until_it_is_changed() {
    let w = World::new().await;
    let sink = sink().await;
    let wrong = CredentialDraft { secret: Some(Secret::new("not the one")), ..credential_draft("Relay") };
    let credential = w.service.credential_create(&w.admin, wrong.clone()).await.expect("creates");
    w.account(login_draft("Alerts", &sink, credential.id)).await;
    assert_eq!(w.incidents().await, Incidents::default());
    w.submit(draft("one")).await;
    w.submit(draft("two")).await;
    w.clock.advance(3 * MINUTE);
    w.pump().await;
    assert_eq!(w.failing().await, ["Alerts halted auth_refused since Some(3), 2 wait"]);
    assert_eq!(w.incidents().await.count(), 1);

    // Solved before anything is tried again: the next message shows whether it was the right password.
    let right = CredentialDraft { secret: Some(Secret::new(SECRET)), ..wrong };
    w.service.credential_update(&w.admin, credential.id, credential.version, right).await.expect("saves");
    assert_eq!(w.incidents().await.count(), 0);
    w.pump().await;
    assert_eq!((w.incidents().await.count(), sink.messages().len()), (0, 2));
}

#[tokio::test]
async fn repeated_failures_are_one_until_a_connection_works_and_chance_is_none() {
    let w = World::new().await;
    let account = w.account(AccountDraft { port: "9".into(), ..account_draft("Alerts") }).await;
    w.submit(draft("x")).await;
    w.pump().await;
    assert_eq!(w.failing().await, [""; 0], "once is chance");
    w.clock.advance(2 * MINUTE);
    w.pump().await;
    assert_eq!(w.failing().await, ["Alerts failing connection_refused since Some(0), 1 wait"]);
    let sink = SmtpSink::start(options()).await;
    let stored = w.service.account_get(&w.admin, account.id).await.expect("there");
    w.service
        .account_update(&w.admin, account.id, stored.version, AccountDraft { is_default: true, ..at("Alerts", &sink) })
        .await
        .expect("saves");
    w.clock.advance(20 * MINUTE);
    w.pump().await;
    assert_eq!((w.failing().await.len(), sink.messages().len()), (0, 1));
    let sending = w.service.account_sending_get(&w.admin, account.id).await.expect("there");
    assert_eq!((sending.failures, sending.failing_since), (0, None));
}

#[tokio::test]
async fn paused_is_none_and_disabled_only_while_something_waits() {
    let w = World::new().await;
    let sink = SmtpSink::start(options()).await;
    w.account(at("Default", &sink)).await;
    let other = w.account(at("Other", &sink)).await;
    w.service.account_sending_pause(&w.admin, other.id).await.expect("pauses");
    assert_eq!(w.incidents().await.count(), 0, "somebody wanted that");
    w.service.account_sending_resume(&w.admin, other.id).await.expect("resumes");
    let id = w.submit(NotificationDraft { account: Some(AccountRef::Id(other.id)), ..draft("x") }).await;
    w.service.account_set_enabled(&w.admin, other.id, false).await.expect("disables");
    w.pump().await;
    assert_eq!(w.failing().await, ["Other halted account_disabled since Some(0), 1 wait"]);
    w.service.message_cancel(&w.admin, id).await.expect("cancels");
    assert_eq!(w.incidents().await.count(), 0);
}

#[tokio::test]
async fn without_a_default_account_there_is_one_only_if_anything_was_there() {
    let w = World::new().await;
    assert_eq!(w.incidents().await.no_default, None, "a first visit is no incident");
    let sink = SmtpSink::start(options()).await;
    let account = w.account(at("Only", &sink)).await;
    w.submit(draft("x")).await;
    w.pump().await;
    assert_eq!(w.incidents().await.no_default, None);
    w.service.account_delete(&w.admin, account.id).await.expect("the last one goes");
    assert_eq!(w.incidents().await.no_default, Some(NoDefault { accounts: false }));
    let viewer = w.service.incidents(&actor(Role::Viewer)).await.expect("everybody is told");
    assert_eq!(viewer.count(), 1);
    w.account(at("Next", &sink)).await;
    assert_eq!(w.incidents().await.count(), 0);
}

#[tokio::test]
async fn limits_saved_over_others_are_a_conflict() {
    let w = World::new().await;
    let account = w.account(account_draft("Alerts")).await;
    let other = w.account(account_draft("Other")).await;
    let typed = |connections: &str, failover: Option<AccountId>| SendingDraft {
        connections: connections.into(),
        per_minute: String::new(),
        failover_id: failover,
    };
    let read = w.service.account_sending_read(&w.admin, account.id).await.expect("there");
    assert_eq!((read.account.as_str(), read.enabled, read.trouble), ("Alerts", true, None));
    assert_eq!(read.others.iter().map(|other| other.name.as_str()).collect::<Vec<_>>(), ["Other"]);
    let seen = read.sending.limits.stamp();
    let save = async |over, draft| w.service.account_sending_save(&w.admin, account.id, over, draft).await;
    save(seen, typed("3", Some(other.id))).await.expect("saves");
    let now = SendingLimits { connections: 3, per_minute: 0, failover_id: Some(other.id) };
    assert_eq!(save(seen, typed("4", None)).await, Err(Failure::Conflict { version: now.stamp() }));
    assert_eq!(
        errors(save(now.stamp(), typed("0", Some(account.id))).await),
        ["connections:range", "failover_id:failover_self"]
    );
    assert_eq!(errors(save(now.stamp(), typed("1", Some(AccountId(99)))).await), ["failover_id:not_found"]);
    save(now.stamp(), typed("4", None)).await.expect("knowing what is there");
    let stored = w.service.account_sending_get(&w.admin, account.id).await.expect("there");
    assert_eq!((stored.limits.connections, stored.halted_at), (4, None::<UnixMillis>));
}
