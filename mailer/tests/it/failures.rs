//! One row for each failure that a server in clear can play: script, outcome, code, stage.

use crate::support::*;
use domain::session_test::TestMode;
use domain::{
    Host,
    account::Security,
    session_test::{FaultClass, Outcome, Step},
};
use mailer::{DestinationPolicy, Mailer, Outgoing};
use std::time::Duration;
use testkit::{Act, ScriptedServer};
use tokio_util::sync::CancellationToken;

fn greeted(rest: Vec<Act>) -> Vec<Act> {
    [vec![Act::send("220 mx.test\r\n"), Act::Expect("EHLO")], rest].concat()
}

fn said(rest: Vec<Act>) -> Vec<Act> {
    greeted([vec![Act::send("250 mx.test\r\n")], rest].concat())
}

fn with_mail(rest: Vec<Act>) -> Vec<Act> {
    said([vec![Act::Expect("MAIL"), Act::send("250 ok\r\n")], rest].concat())
}

fn with_rcpt(rest: Vec<Act>) -> Vec<Act> {
    with_mail([vec![Act::Expect("RCPT"), Act::send("250 ok\r\n")], rest].concat())
}

fn with_message(rest: Vec<Act>) -> Vec<Act> {
    with_rcpt([vec![Act::Expect("DATA"), Act::send("354 go\r\n"), Act::TakeMessage], rest].concat())
}

fn reply(text: &str) -> Vec<Act> {
    vec![Act::send(text)]
}

fn answer(command: &'static str, text: &str) -> Vec<Act> {
    vec![Act::Expect(command), Act::send(text)]
}

#[tokio::test]
async fn each_failure_has_its_code() {
    use FaultClass::{Permanent, Settings, Temporary};
    use Outcome::{Delivered, Failed, Unknown};
    let endless = |text: &str| vec![Act::Flood(text.as_bytes().to_vec())];
    let ehlo = |text: &str| greeted(reply(text));
    for (name, script, outcome, code, stage, class) in [
        ("closed at once", vec![Act::Close], Failed, "connection_closed", Step::Greeting, Temporary),
        ("SSH", reply("SSH-2.0-OpenSSH_9.9\r\n"), Failed, "not_smtp", Step::Greeting, Settings),
        ("HTTP", reply("HTTP/1.1 400 Bad Request\r\n\r\n"), Failed, "not_smtp", Step::Greeting, Settings),
        ("POP3", reply("+OK ready\r\n"), Failed, "not_smtp", Step::Greeting, Settings),
        ("binary", endless("\u{1}\u{2}\u{3}"), Failed, "not_smtp", Step::Greeting, Settings),
        (
            "endless greeting line",
            [reply("220 "), endless("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")].concat(),
            Failed,
            "reply_too_long",
            Step::Greeting,
            Permanent,
        ),
        ("endless reply", endless("220-and another line\r\n"), Failed, "reply_too_long", Step::Greeting, Permanent),
        ("greeting 421", reply("421 busy\r\n"), Failed, "service_refused", Step::Greeting, Temporary),
        ("greeting 554", reply("554 not you\r\n"), Failed, "service_refused", Step::Greeting, Permanent),
        ("greeting 250", reply("250 hello\r\n"), Failed, "not_smtp", Step::Greeting, Settings),
        ("EHLO 550", ehlo("550 bad name\r\n"), Failed, "ehlo_refused", Step::Ehlo, Settings),
        ("EHLO garbage", ehlo("what?\r\n"), Failed, "protocol_error", Step::Ehlo, Temporary),
        ("EHLO mixed codes", ehlo("250-a\r\n220 b\r\n"), Failed, "protocol_error", Step::Ehlo, Temporary),
        ("EHLO then closed", greeted(vec![Act::Close]), Failed, "connection_closed", Step::Ehlo, Temporary),
        (
            "half a reply then closed",
            [ehlo("250-a\r\n250 b"), vec![Act::Close]].concat(),
            Failed,
            "connection_closed",
            Step::Ehlo,
            Temporary,
        ),
        ("MAIL 550", said(answer("MAIL", "550 5.7.1 not yours\r\n")), Failed, "sender_refused", Step::Mail, Permanent),
        ("MAIL 451", said(answer("MAIL", "451 later\r\n")), Failed, "sender_refused", Step::Mail, Temporary),
        ("MAIL 354", said(answer("MAIL", "354 go\r\n")), Failed, "protocol_error", Step::Mail, Temporary),
        (
            "SIZE",
            greeted([reply("250-mx\r\n250 SIZE 100\r\n"), vec![Act::Expect("QUIT")]].concat()),
            Failed,
            "message_too_large",
            Step::Mail,
            Permanent,
        ),
        (
            "552 to SIZE",
            greeted([reply("250-mx\r\n250 size\r\n"), answer("MAIL", "552 too big\r\n")].concat()),
            Failed,
            "message_too_large",
            Step::Mail,
            Permanent,
        ),
        (
            "RCPT 550",
            with_mail(answer("RCPT", "550 5.1.1 nobody\r\n")),
            Failed,
            "recipient_refused",
            Step::Rcpt,
            Permanent,
        ),
        (
            "RCPT 450",
            with_mail(answer("RCPT", "450 greylisted\r\n")),
            Failed,
            "recipient_refused",
            Step::Rcpt,
            Temporary,
        ),
        ("RCPT 421", with_mail(answer("RCPT", "421 closing\r\n")), Failed, "service_refused", Step::Rcpt, Temporary),
        (
            "unsolicited 421",
            with_mail(vec![Act::Expect("RCPT"), Act::send("250 ok\r\n421 closing\r\n")]),
            Failed,
            "service_refused",
            Step::Data,
            Temporary,
        ),
        (
            "shifted replies",
            said(vec![Act::Expect("MAIL"), Act::send("250 ok\r\n250 ok\r\n")]),
            Failed,
            "protocol_error",
            Step::Rcpt,
            Temporary,
        ),
        ("DATA 250", with_rcpt(answer("DATA", "250 ok\r\n")), Failed, "protocol_error", Step::Data, Temporary),
        ("DATA 554", with_rcpt(answer("DATA", "554 no\r\n")), Failed, "data_refused", Step::Data, Permanent),
        ("DATA 451", with_rcpt(answer("DATA", "451 later\r\n")), Failed, "data_refused", Step::Data, Temporary),
        (
            "a verdict before the dot",
            with_rcpt(answer("DATA", "354 go\r\n250 taken\r\n")),
            Failed,
            "protocol_error",
            Step::Data,
            Temporary,
        ),
        ("451 after the dot", with_message(reply("451 later\r\n")), Failed, "message_refused", Step::Data, Temporary),
        ("554 after the dot", with_message(reply("554 spam\r\n")), Failed, "message_refused", Step::Data, Permanent),
        ("421 after the dot", with_message(reply("421 closing\r\n")), Failed, "service_refused", Step::Data, Temporary),
        ("354 after the dot", with_message(reply("354 go\r\n")), Unknown, "no_confirmation", Step::Data, Temporary),
        ("garbage after the dot", with_message(reply("hm\r\n")), Unknown, "no_confirmation", Step::Data, Temporary),
        ("closed after the dot", with_message(vec![Act::Close]), Unknown, "no_confirmation", Step::Data, Temporary),
        ("reset after the dot", with_message(vec![Act::Reset]), Unknown, "no_confirmation", Step::Data, Temporary),
        (
            "QUIT 500",
            with_message([reply("250 queued\r\n"), answer("QUIT", "500 never\r\n")].concat()),
            Delivered,
            "",
            Step::Quit,
            Settings,
        ),
        (
            "QUIT unanswered",
            with_message([reply("250 queued\r\n"), vec![Act::Hang]].concat()),
            Delivered,
            "",
            Step::Quit,
            Settings,
        ),
        (
            "closed after 250",
            with_message([reply("250 queued\r\n"), vec![Act::Close]].concat()),
            Delivered,
            "",
            Step::Quit,
            Settings,
        ),
    ] {
        let server = ScriptedServer::start(script, None).await;
        let ran = run(&route(server.port(), Security::None)).await;
        let diagnosis = ran.done.diagnosis.as_ref();
        assert_eq!((ran.done.outcome, ran.code()), (outcome, code), "{name}: {ran:#?}");
        assert_eq!(ran.done.stage, Some(stage), "{name}: {ran:#?}");
        if let Some(diagnosis) = diagnosis {
            assert_eq!((diagnosis.stage, diagnosis.class), (stage, class), "{name}");
        }
        tokio::time::timeout(Duration::from_secs(5), server.closed())
            .await
            .unwrap_or_else(|_| panic!("{name}: left open"));
    }
}

#[tokio::test]
async fn what_is_odd_and_works() {
    for (name, script) in [
        (
            "bare line feeds",
            vec![
                Act::send("220 mx\n"),
                Act::Expect("EHLO"),
                Act::send("250-mx\n250 SIZE\n"),
                Act::Expect("MAIL"),
                Act::send("250\n"),
                Act::Expect("RCPT"),
                Act::send("250 ok\n"),
                Act::Expect("DATA"),
                Act::send("354\n"),
                Act::TakeMessage,
                Act::send("250 done\n"),
                Act::Expect("QUIT"),
                Act::send("221\n"),
            ],
        ),
        ("codes alone", with_message(reply("250\r\n"))),
        (
            "bytes that are no UTF-8",
            vec![
                Act::Send(b"220 caf\xe9\r\n".to_vec()),
                Act::Expect("EHLO"),
                Act::Send(b"250 \xff\r\n".to_vec()),
                Act::Expect("MAIL"),
                Act::send("250\r\n"),
                Act::Expect("RCPT"),
                Act::send("252 maybe\r\n"),
                Act::Expect("DATA"),
                Act::send("354\r\n"),
                Act::TakeMessage,
                Act::Send(b"250 \xe9\r\n".to_vec()),
            ],
        ),
        (
            "HELO only",
            greeted(
                [
                    reply("502 what\r\n"),
                    answer("HELO", "250 mx\r\n"),
                    answer("MAIL", "250\r\n"),
                    answer("RCPT", "251 fwd\r\n"),
                    answer("DATA", "354\r\n"),
                    vec![Act::TakeMessage],
                    reply("250\r\n"),
                ]
                .concat(),
            ),
        ),
        (
            "dripping",
            [
                vec![Act::Drip(b"220 mx.test\r\n".to_vec(), Duration::from_millis(2)), Act::Expect("EHLO")],
                with_message(reply("250\r\n"))[2..].to_vec(),
            ]
            .concat(),
        ),
    ] {
        let server = ScriptedServer::start(script, None).await;
        let ran = run(&route(server.port(), Security::None)).await;
        assert_eq!((ran.done.outcome, ran.code()), (Outcome::Delivered, ""), "{name}: {ran:#?}");
        assert_eq!(server.recording().message.as_deref(), Some(outgoing().message.as_slice()), "{name}");
    }
}

#[tokio::test]
async fn replies_are_shown_inert() {
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
        ("535", plain("535 5.7.8 no\r\n"), "auth_refused", FaultClass::Settings),
        ("534", plain("534 5.7.9 app password\r\n"), "auth_refused", FaultClass::Settings),
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
async fn addresses_beyond_ascii_need_the_extension() {
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

#[tokio::test]
async fn hosts_that_are_not_reached() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("binds").local_addr().expect("an address").port();
    let ran = run(&route(free, Security::None)).await.expect(Outcome::Failed, "connection_refused");
    assert_eq!((ran.stage(), ran.params()), (Some(Step::Tcp), vec![format!("127.0.0.1:{free}").as_str()]));

    let mut nowhere = route(25, Security::None);
    nowhere.host = Host::parse("postroom.invalid").expect("a host");
    let ran = run(&nowhere).await;
    assert!(matches!(ran.code(), "host_not_found" | "resolver_failed"), "{ran:?}");
    assert_eq!(ran.stage(), Some(Step::Dns));

    let mut forbidden = route(25, Security::None);
    for host in ["169.254.169.254", "0.0.0.0", "::ffff:169.254.169.254", "192.0.2.1"] {
        forbidden.host = Host::parse(host).expect("a host");
        let ran = run(&forbidden).await.expect(Outcome::Failed, "destination_forbidden");
        assert_eq!(ran.stage(), Some(Step::Dns), "{host}");
    }
    let strict = Mailer::new(DestinationPolicy::parse("10.0.0.0/8").expect("a list"));
    let server = ScriptedServer::start(vec![Act::send("220 mx\r\n")], None).await;
    let mut by_name = route(server.port(), Security::None);
    by_name.host = Host::parse("localhost").expect("a host");
    run_with(&strict, &by_name, &outgoing(), TestMode::Send, budget(), &CancellationToken::new())
        .await
        .expect(Outcome::Failed, "destination_forbidden");
}

#[tokio::test]
async fn what_would_forge_a_line_dials_nothing() {
    for helo in ["", "a b", "a\r\nMAIL FROM:<x@y.z>", "a\0", "é"] {
        let server = ScriptedServer::start(vec![Act::send("220 mx\r\n")], None).await;
        let mut route = route(server.port(), Security::None);
        route.helo = helo.into();
        let ran = run(&route).await.expect(Outcome::Failed, "internal");
        assert_eq!(ran.detail(Step::Tcp, domain::session_test::StepState::Running), None, "{helo:?}");
    }
}

#[tokio::test]
async fn tls_to_a_port_that_speaks_plain_text() {
    let server = ScriptedServer::start(reply("220 mx.test ESMTP\r\n"), None).await;
    let ran = run(&route(server.port(), Security::ImplicitTls)).await.expect(Outcome::Failed, "tls_plaintext_port");
    assert_eq!(ran.stage(), Some(Step::Tls));
    let server = ScriptedServer::start(vec![Act::Take(10), Act::Close], None).await;
    let ran = run(&route(server.port(), Security::ImplicitTls)).await;
    assert!(matches!(ran.code(), "connection_closed" | "connection_reset"), "{ran:?}");
    // A fatal alert: no version in common.
    let server = ScriptedServer::start(vec![Act::Take(10), Act::Send(vec![21, 3, 1, 0, 2, 2, 70])], None).await;
    let ran = run(&route(server.port(), Security::ImplicitTls)).await.expect(Outcome::Failed, "tls_failed");
    assert_eq!(ran.params(), ["ProtocolVersion"]);
}
