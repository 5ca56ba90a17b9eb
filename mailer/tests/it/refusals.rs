//! Logins that fail, addresses a server can't take, and what is shown of a server's words.

use crate::{
    failures::{answer, greeted, reply},
    support::*,
};
use domain::{
    account::Security,
    session_test::{FaultClass, Outcome, Step},
};
use mailer::Outgoing;
use testkit::{Act, ScriptedServer};

#[tokio::test]
async fn f24_replies_are_shown_inert() {
    let server =
        ScriptedServer::start(vec![Act::Send(b"554 \x1b[31m<script>\xe2\x80\xae\xff\r\n".to_vec())], None).await;
    let ran = run(&route(server.port(), Security::None)).await.expect(Outcome::Failed, "service_refused");
    assert_eq!(ran.reply(), "554 \u{fffd}[31m<script>\u{fffd}\u{fffd}");
    let long = format!("554 {}\r\n", "x".repeat(1000));
    let server = ScriptedServer::start(vec![Act::send(&long)], None).await;
    let ran = run(&route(server.port(), Security::None)).await.expect(Outcome::Failed, "service_refused");
    assert_eq!(ran.reply().chars().count(), 500);
}

#[tokio::test]
async fn logins_that_fail() {
    let offer = |text: &str| greeted(reply(text));
    let plain =
        |text: &str| greeted([reply("250-mx\r\n250 AUTH PLAIN LOGIN\r\n"), answer("AUTH PLAIN", text)].concat());
    let challenge = || [Act::Take(2), Act::send("334 \r\n")];
    for (name, script, code, class) in [
        ("not offered", offer("250 mx\r\n"), "auth_not_offered", FaultClass::Settings),
        (
            "unknown mechanisms",
            offer("250-mx\r\n250 AUTH CRAM-MD5 XOAUTH2\r\n"),
            "auth_no_mechanism",
            FaultClass::Settings,
        ),
        ("535", plain("535 5.7.8 no\r\n"), "auth_refused", FaultClass::Permanent),
        ("534", plain("534 5.7.9 app password\r\n"), "auth_refused", FaultClass::Permanent),
        ("454", plain("454 4.7.0 later\r\n"), "auth_temporary", FaultClass::Temporary),
        ("504", plain("504 not that one\r\n"), "auth_no_mechanism", FaultClass::Settings),
        ("421", plain("421 too many\r\n"), "service_refused", FaultClass::Temporary),
        ("354", plain("354 go\r\n"), "protocol_error", FaultClass::Temporary),
        (
            "334 for ever",
            [plain("334 \r\n"), std::iter::repeat_with(challenge).take(20).flatten().collect()].concat(),
            "protocol_error",
            FaultClass::Temporary,
        ),
        ("closed", [plain(""), vec![Act::Close]].concat(), "connection_closed", FaultClass::Temporary),
    ] {
        let server = ScriptedServer::start(script, None).await;
        let mut route = route(server.port(), Security::None);
        route.login = Some(login());
        let ran = run(&route).await;
        assert_eq!(
            (ran.done.outcome, ran.code(), ran.stage()),
            (Outcome::Failed, code, Some(Step::Auth)),
            "{name}: {ran:#?}"
        );
        assert_eq!(ran.done.diagnosis.map(|diagnosis| diagnosis.class), Some(class), "{name}");
        server.closed().await;
        let heard = String::from_utf8(server.recording().clear).expect("text");
        assert!(heard.matches("AUTH ").count() <= 1 && !heard.contains("MAIL"), "{name}: one try: {heard}");
    }
}

#[tokio::test]
async fn f92_addresses_beyond_ascii_need_the_extension() {
    let mail = Outgoing { rcpt_to: vec![address("josé@example.com")], ..outgoing() };
    let server = ScriptedServer::start(greeted(reply("250-mx\r\n250 8BITMIME\r\n")), None).await;
    let ran =
        run_mail(&route(server.port(), Security::None), &mail).await.expect(Outcome::Failed, "smtputf8_not_offered");
    assert_eq!(ran.params(), ["josé@example.com"]);
    let script = greeted(
        [
            reply("250-mx\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"),
            answer("MAIL FROM:<bounces@example.com> SMTPUTF8", "250\r\n"),
            answer("RCPT TO:<josé@example.com>", "250\r\n"),
        ]
        .concat(),
    );
    let server = ScriptedServer::start(
        [script, answer("DATA", "354\r\n"), vec![Act::TakeMessage, Act::send("250\r\n")]].concat(),
        None,
    )
    .await;
    run_mail(&route(server.port(), Security::None), &mail).await.expect(Outcome::Delivered, "");
}
