//! A server that refuses a token: its challenge is read, answered and shown, and one new token is tried.

use super::*;
use crate::{
    failures::{answer, greeted, reply},
    support::{Ran, run},
};
use base64::prelude::BASE64_STANDARD;
use domain::{
    diagnosis::table::TOKEN_ROWS,
    message::AttemptOutcome,
    session_test::{
        FaultClass::{self, Permanent, Settings, Temporary},
        Outcome, Step,
    },
};
use std::{collections::BTreeSet, future::ready};
use testkit::{Act, ScriptedServer, SinkOptions, SmtpSink};
use tokio_util::sync::CancellationToken;

const GOOGLE: &str = r#"{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}"#;

fn challenge(json: &str) -> String {
    format!("334 {}\r\n", BASE64_STANDARD.encode(json))
}

fn offers(mechanism: &str, rest: Vec<Act>) -> Vec<Act> {
    greeted([reply(&format!("250-mx\r\n250 AUTH {mechanism}\r\n")), rest].concat())
}

/// Refuses one token: the challenge, the answer to it, the end.
fn refuses(mechanism: &str, end: &str) -> Vec<Act> {
    let answered = if mechanism == "XOAUTH2" { Act::Take(2) } else { Act::Expect("AQ==") };
    [answer("AUTH", &challenge(GOOGLE)), vec![answered, Act::send(end)]].concat()
}

async fn session(script: Vec<Act>, answers: &[TokenAnswer]) -> (Ran, Vec<bool>, String) {
    let server = ScriptedServer::start(script, None).await;
    let (route, source, _endpoint) = route_with(server.port(), Security::None, answers).await;
    let ran = run(&route).await;
    (ran, source.asked(), String::from_utf8(server.recording().clear).expect("text"))
}

fn same() -> [TokenAnswer; 1] {
    [TokenAnswer::token(TOKEN, 60)]
}

fn newer() -> [TokenAnswer; 2] {
    [TokenAnswer::token(TOKEN, 60), TokenAnswer::token(NEWER, 60)]
}

#[tokio::test]
async fn the_challenge_is_shown_answered_and_kept() {
    let end = "535-5.7.8 Username and Password not accepted.\r\n535 5.7.8 BadCredentials - gsmtp\r\n";
    for (mechanism, answered) in [("XOAUTH2", ""), ("OAUTHBEARER", "AQ==")] {
        let script = offers(mechanism, refuses(mechanism, end));
        let (ran, asked, heard) = session(script, &same()).await;
        let ran = ran.expect(Outcome::Failed, "oauth_token_refused");
        assert_eq!((ran.meaning(), ran.stage(), asked), ("oauth_token_refused", Some(Step::Auth), vec![false, true]));
        let whole = format!("535 5.7.8 Username and Password not accepted. 5.7.8 BadCredentials - gsmtp {GOOGLE}");
        assert_eq!(ran.reply(), whole);
        assert_eq!(ran.done.diagnosis.as_ref().map(|diagnosis| diagnosis.class), Some(Permanent));
        let said: Vec<_> = ran.transcript().into_iter().filter(|line| line.contains(" auth ")).collect();
        let wanted = [
            &format!("C auth AUTH {mechanism} ***"),
            &format!("S auth 334 {GOOGLE}"),
            &format!("C auth {answered}"),
            "S auth 535-5.7.8 Username and Password not accepted.",
            "S auth 535 5.7.8 BadCredentials - gsmtp",
            "C auth QUIT",
        ];
        assert_eq!(said, wanted);
        // The same token is not shown twice.
        assert_eq!(heard.matches("AUTH ").count(), 1, "{heard}");
    }
}

#[tokio::test]
async fn challenges_of_every_kind() {
    let pretty = BASE64_STANDARD.encode("{\r\n  \"status\": \"401\",\n\t\"x\": 1\n}");
    for (sent, shown) in [
        (challenge(GOOGLE), GOOGLE.to_owned()),
        (challenge(GOOGLE).replace('=', ""), GOOGLE.to_owned()),
        (format!("334 {pretty}\r\n"), r#"{ "status": "401", "x": 1 }"#.to_owned()),
        (challenge("a\u{1b}[31m\u{202e}b"), "a\u{fffd}[31m\u{fffd}b".to_owned()),
        ("334 no base64 at all\r\n".to_owned(), "no base64 at all".to_owned()),
    ] {
        let script = [answer("AUTH", &sent), vec![Act::Take(2), Act::send("535 no\r\n")]].concat();
        let (ran, ..) = session(offers("XOAUTH2", script), &same()).await;
        assert_eq!(ran.expect(Outcome::Failed, "oauth_token_refused").reply(), format!("535 no {shown}"));
    }
    // Without one, and for ever.
    let (ran, ..) = session(offers("XOAUTH2", answer("AUTH", "535 no\r\n")), &same()).await;
    assert_eq!(ran.expect(Outcome::Failed, "oauth_token_refused").reply(), "535 no");
    let turns = std::iter::repeat_with(|| vec![Act::Take(2), Act::send("334 e30=\r\n")]).take(20).flatten().collect();
    let (ran, ..) = session(offers("XOAUTH2", [answer("AUTH", "334 e30=\r\n"), turns].concat()), &same()).await;
    ran.expect(Outcome::Failed, "protocol_error");
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    for mechanism in ["XOAUTH2", "OAUTHBEARER"] {
        let sink = SmtpSink::start(SinkOptions {
            tokens: vec![(MAILBOX.into(), NEWER.into())],
            mechanisms: mechanism,
            ..SinkOptions::default()
        })
        .await;
        let (route, source, endpoint) = route_with(sink.port(), Security::None, &newer()).await;
        let ran = run(&route).await.expect(Outcome::Delivered, "");
        assert_eq!((source.asked(), endpoint.forms().len()), (vec![false, true], 2));
        let clear = String::from_utf8(sink.clear_bytes()).expect("text");
        assert_eq!((clear.matches("AUTH ").count(), clear.matches("EHLO").count()), (2, 1), "one connection");
        let facts: Vec<_> = ran.facts(Step::Auth).into_iter().map(|fact| fact.code).collect();
        assert_eq!(facts, ["mechanism", "user_name", "token", "token_renewed"]);
    }
}

#[tokio::test]
async fn a_second_refusal_is_a_matter_of_the_settings() {
    let again = [TokenAnswer::token(TOKEN, 60), TokenAnswer::token(NEWER, 60), TokenAnswer::token("third", 60)];
    let twice = [refuses("XOAUTH2", "535 5.7.8 first\r\n"), refuses("XOAUTH2", "535 5.7.8 second\r\n")].concat();
    let (ran, asked, heard) = session(offers("XOAUTH2", twice.clone()), &again).await;
    let ran = ran.expect(Outcome::Failed, "oauth_token_refused");
    assert_eq!((ran.reply(), asked), (format!("535 5.7.8 second {GOOGLE}").as_str(), vec![false, true]));
    assert_eq!(heard.matches("AUTH ").count(), 2, "{heard}");
    // For a queue: nothing is tried again before somebody has acted.
    let server = ScriptedServer::start(offers("XOAUTH2", twice), None).await;
    let (route, _source, _endpoint) = route_with(server.port(), Security::None, &again).await;
    let cancel = CancellationToken::new();
    let delivery = mailer().deliver(&route, &outgoing(), budget(), &|_| {}, &cancel, ready(true)).await;
    assert_eq!(delivery.verdict.outcome, AttemptOutcome::Config);
}

#[tokio::test]
async fn who_hangs_up_on_a_refused_token_has_refused_it() {
    for last in [
        vec![Act::Close],
        vec![Act::Expect("AUTH"), Act::Close],
        vec![Act::Expect("AUTH"), Act::send("421 4.7.0 too many errors\r\n"), Act::Close],
    ] {
        let script = [refuses("XOAUTH2", "535 5.7.8 first\r\n"), last].concat();
        let (ran, asked, _) = session(offers("XOAUTH2", script), &newer()).await;
        let ran = ran.expect(Outcome::Failed, "oauth_token_refused");
        assert_eq!((ran.reply(), asked), (format!("535 5.7.8 first {GOOGLE}").as_str(), vec![false, true]));
    }
    let both = [refuses("XOAUTH2", "535 first\r\n421 4.7.0 closing\r\n"), vec![Act::Close]].concat();
    let (ran, ..) = session(offers("XOAUTH2", both), &newer()).await;
    assert!(ran.expect(Outcome::Failed, "oauth_token_refused").reply().starts_with("535 first"));
}

#[tokio::test]
async fn a_new_token_that_is_not_issued_is_what_counts() {
    let answers = [TokenAnswer::token(TOKEN, 60), TokenAnswer::error(400, "invalid_grant", "revoked")];
    let (ran, asked, heard) = session(offers("XOAUTH2", refuses("XOAUTH2", "535 no\r\n")), &answers).await;
    let ran = ran.expect(Outcome::Failed, "token_refused");
    assert_eq!((ran.meaning(), ran.reply()), ("token_revoked", "400 invalid_grant: revoked"));
    assert_eq!(asked, [false, true]);
    assert!(heard.ends_with("QUIT\r\n"), "{heard}");
}

#[tokio::test]
async fn what_servers_say_to_a_token() {
    let mut read = BTreeSet::new();
    let refused = "oauth_token_refused";
    let rows: &[(&str, &str, &str, FaultClass)] = &[
        ("535 5.7.3 Authentication unsuccessful", refused, "oauth_mailbox_denied", Permanent),
        (
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.",
            refused,
            "smtp_auth_disabled",
            Permanent,
        ),
        (
            "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria.",
            refused,
            "security_defaults",
            Permanent,
        ),
        ("535 5.7.8 Username and Password not accepted. BadCredentials - gsmtp", refused, refused, Permanent),
        ("535 the moon is in the wrong house", refused, refused, Permanent),
        ("550 5.7.99 no", refused, refused, Permanent),
        ("550 5.7.0 too many AUTH commands", refused, "auth_too_many_attempts", Temporary),
        ("503 5.5.1 Error: authentication not enabled", refused, "auth_only_after_tls", Settings),
        ("454 4.7.0 Temporary authentication failure", "auth_temporary", "auth_temporary", Temporary),
        ("504 5.7.4 Unrecognized authentication type", "auth_no_mechanism", "auth_mechanism_disabled", Settings),
        ("421 4.7.0 later", "service_refused", "auth_temporary", Temporary),
    ];
    for (line, cause, meaning, class) in rows {
        let script = offers("XOAUTH2", answer("AUTH", &format!("{line}\r\n")));
        let (ran, asked, _) = session(script, &same()).await;
        let ran = ran.expect(Outcome::Failed, cause);
        assert_eq!((ran.meaning(), ran.reply(), ran.stage()), (*meaning, *line, Some(Step::Auth)), "{ran:#?}");
        assert_eq!(ran.done.diagnosis.map(|diagnosis| diagnosis.class), Some(*class), "{line}");
        // Only for a token that is refused itself another one is worth while.
        let again = line.starts_with("535") || line.starts_with("550");
        assert_eq!(asked.len(), if again { 2 } else { 1 }, "{line}");
        read.insert(*meaning);
    }
    let unplayed: Vec<_> = TOKEN_ROWS.iter().map(|row| row.code).filter(|code| !read.contains(code)).collect();
    assert_eq!(unplayed, [""; 0], "a row that nothing plays");
}
