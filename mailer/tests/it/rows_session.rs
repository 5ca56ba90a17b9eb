//! Login and envelope, a row of the fault matrix each, as a queue meets them: what becomes of the message.

use crate::{
    failures::{answer, greeted, reply, said},
    support::*,
};
use domain::{
    account::Security,
    message::AttemptOutcome::{self, Config, Dead, Delivered, Retry},
    session_test::{Outcome, Step},
};
use mailer::{AccountLogin, Delivery, Login, Outgoing};
use testkit::{Act, ScriptedServer, SinkOptions, SmtpSink};
use tokio_util::sync::CancellationToken;

async fn deliver(server: &ScriptedServer, login: Option<AccountLogin>, mail: &Outgoing) -> Delivery {
    let mut route = route(server.port(), Security::None);
    route.login = login;
    mailer().deliver(&route, mail, budget(), &|_| {}, &CancellationToken::new(), async { true }).await
}

fn to(addresses: &[&str]) -> Outgoing {
    Outgoing { rcpt_to: addresses.iter().map(|text| address(text)).collect(), ..outgoing() }
}

fn cause(delivery: &Delivery) -> &str {
    delivery.done.diagnosis.as_ref().map_or("", |diagnosis| diagnosis.cause.as_str())
}

fn heard(server: &ScriptedServer) -> String {
    String::from_utf8(server.recording().clear).expect("text")
}

/// A server that offers a login and goes on like this; the cause, what becomes of the message, and one try at most.
async fn check(offer: &str, acts: Vec<Act>, wanted: (&str, AttemptOutcome)) {
    let script = greeted([reply(offer), acts].concat());
    let server = ScriptedServer::start(script, None).await;
    let delivery = deliver(&server, Some(login()), &outgoing()).await;
    assert_eq!((cause(&delivery), delivery.verdict.outcome), wanted, "{delivery:#?}");
    assert_eq!(delivery.done.stage, Some(Step::Auth));
    server.closed().await;
    let heard = heard(&server);
    assert!(heard.matches("AUTH ").count() <= 1 && !heard.contains("MAIL"), "one try: {heard}");
}

const OFFER: &str = "250-mx.test\r\n250 AUTH PLAIN LOGIN\r\n";

#[tokio::test]
async fn f70_no_login_is_offered() {
    check("250 mx.test\r\n", vec![], ("auth_not_offered", Config)).await;
}

#[tokio::test]
async fn f72_no_mechanism_in_common() {
    check("250-mx.test\r\n250 AUTH CRAM-MD5 NTLM\r\n", vec![], ("auth_no_mechanism", Config)).await;
    check(OFFER, answer("AUTH", "504 not that one\r\n"), ("auth_no_mechanism", Config)).await;
}

#[tokio::test]
async fn f74_the_password_is_refused_and_tried_once() {
    for line in ["535 5.7.8 no\r\n", "534 5.7.9 app password\r\n", "538 5.7.11 encrypt first\r\n"] {
        check(OFFER, answer("AUTH", line), ("auth_refused", Config)).await;
    }
}

#[tokio::test]
async fn f76_no_login_for_now() {
    check(OFFER, answer("AUTH", "454 4.7.0 later\r\n"), ("auth_temporary", Retry)).await;
}

#[tokio::test]
async fn f78_a_login_that_never_ends() {
    let more = || [Act::Expect(""), Act::send("334 \r\n")];
    let acts = [answer("AUTH", "334 \r\n"), std::iter::repeat_with(more).take(20).flatten().collect()].concat();
    check(OFFER, acts, ("protocol_error", Retry)).await;
}

#[tokio::test]
async fn f80_cut_right_after_the_login() {
    check(OFFER, vec![Act::Expect("AUTH"), Act::Close], ("connection_closed", Retry)).await;
}

#[tokio::test]
async fn f82_passwords_of_any_kind() {
    let long = "x".repeat(1024);
    for mechanisms in ["PLAIN", "LOGIN"] {
        for password in ["a\"b", "a b", " a", "a ", "é", "密码", "\\", "=?", "\u{7f}", long.as_str()] {
            let options =
                SinkOptions { login: Some((USER.into(), password.into())), mechanisms, ..SinkOptions::default() };
            let sink = SmtpSink::start(options).await;
            let mut route = route(sink.port(), Security::None);
            route.login = Some(Login { user_name: USER.into(), secret: password.into() }.into());
            run(&route).await.expect(Outcome::Delivered, "");
        }
    }
    // Nothing of a password that can't be sent is sent.
    let server = ScriptedServer::start(greeted(reply(OFFER)), None).await;
    let login = Login { user_name: USER.into(), secret: "before\0after".into() };
    let delivery = deliver(&server, Some(login.into()), &outgoing()).await;
    assert_eq!(cause(&delivery), "internal");
    server.closed().await;
    assert!(!heard(&server).contains("AUTH"));
}

#[tokio::test]
async fn f83_a_sender_refused_may_fare_better_elsewhere() {
    let server = ScriptedServer::start(said(answer("MAIL", "553 5.7.1 not owned by user\r\n")), None).await;
    let delivery = deliver(&server, None, &outgoing()).await;
    assert_eq!((cause(&delivery), delivery.verdict.outcome), ("sender_refused", Dead));
    assert!(delivery.verdict.failover);
}

#[tokio::test]
async fn f84_too_large_is_never_sent() {
    let announced = greeted([reply("250-mx\r\n250 SIZE 100\r\n"), vec![Act::Expect("QUIT")]].concat());
    let server = ScriptedServer::start(announced, None).await;
    let delivery = deliver(&server, None, &outgoing()).await;
    assert_eq!((cause(&delivery), delivery.verdict.outcome), ("message_too_large", Dead));
    assert!(delivery.verdict.failover);
    server.closed().await;
    assert!(!heard(&server).contains("DATA"));
}

#[tokio::test]
async fn f85_no_room_for_now() {
    for (script, meaning) in [
        (said(answer("MAIL", "452 4.3.1 Insufficient system storage\r\n")), "server_full"),
        (said([answer("MAIL", "250 ok\r\n"), answer("RCPT", "452 4.2.2 over quota\r\n")].concat()), "mailbox_full"),
    ] {
        let server = ScriptedServer::start(script, None).await;
        let delivery = deliver(&server, None, &outgoing()).await;
        assert_eq!(delivery.verdict.outcome, Retry, "{delivery:#?}");
        assert_eq!(delivery.done.diagnosis.map(|diagnosis| diagnosis.code), Some(meaning.to_owned()));
    }
}

/// One recipient of three fares differently: the others get the message once.
async fn two_of_three(different: &str, code: u16) {
    let [refused, grey] = [(code >= 500).then(|| different.to_owned()), (code < 500).then(|| different.to_owned())];
    let options = SinkOptions {
        refused_recipients: refused.into_iter().collect(),
        greylisted: grey.map(|address| (address, 1)).into_iter().collect(),
        ..SinkOptions::default()
    };
    let sink = SmtpSink::start(options).await;
    let mail = to(&["a@example.com", different, "c@example.com"]);
    let route = route(sink.port(), Security::None);
    let delivery = mailer().deliver(&route, &mail, budget(), &|_| {}, &CancellationToken::new(), async { true }).await;
    assert_eq!(delivery.verdict.outcome, Delivered, "{delivery:#?}");
    let answers: Vec<_> = delivery.recipients.iter().map(|r| (r.address.as_str(), r.code)).collect();
    assert_eq!(answers, [("a@example.com", 250), (different, code), ("c@example.com", 250)]);
    let [received] = sink.messages().try_into().expect("once");
    assert_eq!(received.rcpt_to, ["a@example.com", "c@example.com"]);
}

#[tokio::test]
async fn f86_one_of_three_is_refused() {
    two_of_three("gone@example.com", 550).await;
}

#[tokio::test]
async fn f87_one_of_three_is_greylisted() {
    two_of_three("grey@example.com", 450).await;
}

#[tokio::test]
async fn f88_all_are_refused_and_nothing_is_sent() {
    let script =
        said([answer("MAIL", "250 ok\r\n"), answer("RCPT", "550 a\r\n"), answer("RCPT", "550 b\r\n")].concat());
    let server = ScriptedServer::start([script, vec![Act::Hang]].concat(), None).await;
    let delivery = deliver(&server, None, &to(&["a@example.com", "b@example.com"])).await;
    assert_eq!((cause(&delivery), delivery.verdict.outcome), ("recipient_refused", Dead));
    assert_eq!(delivery.recipients.len(), 2, "{delivery:#?}");
    server.closed().await;
    assert!(!heard(&server).contains("DATA"));
}

#[tokio::test]
async fn f89_more_recipients_than_the_server_takes() {
    let ok = |command| answer(command, "250 ok\r\n");
    let limit = answer("RCPT", "452 4.5.3 too many recipients\r\n");
    let end = [answer("DATA", "354 go\r\n"), vec![Act::TakeMessage], reply("250 queued\r\n")].concat();
    let server = ScriptedServer::start(said([ok("MAIL"), ok("RCPT"), limit, end].concat()), None).await;
    let delivery = deliver(&server, None, &to(&["a@example.com", "b@example.com"])).await;
    assert_eq!(delivery.verdict.outcome, Delivered, "{delivery:#?}");
    let answers: Vec<_> = delivery.recipients.iter().map(|r| (r.accepted, r.code)).collect();
    assert_eq!(answers, [(true, 250), (false, 452)], "the rest is for the next transaction");
}

#[tokio::test]
async fn f90_forwarded_or_not_verified_is_accepted() {
    for code in [251, 252] {
        let rcpt = format!("{code} 2.1.5 perhaps\r\n");
        let end = [answer("DATA", "354 go\r\n"), vec![Act::TakeMessage], reply("250 queued\r\n")].concat();
        let script = said([answer("MAIL", "250 ok\r\n"), answer("RCPT", &rcpt), end].concat());
        let server = ScriptedServer::start(script, None).await;
        let delivery = deliver(&server, None, &outgoing()).await;
        assert_eq!(delivery.verdict.outcome, Delivered, "{delivery:#?}");
        assert_eq!(delivery.recipients[0].code, code);
    }
}

#[tokio::test]
async fn f91_closed_between_recipients() {
    let script =
        said([answer("MAIL", "250 ok\r\n"), answer("RCPT", "250 ok\r\n"), answer("RCPT", "421 bye\r\n")].concat());
    let server = ScriptedServer::start(script, None).await;
    let delivery = deliver(&server, None, &to(&["a@example.com", "b@example.com"])).await;
    assert_eq!((cause(&delivery), delivery.verdict.outcome), ("service_refused", Retry), "{delivery:#?}");
    assert_eq!(delivery.done.outcome, Outcome::Failed);
    assert!(delivery.verdict.failover);
}

#[tokio::test]
async fn f94_fifty_recipients_in_one_go() {
    let all: Vec<String> = (0..50).map(|number| format!("r{number}@example.com")).collect();
    let mail = to(&all.iter().map(String::as_str).collect::<Vec<_>>());
    for missing in [false, true] {
        let mut script = greeted(reply("250-mx.test\r\n250 PIPELINING\r\n"));
        script.push(Act::Expect("MAIL"));
        script.extend(all.iter().map(|_| Act::Expect("RCPT")));
        script.push(Act::Expect("DATA"));
        // Each third is refused; one reply is left out, so that the last of them is of DATA.
        let code = |number: usize| if number.is_multiple_of(3) { "550 no\r\n" } else { "250 yes\r\n" };
        let replies: String = (0..50 - usize::from(missing)).map(code).collect();
        script.push(Act::Send(format!("250 m\r\n{replies}354 go\r\n").into_bytes()));
        script.extend([Act::TakeMessage, Act::send("250 queued\r\n")]);
        let server = ScriptedServer::start(script, None).await;
        let delivery = deliver(&server, None, &mail).await;
        if missing {
            assert_eq!((cause(&delivery), delivery.verdict.outcome), ("protocol_error", Retry), "{delivery:#?}");
        } else {
            assert_eq!(delivery.verdict.outcome, Delivered, "{delivery:#?}");
            let wrong = delivery.recipients.iter().zip(&all).enumerate().find(|(number, (result, address))| {
                result.address.as_str() != address.as_str() || result.accepted == number.is_multiple_of(3)
            });
            assert!(wrong.is_none() && delivery.recipients.len() == 50, "{wrong:?}");
        }
    }
}
