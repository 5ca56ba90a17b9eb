//! Why there is no token: each fault of an endpoint, met by a session that waits for its token.

use super::*;
use crate::support::{Ran, run, run_budget};
use domain::{
    diagnosis::table::ENDPOINT_ROWS,
    session_test::{
        FaultClass::{self, Permanent, Settings, Temporary},
        Outcome, Step,
    },
};
use mailer::{Budget, DestinationPolicy};
use std::collections::BTreeSet;
use testkit::{Act, Authority, Leaf, ScriptedServer, SinkOptions, SmtpSink};

async fn sink() -> SmtpSink {
    SmtpSink::start(SinkOptions {
        tokens: vec![(MAILBOX.into(), TOKEN.into())],
        mechanisms: "XOAUTH2",
        ..SinkOptions::default()
    })
    .await
}

/// A session that never got its token: nothing but EHLO and QUIT was said.
async fn check(url: &str, (cause, meaning, class): (&str, &str, FaultClass), reply: &str) -> Ran {
    let sink = sink().await;
    let source = Source::of(url, client_credentials());
    let ran = run(&bearing(sink.port(), Security::None, &source)).await.expect(Outcome::Failed, cause);
    let diagnosis = ran.done.diagnosis.clone().expect("a diagnosis");
    assert_eq!((ran.meaning(), diagnosis.class, ran.stage()), (meaning, class, Some(Step::Auth)), "{ran:#?}");
    assert_eq!((ran.reply(), diagnosis.enhanced), (reply, None), "{ran:#?}");
    assert_eq!(source.asked(), [false]);
    assert_eq!(String::from_utf8(sink.clear_bytes()).expect("text"), "EHLO client.test\r\nQUIT\r\n");
    ran
}

#[tokio::test]
async fn what_endpoints_refuse() {
    let mut read = BTreeSet::new();
    for (status, error, description, meaning) in [
        (
            401,
            "invalid_client",
            "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value.\r\nTrace ID: 0a 5.7.1",
            "token_client_secret",
        ),
        (401, "invalid_client", "AADSTS7000222: The provided client secret keys are expired.", "token_client_secret"),
        (
            400,
            "unauthorized_client",
            "AADSTS700016: Application with identifier 'x' was not found.",
            "token_unknown_app",
        ),
        (400, "invalid_request", "AADSTS90002: Tenant 'x' not found.", "token_unknown_app"),
        (
            400,
            "invalid_request",
            "AADSTS900023: Specified tenant identifier 'x' is neither a DNS name.",
            "token_unknown_app",
        ),
        (400, "invalid_grant", "AADSTS65001: The user or administrator has not consented.", "token_consent"),
        (400, "invalid_grant", "Token has been expired or revoked.", "token_revoked"),
        (400, "invalid_grant", "", "token_revoked"),
        (400, "invalid_grant", "Invalid JWT Signature.", "token_assertion"),
        (400, "invalid_grant", "Invalid email or User ID", "token_assertion"),
        (401, "invalid_client", "The OAuth client was not found.", "token_client_refused"),
        (401, "unauthorized_client", "Client is unauthorized to retrieve access tokens.", "token_grant_refused"),
        (400, "unsupported_grant_type", "", "token_grant_refused"),
        (400, "invalid_scope", "Some requested scopes were invalid.", "token_scope"),
    ] {
        let server = endpoint([TokenAnswer::error(status, error, description)]).await;
        let words = description.replace("\r\n", " ");
        let reply = [format!("{status} {error}"), words].join(": ");
        let ran =
            check(&server.url("mail.test"), ("token_refused", meaning, Permanent), reply.trim_end_matches(": ")).await;
        assert_eq!(ran.params(), ["mail.test", error]);
        read.insert(meaning);
    }
    assert_eq!(read, ENDPOINT_ROWS.iter().map(|row| row.code).collect(), "a row that nothing plays");
    for (answer, reply, param) in [
        (
            TokenAnswer::error(400, "invalid_request", "503 5.7.3 535"),
            "400 invalid_request: 503 5.7.3 535",
            "invalid_request",
        ),
        (TokenAnswer::json(200, r#"{"error":"bad","access_token":"s3cret"}"#), "200 bad", "bad"),
        (TokenAnswer::json(403, r#"{"error":{"status":"DENIED","message":"no"}}"#), "403 DENIED: no", "DENIED"),
        (TokenAnswer::json(403, r#"{"message":"no"}"#), "403", "403"),
    ] {
        let server = endpoint([answer]).await;
        let ran = check(&server.url("mail.test"), ("token_refused", "token_refused", Settings), reply).await;
        assert_eq!(ran.params(), ["mail.test", param]);
    }
}

#[tokio::test]
async fn what_endpoints_can_not_do_now() {
    for (answer, reply, param) in [
        (TokenAnswer::new("503 Unavailable\r\nContent-Type: text/html", "<p>down</p>"), "503", "503"),
        (TokenAnswer::new("500 Oops", ""), "500", "500"),
        (TokenAnswer::error(429, "too_many", "slower"), "429 too_many: slower", "too_many"),
        (
            TokenAnswer::error(400, "temporarily_unavailable", ""),
            "400 temporarily_unavailable",
            "temporarily_unavailable",
        ),
    ] {
        let server = endpoint([answer]).await;
        let ran = check(&server.url("mail.test"), ("token_temporary", "token_temporary", Temporary), reply).await;
        assert_eq!(ran.params(), ["mail.test", param]);
    }
}

#[tokio::test]
async fn what_is_no_token_endpoint() {
    let long = format!(r#"{{"access_token":"{}"}}"#, "x".repeat(64 * 1024));
    let html = TokenAnswer::new("200 OK\r\nContent-Type: text/html; charset=utf-8", "<html>s3cret</html>");
    for (answer, reply, reason) in [
        (html, "200 text/html; charset=utf-8", "not_json"),
        (TokenAnswer::new("404 Not Found\r\nContent-Type: text/plain", "no"), "404 text/plain", "not_json"),
        (TokenAnswer::json(200, "{}"), "200", "no_token"),
        (TokenAnswer::json(200, &long), "", "too_large"),
        (TokenAnswer::new("nonsense", ""), "", "not_http"),
    ] {
        let server = endpoint([answer]).await;
        let ran = check(&server.url("mail.test"), ("token_protocol", "token_protocol", Settings), reply).await;
        assert_eq!(ran.params(), ["mail.test", reason]);
    }
    for url in ["http://mail.test/token", "https://ann@mail.test/", "mail.test", ""] {
        let ran = check(url, ("token_protocol", "token_protocol", Settings), "").await;
        assert_eq!(ran.params().last(), Some(&"url"), "{url}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = endpoint([TokenAnswer::token(TOKEN, 60)]).await;
    for status in ["302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let there = format!("{status}\r\nLocation: {}?s3cret", target.url("mail.test"));
        let server = endpoint([TokenAnswer::new(&there, "")]).await;
        let ran = check(&server.url("mail.test"), ("token_protocol", "token_protocol", Settings), "").await;
        assert_eq!(ran.params(), ["mail.test", "redirected"]);
    }
    assert_eq!(target.forms(), [], "what was meant for one place went to another");
}

#[tokio::test]
async fn endpoints_out_of_reach() {
    let unreachable = ("token_unreachable", "token_unreachable", Temporary);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let cut = ScriptedServer::start(vec![Act::StartTls, Act::TakeHeader, Act::Close], Some(good_tls())).await;
    for (url, inner) in [
        (format!("https://mail.test:{port}/"), "connection_refused"),
        (format!("https://mail.test:{}/", cut.port()), "connection_closed"),
        ("https://nowhere.test/".to_owned(), "host_not_found"),
        ("https://broken.test/".to_owned(), "resolver_failed"),
    ] {
        let ran = check(&url, unreachable, "").await;
        assert_eq!(ran.params()[1], inner, "{url}");
    }
    for url in ["https://metadata.test/", "https://169.254.169.254/"] {
        let ran = check(url, ("destination_forbidden", "destination_forbidden", Settings), "").await;
        assert_eq!(ran.params().len(), 1, "{url}");
    }
    let default = Mailer::with_extra_roots(DestinationPolicy::default(), vec![TRUSTED.certificate()]);
    let server = endpoint([TokenAnswer::token(TOKEN, 60)]).await;
    let asked = request(&server.url("mail.test"), "", client_credentials());
    let fault = fetch_with(&default, &asked, Duration::from_secs(5)).await.expect_err("forbidden");
    assert_eq!((fault.cause.code(), server.forms()), ("destination_forbidden", vec![]));
}

#[tokio::test]
async fn certificates_count() {
    let stranger = Authority::new("A stranger");
    for (config, host, inner) in [
        (stranger.issue(Leaf::Good).config(), "mail.test", "certificate_unknown_issuer"),
        (TRUSTED.issue(Leaf::Expired).config(), "mail.test", "certificate_expired"),
        (TRUSTED.issue_for(&["mail.test"]).config(), "other.test", "certificate_wrong_name"),
    ] {
        let server = TokenServer::start(config, [TokenAnswer::token(TOKEN, 60)]).await;
        let ran = check(&server.url(host), ("token_certificate", "token_certificate", Settings), "").await;
        assert_eq!((ran.params(), server.forms()), (vec![host, inner], vec![]));
    }
    let plain = ScriptedServer::start(vec![Act::send("220 mail.test ESMTP\r\n"), Act::Hang], None).await;
    let url = format!("https://mail.test:{}/", plain.port());
    let ran = check(&url, ("token_certificate", "token_certificate", Settings), "").await;
    assert_eq!(ran.params(), ["mail.test", "tls_plaintext_port"]);
}

#[tokio::test]
async fn who_says_nothing_is_not_waited_for() {
    let silent = endpoint([TokenAnswer::silence()]).await;
    let limit = Duration::from_secs(1);
    let asked = request(&silent.url("mail.test"), "", client_credentials());
    let fault = fetch_with(&mailer(), &asked, limit).await.expect_err("no answer");
    assert_eq!((fault.cause.code(), fault.params), ("token_timeout", vec!["mail.test".to_owned(), "1".to_owned()]));
    // No handshake, an endless answer: the same end.
    let mute = ScriptedServer::start(vec![Act::Freeze], None).await;
    let drip = Act::Drip(b"HTTP/1.1 200 OK\r\n".repeat(100), Duration::from_millis(50));
    let slow = ScriptedServer::start(vec![Act::StartTls, Act::TakeHeader, drip], Some(good_tls())).await;
    for server in [mute, slow] {
        let asked = request(&format!("https://mail.test:{}/", server.port()), "", client_credentials());
        let fault = fetch_with(&mailer(), &asked, limit).await.expect_err("no answer");
        assert_eq!(fault.cause.code(), "token_timeout");
    }
    // A source that takes longer than a session waits.
    let sink = sink().await;
    let source = Source::of(&silent.url("mail.test"), client_credentials());
    let budget = Budget { token: Duration::from_secs(1), ..budget() };
    let ran = run_budget(&bearing(sink.port(), Security::None, &source), budget).await;
    let ran = ran.expect(Outcome::Failed, "token_timeout");
    assert_eq!((ran.params(), ran.stage()), (vec!["", "1"], Some(Step::Auth)));
    assert!(ran.done.ms < 4000, "{} ms", ran.done.ms);
}

#[tokio::test]
async fn a_key_that_can_not_sign() {
    let server = endpoint([TokenAnswer::token(TOKEN, 60)]).await;
    let last = RSA_KEY.lines().last().expect("lines");
    let ec =
        "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----\n";
    for key in ["", "s3cret", &RSA_KEY.replace(last, ""), &RSA_KEY.replace(" PRIVATE", " RSA PRIVATE"), ec] {
        let asked = request(&server.url("mail.test"), "", service_account(key));
        let fault = fetch(&asked).await.expect_err("no key");
        assert_eq!(fault.to_string().trim_end(), "token_key []");
    }
    assert_eq!(server.forms(), []);
}

/// An endpoint that quotes what it was sent, in every form it can make of it.
#[tokio::test]
async fn an_endpoint_that_quotes_a_secret_shows_stars() {
    let url = |text: &str| {
        text.replace('&', "%26").replace('+', "%2b").replace('/', "%2F").replace('~', "%7E").replace(' ', "+")
    };
    let quotes = [
        CLIENT_SECRET.to_owned(),
        CLIENT_SECRET.to_uppercase(),
        url(CLIENT_SECRET),
        base64::prelude::BASE64_STANDARD.encode(CLIENT_SECRET),
        base64::prelude::BASE64_STANDARD.encode(format!("app-1:{CLIENT_SECRET}")),
    ];
    for quoted in quotes {
        let server =
            endpoint([TokenAnswer::error(400, "invalid_client", &format!("bad secret {quoted}, sorry"))]).await;
        let meant = ("token_refused", "token_client_refused", Permanent);
        let ran = check(&server.url("mail.test"), meant, "400 invalid_client: bad secret ***, sorry").await;
        assert!(!format!("{ran:?}").contains(&quoted), "{quoted}");
        let server = endpoint([TokenAnswer::error(400, &format!("no {quoted}"), "")]).await;
        let ran = check(&server.url("mail.test"), ("token_refused", "token_refused", Settings), "400 no ***").await;
        assert_eq!(ran.params(), ["mail.test", "no ***"]);
    }
    let server = endpoint([TokenAnswer::error(400, "invalid_grant", "Invalid JWT: <assertion> is not good")]).await;
    let fault = fetch(&request(&server.url("mail.test"), "", service_account(RSA_KEY))).await.expect_err("refused");
    assert_eq!(fault.answer, "400 invalid_grant: Invalid JWT: *** is not good");
    // Cut only when nothing is left to be masked.
    let server = endpoint([TokenAnswer::error(400, "x", &format!("{} <refresh_token>", "y".repeat(480)))]).await;
    let fault = fetch(&request(&server.url("mail.test"), "", refresh_token(None))).await.expect_err("refused");
    assert!(fault.answer.chars().count() <= 500 && fault.answer.ends_with(" ***"), "{fault}");
    let server = endpoint([TokenAnswer::error(400, "x", &"y".repeat(10_000))]).await;
    let fault = fetch(&request(&server.url("mail.test"), "", refresh_token(None))).await.expect_err("refused");
    assert_eq!(fault.answer.chars().count(), 500);
}
