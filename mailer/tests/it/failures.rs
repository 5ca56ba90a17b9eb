//! One row for each failure that a server in clear can play: script, outcome, code, stage.

use crate::support::*;
use domain::{
    account::Security,
    session_test::{FaultClass, Outcome, Step},
};
use std::time::Duration;
use testkit::{Act, ScriptedServer};

pub fn greeted(rest: Vec<Act>) -> Vec<Act> {
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

pub fn reply(text: &str) -> Vec<Act> {
    vec![Act::send(text)]
}

pub fn answer(command: &'static str, text: &str) -> Vec<Act> {
    vec![Act::Expect(command), Act::send(text)]
}

#[tokio::test]
async fn each_failure_has_its_code() {
    use FaultClass::{Permanent, Settings, Temporary};
    use Outcome::{Delivered, Failed, Unknown};
    let endless = |text: &str| vec![Act::Flood(text.as_bytes().to_vec())];
    let ehlo = |text: &str| greeted(reply(text));
    for (name, script, outcome, code, stage, class) in [
        ("reset at once", vec![Act::Reset], Failed, "connection_reset", Step::Greeting, Settings),
        ("closed at once", vec![Act::Close], Failed, "connection_closed", Step::Greeting, Settings),
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
