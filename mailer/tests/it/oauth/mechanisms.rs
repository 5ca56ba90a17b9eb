//! What a server is shown: which mechanism, in how many lines, never in clear, and never in what people read.

use super::*;
use crate::{
    failures::{answer, greeted, reply},
    support::{run, run_with, tunnel},
};
use base64::prelude::BASE64_STANDARD;
use domain::{
    Host,
    connector::ConnectorKind,
    session_test::{Outcome, Step, TestMode},
};
use mailer::{Budget, KeptSession};
use testkit::{Act, Protection, ScriptedServer, SinkOptions, SmtpSink};
use tokio_util::sync::CancellationToken;

async fn sink(protection: Protection, mechanisms: &'static str, token: &str) -> SmtpSink {
    SmtpSink::start(SinkOptions {
        protection,
        tls: Some(good_tls()),
        tokens: vec![(MAILBOX.into(), token.into())],
        mechanisms,
        ..SinkOptions::default()
    })
    .await
}

#[tokio::test]
async fn each_mechanism_under_each_protection() {
    let protections = [
        (Protection::Implicit, Security::ImplicitTls),
        (Protection::StartTls, Security::StartTls),
        (Protection::None, Security::None),
    ];
    for (protection, security) in protections {
        for (offered, chosen) in [
            ("PLAIN LOGIN XOAUTH2", "XOAUTH2"),
            ("OAUTHBEARER XOAUTH2", "XOAUTH2"),
            ("LOGIN OAUTHBEARER", "OAUTHBEARER"),
        ] {
            let sink = sink(protection, offered, TOKEN).await;
            let (route, source, server) = route_with(sink.port(), security, &[TokenAnswer::token(TOKEN, 60)]).await;
            let ran = run(&route).await.expect(Outcome::Delivered, "");
            assert_eq!(sink.messages()[0].user.as_deref(), Some(MAILBOX));
            assert_eq!((source.asked(), server.forms().len()), (vec![false], 1));
            assert!(ran.transcript().contains(&format!("C auth AUTH {chosen} ***")), "{:?}", ran.transcript());
            let facts: Vec<_> = ran.facts(Step::Auth).into_iter().map(|fact| (fact.code, fact.params)).collect();
            assert_eq!(facts[0], ("mechanism".to_owned(), vec![chosen.to_owned(), offered.to_owned()]));
            assert_eq!(facts[1], ("user_name".to_owned(), vec![MAILBOX.to_owned()]));
            assert_eq!((facts[2].0.as_str(), facts.len()), ("token", 3));
            if protection != Protection::None {
                let clear = String::from_utf8_lossy(&sink.clear_bytes()).into_owned();
                assert!(!clear.contains("AUTH") && !clear.contains(MAILBOX), "{clear}");
            }
        }
    }
}

/// What a script heard said after `AUTH`, decoded.
fn shown(server: &ScriptedServer, mechanism: &str) -> String {
    let heard = String::from_utf8(server.recording().clear).expect("text");
    let line = heard.lines().find_map(|line| line.strip_prefix(&format!("AUTH {mechanism} "))).expect("a response");
    String::from_utf8(BASE64_STANDARD.decode(line).expect("base64")).expect("text")
}

#[tokio::test]
async fn the_words_of_each_mechanism() {
    for mechanism in ["XOAUTH2", "OAUTHBEARER"] {
        let script = [reply(&format!("250-mx\r\n250 AUTH {mechanism}\r\n")), answer("AUTH", "454 4.7.0 later\r\n")];
        let server = ScriptedServer::start(greeted(script.concat()), None).await;
        let (mut route, tokens, _endpoint) =
            route_with(server.port(), Security::None, &[TokenAnswer::token(TOKEN, 60)]).await;
        route.login = Some(AccountLogin::OAuth { user_name: "a=b,c@example.com".into(), tokens });
        run(&route).await.expect(Outcome::Failed, "auth_temporary");
        let port = server.port();
        let wanted = match mechanism {
            "XOAUTH2" => format!("user=a=b,c@example.com\u{1}auth=Bearer {TOKEN}\u{1}\u{1}"),
            _ => format!(
                "n,a=a=3Db=2Cc@example.com,\u{1}host=127.0.0.1\u{1}port={port}\u{1}auth=Bearer {TOKEN}\u{1}\u{1}"
            ),
        };
        assert_eq!(shown(&server, mechanism), wanted);
    }
}

/// A command line has 512 octets; what is longer waits until it is asked for.
#[tokio::test]
async fn a_long_token_goes_in_a_line_of_its_own() {
    let long = format!("{TOKEN}{}", "x".repeat(1500));
    for mechanism in ["XOAUTH2", "OAUTHBEARER"] {
        let sink = sink(Protection::None, mechanism, &long).await;
        let (route, _source, _server) = route_with(sink.port(), Security::None, &[TokenAnswer::token(&long, 60)]).await;
        let ran = run(&route).await.expect(Outcome::Delivered, "");
        let said: Vec<_> = ran.transcript().into_iter().filter(|line| line.contains(" auth ")).collect();
        let verb = format!("C auth AUTH {mechanism}");
        assert_eq!(said, [verb.as_str(), "S auth 334", "C auth ***", "S auth 235 2.7.0 welcome"]);
        let clear = String::from_utf8(sink.clear_bytes()).expect("text");
        assert!(clear.contains(&format!("AUTH {mechanism}\r\n")), "{clear}");
    }
}

#[tokio::test]
async fn a_server_that_ignores_the_initial_response_is_told_again() {
    let script = [
        reply("250-mx\r\n250 AUTH XOAUTH2\r\n"),
        answer("AUTH XOAUTH2 ", "334 \r\n"),
        answer("dXNlcj1", "235 ok\r\n"),
        answer("MAIL", "550 no\r\n"),
    ];
    let server = ScriptedServer::start(greeted(script.concat()), None).await;
    let (route, _source, _server) = route_with(server.port(), Security::None, &[TokenAnswer::token(TOKEN, 60)]).await;
    run(&route).await.expect(Outcome::Failed, "sender_refused");
}

#[tokio::test]
async fn no_token_before_tls() {
    // Behind a connector, a loopback address of ours says nothing of where the clear text goes.
    let script = vec![
        Act::Take(3),
        Act::Send(vec![5, 0]),
        Act::Take(16),
        Act::Send(vec![5, 0, 0, 1, 127, 0, 0, 1, 0, 25]),
        Act::send("220 mx\r\n"),
        Act::Expect("EHLO"),
        Act::send("250-mx\r\n250 AUTH XOAUTH2\r\n"),
    ];
    let connector = ScriptedServer::start(script, None).await;
    let (mut route, source, server) = route_with(2525, Security::None, &[TokenAnswer::token(TOKEN, 60)]).await;
    route.host = Host::parse("mail.test").expect("a host");
    route.tunnel = Some(tunnel(ConnectorKind::Socks5, connector.port()));
    run(&route).await.expect(Outcome::Failed, "password_in_clear");
    assert_eq!((source.asked(), server.forms()), (vec![], vec![]), "nobody was asked for a token");
    let heard = connector.recording().clear;
    assert!(!String::from_utf8_lossy(&heard).contains("AUTH"));
    // AUTH offered in clear, STARTTLS demanded: nothing before it, and nothing where it is not there.
    let server = ScriptedServer::start(greeted(reply("250-mx\r\n250 AUTH XOAUTH2\r\n")), None).await;
    let (route, source, _server) =
        route_with(server.port(), Security::StartTls, &[TokenAnswer::token(TOKEN, 60)]).await;
    run(&route).await.expect(Outcome::Failed, "starttls_not_offered");
    assert_eq!(source.asked(), [false; 0]);
}

#[tokio::test]
async fn no_mechanism_no_token() {
    for (offer, cause, params) in [
        ("250-mx\r\n250 AUTH PLAIN LOGIN\r\n", "auth_no_mechanism", vec!["PLAIN LOGIN", "oauth"]),
        ("250 mx\r\n", "auth_not_offered", vec![]),
    ] {
        let server = ScriptedServer::start(greeted(reply(offer)), None).await;
        let (route, source, endpoint) =
            route_with(server.port(), Security::None, &[TokenAnswer::token(TOKEN, 60)]).await;
        let ran = run(&route).await.expect(Outcome::Failed, cause);
        assert_eq!((ran.params(), source.asked(), endpoint.forms()), (params, vec![], vec![]));
    }
    // An account with a password is not let in by a token's mechanism.
    let server = ScriptedServer::start(greeted(reply("250-mx\r\n250 AUTH XOAUTH2\r\n")), None).await;
    let route = Route { login: Some(login()), ..route(server.port(), Security::None) };
    assert_eq!(run(&route).await.expect(Outcome::Failed, "auth_no_mechanism").params(), ["XOAUTH2"]);
}

/// A server that quotes what it was shown, in every form it can make of it: the token was not known when the session began.
#[tokio::test]
async fn a_server_that_quotes_the_token_shows_stars() {
    let encode = |text: &str| BASE64_STANDARD.encode(text);
    for (mechanism, bearer) in [
        ("XOAUTH2", format!("user={MAILBOX}\u{1}auth=Bearer {TOKEN}\u{1}\u{1}")),
        ("OAUTHBEARER", format!("n,a={MAILBOX},\u{1}host=127.0.0.1\u{1}port=25\u{1}auth=Bearer {TOKEN}\u{1}\u{1}")),
    ] {
        for quoted in [
            TOKEN.to_owned(),
            TOKEN.to_uppercase(),
            encode(TOKEN),
            encode(&bearer),
            encode(&format!("x{TOKEN}")),
            encode(&format!("xy{TOKEN}")),
            format!("Bearer {TOKEN}"),
        ] {
            let json = encode(&format!(r#"{{"status":"400","token":"{quoted}"}}"#));
            let script = [
                reply(&format!("250-mx\r\n250 AUTH {mechanism}\r\n")),
                answer("AUTH", &format!("334 {json}\r\n")),
                vec![Act::TakeHeader, Act::send(&format!("535 5.7.8 bad: {quoted}\r\n"))],
            ];
            let script = if mechanism == "XOAUTH2" {
                script.concat()
            } else {
                let script =
                    [&script[..2].concat()[..], &[Act::Expect("AQ=="), Act::send(&format!("535 bad: {quoted}\r\n"))]];
                script.concat()
            };
            let server = ScriptedServer::start(greeted(script), None).await;
            let (route, _source, _endpoint) =
                route_with(server.port(), Security::None, &[TokenAnswer::token(TOKEN, 60)]).await;
            // The harness looks for the secret in everything that was told.
            let ran = run(&route).await.expect(Outcome::Failed, "oauth_token_refused");
            let all = format!("{:?}", ran.events);
            assert!(all.contains("bad: ") && all.contains("***"), "{quoted}: {all}");
            for piece in [encode(TOKEN), encode(&format!("x{TOKEN}")), encode(&format!("xy{TOKEN}"))] {
                assert!(!all.contains(&piece[12..28]), "{quoted}: {all}");
            }
        }
    }
}

/// Over a kept connection no token is asked for again, and it stays masked.
#[tokio::test]
async fn a_kept_connection_keeps_its_mask() {
    let script = [
        reply("250-mx\r\n250 AUTH XOAUTH2\r\n"),
        answer("AUTH", "235 ok\r\n"),
        answer("MAIL", "550 no\r\n"),
        answer("RSET", "250 ok\r\n"),
        answer("MAIL", &format!("550 no: {TOKEN}\r\n")),
        answer("RSET", "250 ok\r\n"),
    ];
    let server = ScriptedServer::start(greeted(script.concat()), None).await;
    let (route, source, _endpoint) = route_with(server.port(), Security::None, &[TokenAnswer::token(TOKEN, 60)]).await;
    let mut kept: Option<KeptSession> = None;
    for reply in ["550 no", "550 no: ***"] {
        let cancel = CancellationToken::new();
        let delivery =
            mailer().deliver_kept(&route, &outgoing(), budget(), &|_| {}, &cancel, async { true }, &mut kept).await;
        assert_eq!(delivery.done.diagnosis.map(|diagnosis| diagnosis.reply).as_deref(), Some(reply));
    }
    assert_eq!((source.asked(), kept.map(|kept| kept.messages())), (vec![false], Some(2)));
}

#[tokio::test]
async fn stopped_while_it_waits_for_its_token() {
    let sink = sink(Protection::None, "XOAUTH2", TOKEN).await;
    let (route, source, _server) = route_with(sink.port(), Security::None, &[TokenAnswer::silence()]).await;
    let cancel = CancellationToken::new();
    let (mailer, mail) = (mailer(), outgoing());
    let stop = async {
        while source.asked().is_empty() {
            tokio::task::yield_now().await;
        }
        cancel.cancel();
    };
    let session = run_with(&mailer, &route, &mail, TestMode::Send, Budget::test(), &cancel);
    let (ran, ()) = tokio::join!(session, stop);
    ran.expect(Outcome::Cancelled, "cancelled");
}
