//! Rows of the web's matrix that the use cases hold by themselves: what tests tell, how many there may be, and when they end.

use crate::harness::{MOMENT, World, account_draft, actor, diagnosis, silent, test_draft};
use domain::{
    AccountId, Failure, Role, Secret,
    account::AccountDraft,
    session_test::{Outcome, TestDone, TestDraft, TestEvent, TestMode},
    user::{UserDraft, password_error},
};
use futures::future::join_all;
use service::{Actor, CancellationToken, SessionToken};
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use testkit::{SinkOptions, SmtpSink};
use tokio::{io::AsyncWriteExt as _, net::TcpListener, task::JoinSet};

const HOME: &str = "203.0.113.5";
const PASSWORD: &str = "correct horse";

fn at(port: u16) -> AccountDraft {
    AccountDraft { port: port.to_string(), ..account_draft("Unsaved") }
}

/// What somebody sees of a test of values that are not saved: the events as text, the end, and how long it took.
async fn search(w: &World, who: &Actor, port: u16) -> (Vec<String>, TestDone, Duration) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let events = Arc::new(move |event: TestEvent| {
        let line = match event {
            TestEvent::Step(step) => format!("{} {:?}", step.step.code(), step.state),
            TestEvent::Done(done) => format!("done {done:?}"),
            TestEvent::Line(line) => format!("{:?} in {}", line.line, line.during.code()),
            TestEvent::Beat(_) => "beat".to_owned(),
        };
        kept.lock().expect("whole").push(line);
    });
    let began = Instant::now();
    let done = w.service.draft_test(who, None, at(port), test_draft(), events, CancellationToken::new()).await;
    let lines = seen.lock().expect("whole").clone();
    (lines, done.expect("ends"), began.elapsed())
}

/// A port where something answers connections as it is told.
async fn port(greeting: Option<&'static str>) -> (u16, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let number = listener.local_addr().expect("bound").port();
    if let Some(greeting) = greeting {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let number = listener.local_addr().expect("bound").port();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let _ = socket.write_all(greeting.as_bytes()).await;
            }
        });
        return (number, TcpListener::bind("127.0.0.1:0").await.expect("a port"));
    }
    (number, listener)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn w47_who_may_save_no_account_learns_nothing_of_ports() {
    let w = World::new().await;
    let operator = actor(Role::Operator);
    let (silent_port, _held) = port(None).await;
    let (web, _web) = port(Some("HTTP/1.1 400 Bad Request\r\n\r\n")).await;
    let (busy, _busy) = port(Some("554 no service\r\n")).await;
    let closed = {
        let (number, listener) = port(None).await;
        drop(listener);
        number
    };
    let looks = [silent_port, web, busy, closed].map(|port| {
        let w = &w;
        // One each: a person has two tests at a time.
        async move { search(w, &Actor::new(None, &format!("at {port}"), Role::Operator, HOME), port).await }
    });
    let seen = join_all(looks).await;
    let (first, ..) = &seen[0];
    assert_eq!(first.len(), 2, "the first step begins, and then it is over: {first:?}");
    for (lines, done, took) in &seen {
        assert_eq!(lines, first, "each looks like every other");
        assert_eq!((diagnosis(done), done.ms, done.reply.as_str()), ("no_mail_server", 12_000, ""));
        assert!((11_900..14_000).contains(&took.as_millis()), "and takes as long: {took:?}");
    }
    // Whoever may save an account, and whoever asks about one that is saved, is told what it was.
    let (_, done, _) = search(&w, &w.admin, closed).await;
    assert_eq!(diagnosis(&done), "connection_refused");
    w.account(AccountDraft { name: "Saved".into(), ..at(closed) }).await;
    let (lines, done, _) = search(&w, &operator, closed).await;
    assert_eq!(diagnosis(&done), "connection_refused", "{lines:?}");
}

#[tokio::test]
async fn w47_a_mail_server_that_greets_is_tested_as_ever() {
    let w = World::new().await;
    let sink = SmtpSink::start(SinkOptions::default()).await;
    let (lines, done, took) = search(&w, &actor(Role::Operator), sink.port()).await;
    assert_eq!(done.outcome, Outcome::Delivered);
    assert!(took < Duration::from_secs(10));
    let (all, ..) = search(&w, &w.admin, sink.port()).await;
    let steps = |lines: &[String]| lines.iter().filter(|line| !line.contains("done")).cloned().collect::<Vec<_>>();
    assert_eq!(steps(&lines), steps(&all), "nothing is lost, nothing said twice");
}

#[tokio::test]
async fn w47_cancelling_a_search_ends_it_at_once() {
    let w = World::new().await;
    let (silent_port, _held) = port(None).await;
    let cancel = CancellationToken::new();
    let operator = actor(Role::Operator);
    let began = Instant::now();
    let run = w.service.draft_test(&operator, None, at(silent_port), test_draft(), silent(), cancel.clone());
    let (done, ()) = tokio::join!(run, async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        cancel.cancel();
    });
    assert_eq!(done.expect("ends").outcome, Outcome::Cancelled);
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn w47_too_many_tests_are_told_to_wait_and_no_longer_than_that() {
    let w = World::new().await;
    let sink = SmtpSink::start(SinkOptions::default()).await;
    let account = w.account(at(sink.port())).await;
    let check = async |who: &Actor| {
        let draft = TestDraft { mode: TestMode::Check, ..test_draft() };
        w.service.account_test(who, account.id, draft, silent(), CancellationToken::new()).await
    };
    for _ in 0..240 {
        check(&w.admin).await.expect("so many at once");
    }
    assert_eq!(check(&w.admin).await.err(), Some(Failure::TooMany { retry_after_s: 5 }));
    w.clock.advance(5_000);
    check(&w.admin).await.expect("one more after five seconds");
    assert!(check(&w.admin).await.is_err());
    // What dials nothing counts for nothing.
    let unbound = w.credential("Elsewhere").await;
    let draft = AccountDraft { authentication: true, credential_id: Some(unbound.id), ..at(sink.port()) };
    assert!(
        w.service
            .draft_test(&actor(Role::Operator), None, draft, test_draft(), silent(), CancellationToken::new())
            .await
            .is_err()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn w48_of_fifty_tests_at_once_two_run_and_the_rest_is_told_to_come_again() {
    let w = World::new().await;
    let (silent_port, _held) = port(None).await;
    let account = w.account(at(silent_port)).await;
    let cancel = CancellationToken::new();
    let mut runs = JoinSet::new();
    for _ in 0..50 {
        let (service, admin, id, cancel) = (w.service.clone(), w.admin.clone(), account.id, cancel.clone());
        runs.spawn(async move { service.account_test(&admin, id, test_draft(), silent(), cancel).await });
    }
    for _ in 0..48 {
        let refused = runs.join_next().await.expect("there are more").expect("runs");
        assert_eq!(refused.err(), Some(Failure::TooMany { retry_after_s: 5 }));
    }
    cancel.cancel();
    while let Some(done) = runs.join_next().await {
        assert_eq!(done.expect("runs").expect("ends").outcome, Outcome::Cancelled);
    }
    // What was refused counted for nothing: ten are left of twenty and more.
    for _ in 0..10 {
        w.service.account_test(&w.admin, account.id, test_draft(), silent(), cancel.clone()).await.expect("again");
    }
}

#[tokio::test]
async fn w49_test_mails_to_one_address_have_a_quota_and_a_line_each() {
    let w = World::new().await;
    let (first, second) =
        (SmtpSink::start(SinkOptions::default()).await, SmtpSink::start(SinkOptions::default()).await);
    let here = w.account(at(first.port())).await;
    let there = w.account(AccountDraft { name: "There".into(), ..at(second.port()) }).await;
    let send = async |tester: &str, id: AccountId, to: &str, mode: TestMode| {
        let draft = TestDraft { to: to.into(), mode, ..test_draft() };
        let tester = Actor::new(None, tester, Role::Operator, HOME);
        w.service.account_test(&tester, id, draft, silent(), CancellationToken::new()).await
    };
    for n in 0..240 {
        let to = if n % 2 == 0 { "Bob@example.org" } else { "bob@EXAMPLE.org" };
        let id = if n % 3 == 0 { here.id } else { there.id };
        send(&format!("ann{}", n / 80), id, to, TestMode::Send).await.expect("so many at once");
    }
    assert_eq!(
        send("eve", here.id, "bob@example.org", TestMode::Send).await.err(),
        Some(Failure::TooMany { retry_after_s: 30 })
    );
    send("eve", here.id, "bob@example.org", TestMode::Check).await.expect("a check sends nothing");
    send("eve", here.id, "carl@example.org", TestMode::Send).await.expect("somebody else");
    let lines = w.log().await;
    let of_bob = |(line, detail): &&(String, String)| {
        line.contains("account.tested") && detail.to_lowercase().contains("to: bob@example.org")
    };
    // The log is read a page at a time.
    assert_eq!(lines.iter().filter(of_bob).count(), lines.len() - 2, "each is written down with whom it went to");
}

/// A test under way on behalf of somebody, and how soon after `end` it is over.
async fn ends_after(w: &World, who: Actor, end: impl AsyncFnOnce()) -> Duration {
    let (silent_port, held) = port(None).await;
    let account = w.account(AccountDraft { name: format!("at {silent_port}"), ..at(silent_port) }).await;
    let (service, id) = (w.service.clone(), account.id);
    let run =
        tokio::spawn(
            async move { service.account_test(&who, id, test_draft(), silent(), CancellationToken::new()).await },
        );
    let _connected = held.accept().await.expect("dialled");
    end().await;
    let began = Instant::now();
    assert_eq!(run.await.expect("runs").expect("ends").outcome, Outcome::Cancelled);
    began.elapsed()
}

/// Somebody with a session of their own.
async fn person(w: &World, name: &str) -> (SessionToken, Actor) {
    let password = Secret::new(PASSWORD);
    assert!(password_error(&password).is_none());
    w.service.user_create_from_command_line(name, Role::Operator, &password).await.expect("a user");
    let token = w.service.sign_in(name, &password, HOME).await.expect("signs in");
    let who = w.service.actor(&token, HOME).await.expect("answers").expect("signed in");
    (token, who)
}

#[tokio::test]
async fn w34_signing_out_ends_a_running_test_within_five_seconds() {
    let w = World::new().await;
    let (token, who) = person(&w, "ann").await;
    let took = ends_after(&w, who, async || w.service.sign_out(&token).await.expect("signs out")).await;
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[tokio::test]
async fn w35_a_session_whose_time_is_up_ends_a_running_test_too() {
    let w = World::new().await;
    let (_token, who) = person(&w, "ann").await;
    let took = ends_after(&w, who, async || w.clock.advance(12 * 3_600_000)).await;
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert!(w.clock.now().0 > MOMENT.0);
}

#[tokio::test]
async fn w36_a_user_disabled_and_a_token_revoked_end_running_tests() {
    let w = World::new().await;
    let (_token, who) = person(&w, "ann").await;
    let id = who.user.expect("a person");
    let took = ends_after(&w, who, async || {
        let user = w.service.user_get(&w.admin, id).await.expect("there");
        let draft = UserDraft { enabled: false, ..UserDraft::from(&user) };
        w.service.user_update(&w.admin, id, user.version, draft).await.expect("disables");
    });
    assert!(took.await < Duration::from_secs(5));
    let draft = domain::token::TokenDraft { name: "CI".into(), role: Role::Operator };
    let made = w.service.token_create(&w.admin, draft).await.expect("a token");
    let shown = service::ApiToken::parse(made.secret.expose());
    let program = w.service.token_actor(shown.as_ref(), HOME).await.expect("in force");
    let took =
        ends_after(&w, program, async || w.service.token_revoke(&w.admin, made.token.id).await.expect("revokes"));
    assert!(took.await < Duration::from_secs(5));
}
