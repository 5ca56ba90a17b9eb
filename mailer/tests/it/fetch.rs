//! A file of the web: fetched from a server that is named, trusted and allowed, and from no other.

use crate::support::{TRUSTED, good_tls, mailer, names, policy};
use mailer::{DestinationPolicy, FetchRules, Mailer};
use std::time::Duration;
use testkit::{Act, Authority, Leaf, ScriptedServer};

const FILE: &str = "version: STSv1\n";

fn answer(head: &str, body: &str) -> Vec<Act> {
    let length = body.len();
    vec![Act::TakeHeader, Act::send(&format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\n\r\n{body}"))]
}

fn secure(script: Vec<Act>) -> Vec<Act> {
    [vec![Act::StartTls], script].concat()
}

/// The body, or the error's code.
async fn fetch(mailer: &Mailer, url: &str, rules: FetchRules) -> Result<(u16, String), String> {
    let (_server, names) = names().await;
    match mailer.fetch(url, rules, &names).await {
        Ok(file) => Ok((file.status, String::from_utf8(file.body).expect("text"))),
        Err(error) => Err(error.code().to_owned()),
    }
}

#[tokio::test]
async fn a_file_over_tls() {
    let server =
        ScriptedServer::start(secure(answer("200 OK\r\nContent-Type: text/plain", FILE)), Some(good_tls())).await;
    let url = format!("https://mail.test:{}/.well-known/mta-sts.txt?x=1", server.port());
    let got = fetch(&mailer(), &url, FetchRules::default()).await;
    assert_eq!(got, Ok((200, FILE.to_owned())));
    let asked = String::from_utf8(server.recording().protected).expect("text");
    assert!(asked.starts_with("GET /.well-known/mta-sts.txt?x=1 HTTP/1.1\r\n"), "{asked}");
    assert!(asked.to_ascii_lowercase().contains(&format!("\r\nhost: mail.test:{}\r\n", server.port())), "{asked}");
}

#[tokio::test]
async fn what_the_server_says_is_bounded() {
    let long = "x".repeat(64 * 1024 + 1);
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n";
    let header = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "y".repeat(70_000));
    for (script, wanted) in [
        (answer("404 Not Found", "no"), Ok((404, "no".to_owned()))),
        (vec![Act::TakeHeader, Act::send(chunked)], Ok((200, "abcd".to_owned()))),
        // Cut off without TLS's goodbye, nobody knows whether that was all.
        (vec![Act::TakeHeader, Act::send("HTTP/1.0 200 OK\r\n\r\nto the end"), Act::Close], Err("not_http".to_owned())),
        (answer("200 OK", &long), Err("too_large".to_owned())),
        (
            vec![Act::TakeHeader, Act::send("HTTP/1.1 200 OK\r\n\r\n"), Act::Flood(vec![b'x'; 4096])],
            Err("too_large".to_owned()),
        ),
        (vec![Act::TakeHeader, Act::send(&header)], Err("not_http".to_owned())),
        (vec![Act::TakeHeader, Act::send("220 mail.test ESMTP\r\n")], Err("not_http".to_owned())),
        (vec![Act::TakeHeader, Act::Close], Err("not_http".to_owned())),
    ] {
        let server = ScriptedServer::start(secure(script), Some(good_tls())).await;
        let url = format!("https://mail.test:{}/", server.port());
        assert_eq!(fetch(&mailer(), &url, FetchRules::default()).await, wanted);
    }
}

#[tokio::test]
async fn who_says_nothing_is_not_waited_for() {
    let server = ScriptedServer::start(vec![Act::StartTls, Act::TakeHeader, Act::Hang], Some(good_tls())).await;
    let url = format!("https://mail.test:{}/", server.port());
    let rules = FetchRules { limit: Duration::from_millis(500), ..FetchRules::default() };
    assert_eq!(fetch(&mailer(), &url, rules).await, Err("timeout".to_owned()));
}

#[tokio::test]
async fn certificates_count() {
    let stranger = Authority::new("A stranger");
    for (config, host, wanted) in [
        (stranger.issue(Leaf::Good).config(), "mail.test", "certificate_unknown_issuer"),
        (TRUSTED.issue(Leaf::Expired).config(), "mail.test", "certificate_expired"),
        (TRUSTED.issue(Leaf::Good).config(), "other.test", "certificate_wrong_name"),
    ] {
        let server = ScriptedServer::start(secure(answer("200 OK", FILE)), Some(config)).await;
        let url = format!("https://{host}:{}/", server.port());
        assert_eq!(fetch(&mailer(), &url, FetchRules::default()).await, Err(wanted.to_owned()), "{host}");
    }
}

#[tokio::test]
async fn redirects_only_where_they_are_allowed() {
    let target = ScriptedServer::start(answer("200 OK", FILE), None).await;
    let there = format!("302 Found\r\nLocation: http://mail.test:{}/there", target.port());
    let plain = |redirects| FetchRules { redirects, plain: true, ..FetchRules::default() };
    let url = |server: &ScriptedServer| format!("http://mail.test:{}/here", server.port());
    let first = ScriptedServer::start(answer(&there, ""), None).await;
    assert_eq!(fetch(&mailer(), &url(&first), plain(0)).await, Err("redirected".to_owned()));
    assert_eq!(fetch(&mailer(), &url(&first), plain(1)).await, Ok((200, FILE.to_owned())));
    // Round and round.
    let again = ScriptedServer::start(answer("302 Found\r\nLocation: /here", ""), None).await;
    assert_eq!(fetch(&mailer(), &url(&again), plain(3)).await, Err("redirected".to_owned()));
    // From what is vouched for to what is not.
    let down = ScriptedServer::start(secure(answer(&there, "")), Some(good_tls())).await;
    let rules = FetchRules { redirects: 3, ..FetchRules::default() };
    assert_eq!(fetch(&mailer(), &format!("https://mail.test:{}/", down.port()), rules).await, Err("url".to_owned()));
    // A redirect is a destination like any other.
    let inside = ScriptedServer::start(answer("302 Found\r\nLocation: http://metadata.test/", ""), None).await;
    assert_eq!(fetch(&mailer(), &url(&inside), plain(1)).await, Err("destination_forbidden".to_owned()));
}

#[tokio::test]
async fn the_policy_judges_each_address() {
    let server = ScriptedServer::start(answer("200 OK", FILE), None).await;
    let rules = FetchRules { plain: true, ..FetchRules::default() };
    for (policy, url, wanted) in [
        (policy(), "http://metadata.test/".to_owned(), "destination_forbidden"),
        (policy(), "http://169.254.169.254/".to_owned(), "destination_forbidden"),
        (DestinationPolicy::default(), "http://mail.test/".to_owned(), "destination_forbidden"),
        (DestinationPolicy::default(), format!("http://mail.test:{}/", server.port()), "destination_forbidden"),
        (policy(), "http://nowhere.test/".to_owned(), "no_such_name"),
        (policy(), "http://broken.test/".to_owned(), "failed"),
    ] {
        assert_eq!(fetch(&Mailer::new(policy), &url, rules).await, Err(wanted.to_owned()), "{url}");
    }
    assert!(server.recording().clear.is_empty(), "nothing was dialled");
}
