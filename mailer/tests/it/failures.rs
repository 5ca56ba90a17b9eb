//! One row for each failure that a server in clear can play: script, outcome, code, stage.

use crate::support::*;
use domain::{
    account::Security,
    session_test::{
        FaultClass::{self, Permanent, Settings, Temporary},
        Outcome::{self, Delivered, Failed, Unknown},
        Step,
    },
};
use std::time::Duration;
use testkit::{Act, ScriptedServer};

pub fn greeted(rest: Vec<Act>) -> Vec<Act> {
    [vec![Act::send("220 mx.test\r\n"), Act::Expect("EHLO")], rest].concat()
}

pub fn said(rest: Vec<Act>) -> Vec<Act> {
    greeted([vec![Act::send("250 mx.test\r\n")], rest].concat())
}

pub fn with_mail(rest: Vec<Act>) -> Vec<Act> {
    said([vec![Act::Expect("MAIL"), Act::send("250 ok\r\n")], rest].concat())
}

pub fn with_rcpt(rest: Vec<Act>) -> Vec<Act> {
    with_mail([vec![Act::Expect("RCPT"), Act::send("250 ok\r\n")], rest].concat())
}

pub fn with_message(rest: Vec<Act>) -> Vec<Act> {
    with_rcpt([vec![Act::Expect("DATA"), Act::send("354 go\r\n"), Act::TakeMessage], rest].concat())
}

pub fn reply(text: &str) -> Vec<Act> {
    vec![Act::send(text)]
}

pub fn answer(command: &'static str, text: &str) -> Vec<Act> {
    vec![Act::Expect(command), Act::send(text)]
}

/// Name, script, outcome, what was observed, where, class.
type Row<'a> = (&'a str, Vec<Act>, Outcome, &'a str, Step, FaultClass);

async fn check(rows: Vec<Row<'_>>) {
    for (name, script, outcome, code, stage, class) in rows {
        let server = ScriptedServer::start(script, None).await;
        let ran = run(&route(server.port(), Security::None)).await;
        let diagnosis = ran.done.diagnosis.as_ref();
        assert_eq!((ran.done.outcome, ran.code()), (outcome, code), "{name}: {ran:#?}");
        assert_eq!(ran.done.stage, Some(stage), "{name}: {ran:#?}");
        if let Some(diagnosis) = diagnosis {
            assert_eq!((diagnosis.stage, diagnosis.class), (stage, class), "{name}");
        }
        tokio::time::timeout(Duration::from_secs(5), server.closed()).await.expect("the socket is closed");
    }
}

fn ehlo(text: &str) -> Vec<Act> {
    greeted(reply(text))
}

fn endless(text: &str) -> Vec<Act> {
    vec![Act::Flood(text.as_bytes().to_vec())]
}

#[tokio::test]
async fn f13_closed_at_once() {
    check(vec![
        ("reset at once", vec![Act::Reset], Failed, "connection_reset", Step::Greeting, Settings),
        ("closed at once", vec![Act::Close], Failed, "connection_closed", Step::Greeting, Settings),
    ])
    .await;
}

#[tokio::test]
async fn f17_what_is_not_smtp() {
    check(vec![
        ("SSH", reply("SSH-2.0-OpenSSH_9.9\r\n"), Failed, "not_smtp", Step::Greeting, Settings),
        ("HTTP", reply("HTTP/1.1 400 Bad Request\r\n\r\n"), Failed, "not_smtp", Step::Greeting, Settings),
        ("POP3", reply("+OK ready\r\n"), Failed, "not_smtp", Step::Greeting, Settings),
        ("greeting 250", reply("250 hello\r\n"), Failed, "not_smtp", Step::Greeting, Settings),
    ])
    .await;
    // FTP greets like SMTP; what it says to EHLO is all that tells.
    let ftp = [reply("220 ProFTPD Server ready.\r\n"), answer("EHLO", "500 EHLO not understood\r\n")].concat();
    let ftp = [ftp, answer("HELO", "500 HELO not understood\r\n")].concat();
    check(vec![("FTP", ftp, Failed, "ehlo_refused", Step::Ehlo, Settings)]).await;
}

#[tokio::test]
async fn f18_a_flood_of_bytes() {
    check(vec![
        ("binary", endless("\u{1}\u{2}\u{3}"), Failed, "not_smtp", Step::Greeting, Settings),
        ("binary lines", endless("\u{1}\u{2}\n\u{3}"), Failed, "not_smtp", Step::Greeting, Settings),
    ])
    .await;
}

#[tokio::test]
async fn f19_busy() {
    check(vec![("greeting 421", reply("421 busy\r\n"), Failed, "service_refused", Step::Greeting, Temporary)]).await;
}

#[tokio::test]
async fn f20_refused_at_the_door() {
    check(vec![("greeting 554", reply("554 not you\r\n"), Failed, "service_refused", Step::Greeting, Permanent)]).await;
}

#[tokio::test]
async fn f25_an_endless_line() {
    let line = [reply("220 "), endless("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")].concat();
    check(vec![("endless greeting line", line, Failed, "reply_too_long", Step::Greeting, Permanent)]).await;
}

#[tokio::test]
async fn f26_an_endless_reply() {
    let many = endless("220-and another line\r\n");
    check(vec![("endless reply", many, Failed, "reply_too_long", Step::Greeting, Permanent)]).await;
}

#[tokio::test]
async fn f69_a_name_that_is_not_liked() {
    let both = |text: &str| [ehlo(text), answer("HELO", text)].concat();
    check(vec![
        ("EHLO 550", ehlo("550 bad name\r\n"), Failed, "ehlo_refused", Step::Ehlo, Settings),
        ("EHLO 501", both("501 bad name\r\n"), Failed, "ehlo_refused", Step::Ehlo, Settings),
    ])
    .await;
}

#[tokio::test]
async fn what_answers_ehlo_oddly() {
    let half = [ehlo("250-a\r\n250 b"), vec![Act::Close]].concat();
    check(vec![
        ("EHLO garbage", ehlo("what?\r\n"), Failed, "protocol_error", Step::Ehlo, Temporary),
        ("EHLO mixed codes", ehlo("250-a\r\n220 b\r\n"), Failed, "protocol_error", Step::Ehlo, Temporary),
        ("EHLO then closed", greeted(vec![Act::Close]), Failed, "connection_closed", Step::Ehlo, Temporary),
        ("half a reply then closed", half, Failed, "connection_closed", Step::Ehlo, Temporary),
    ])
    .await;
}

#[tokio::test]
async fn f83_the_sender_is_refused() {
    let mail = |text: &str| said(answer("MAIL", text));
    check(vec![
        ("MAIL 550", mail("550 5.7.1 not yours\r\n"), Failed, "sender_refused", Step::Mail, Permanent),
        ("MAIL 451", mail("451 later\r\n"), Failed, "sender_refused", Step::Mail, Temporary),
        ("MAIL 354", mail("354 go\r\n"), Failed, "protocol_error", Step::Mail, Temporary),
    ])
    .await;
}

#[tokio::test]
async fn f84_larger_than_the_server_takes() {
    let announced = greeted([reply("250-mx\r\n250 SIZE 100\r\n"), vec![Act::Expect("QUIT")]].concat());
    let refused = greeted([reply("250-mx\r\n250 size\r\n"), answer("MAIL", "552 too big\r\n")].concat());
    check(vec![
        ("SIZE", announced, Failed, "message_too_large", Step::Mail, Permanent),
        ("552 to SIZE", refused, Failed, "message_too_large", Step::Mail, Permanent),
    ])
    .await;
}

#[tokio::test]
async fn f88_every_recipient_is_refused() {
    let rcpt = |text: &str| with_mail(answer("RCPT", text));
    check(vec![
        ("RCPT 550", rcpt("550 5.1.1 nobody\r\n"), Failed, "recipient_refused", Step::Rcpt, Permanent),
        ("RCPT 450", rcpt("450 greylisted\r\n"), Failed, "recipient_refused", Step::Rcpt, Temporary),
    ])
    .await;
}

#[tokio::test]
async fn f91_the_server_closes_unasked() {
    let unasked = with_mail(vec![Act::Expect("RCPT"), Act::send("250 ok\r\n421 closing\r\n")]);
    let asked = with_mail(answer("RCPT", "421 closing\r\n"));
    check(vec![
        ("RCPT 421", asked, Failed, "service_refused", Step::Rcpt, Temporary),
        ("unsolicited 421", unasked, Failed, "service_refused", Step::Data, Temporary),
    ])
    .await;
}

#[tokio::test]
async fn f94_a_reply_too_many_shifts_nothing() {
    let shifted = said(vec![Act::Expect("MAIL"), Act::send("250 ok\r\n250 ok\r\n")]);
    check(vec![("shifted replies", shifted, Failed, "protocol_error", Step::Rcpt, Temporary)]).await;
}

#[tokio::test]
async fn f95_data_answered_250() {
    let early = with_rcpt(answer("DATA", "354 go\r\n250 taken\r\n"));
    check(vec![
        ("DATA 250", with_rcpt(answer("DATA", "250 ok\r\n")), Failed, "protocol_error", Step::Data, Temporary),
        ("a verdict before the dot", early, Failed, "protocol_error", Step::Data, Temporary),
    ])
    .await;
}

#[tokio::test]
async fn f96_data_is_refused() {
    let data = |text: &str| with_rcpt(answer("DATA", text));
    check(vec![
        ("DATA 554", data("554 no\r\n"), Failed, "data_refused", Step::Data, Permanent),
        ("DATA 503", data("503 bad sequence\r\n"), Failed, "data_refused", Step::Data, Permanent),
        ("DATA 451", data("451 later\r\n"), Failed, "data_refused", Step::Data, Temporary),
    ])
    .await;
}

#[tokio::test]
async fn f99_not_now_after_the_dot() {
    let dot = |text: &str| with_message(reply(text));
    check(vec![
        ("451 after the dot", dot("451 later\r\n"), Failed, "message_refused", Step::Data, Temporary),
        ("421 after the dot", dot("421 closing\r\n"), Failed, "service_refused", Step::Data, Temporary),
    ])
    .await;
}

#[tokio::test]
async fn f100_never_after_the_dot() {
    let spam = with_message(reply("554 spam\r\n"));
    check(vec![("554 after the dot", spam, Failed, "message_refused", Step::Data, Permanent)]).await;
}

#[tokio::test]
async fn f102_no_verdict_after_the_dot() {
    let dot = |acts: Vec<Act>| with_message(acts);
    check(vec![
        ("354 after the dot", dot(reply("354 go\r\n")), Unknown, "no_confirmation", Step::Data, Temporary),
        ("garbage after the dot", dot(reply("hm\r\n")), Unknown, "no_confirmation", Step::Data, Temporary),
        ("closed after the dot", dot(vec![Act::Close]), Unknown, "no_confirmation", Step::Data, Temporary),
        ("reset after the dot", dot(vec![Act::Reset]), Unknown, "no_confirmation", Step::Data, Temporary),
    ])
    .await;
}

#[tokio::test]
async fn f104_what_comes_after_the_250_changes_nothing() {
    let after = |acts: Vec<Act>| with_message([reply("250 queued\r\n"), acts].concat());
    check(vec![
        ("QUIT 500", after(answer("QUIT", "500 never\r\n")), Delivered, "", Step::Quit, Settings),
        ("QUIT 421", after(answer("QUIT", "421 gone\r\n")), Delivered, "", Step::Quit, Settings),
        ("QUIT unanswered", after(vec![Act::Hang]), Delivered, "", Step::Quit, Settings),
        ("closed after 250", after(vec![Act::Close]), Delivered, "", Step::Quit, Settings),
    ])
    .await;
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
