//! Settings found by asking a domain: a name server and a web server on loopback, and what they say or don't.

use crate::harness::{World, actor, settings};
use domain::{Failure, Port, Role, account::Security, discovery::Discovery};
use service::Settings;
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use testkit::{Act, Authority, Leaf, NameServer, ScriptedServer, Zone};

const FILE: &str = r#"<clientConfig version="1.1"><emailProvider id="mail.test">
    <outgoingServer type="smtp"><hostname>smtp.mail.test</hostname><port>465</port><socketType>SSL</socketType>
    <username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication></outgoingServer>
    </emailProvider></clientConfig>"#;

const DOMAIN: &str = "mail.test";

/// A service that asks this name server, and finds the web where `https` says.
async fn world(names: &NameServer, https: Option<(u16, &Authority)>) -> World {
    let directory = tempfile::tempdir().expect("a directory");
    let mut settings = Settings { resolver: Some(names.address()), ..settings(&directory) };
    if let Some((port, authority)) = https {
        settings.https = Port::new(port).expect("a port");
        settings.extra_roots = Some(pem(&directory, authority));
    }
    World::open(directory, settings).await
}

fn pem(directory: &TempDir, authority: &Authority) -> PathBuf {
    let path = directory.path().join("ca.pem");
    std::fs::write(&path, authority.pem()).expect("writes");
    path
}

/// A web server that gives each answer in turn.
async fn web(authority: &Authority, status: &str, body: &str) -> ScriptedServer {
    let answer = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let script = vec![Act::StartTls, Act::TakeHeader, Act::send(&answer)];
    ScriptedServer::start(script, Some(authority.issue(Leaf::Good).config())).await
}

/// Host, port, protection, user name, source of each, then who was silent.
fn lines(told: &Discovery) -> Vec<String> {
    let found = told.found.iter().map(|found| {
        let settings = &found.settings;
        let security = settings.security.map(Security::code).unwrap_or_default();
        let (host, user_name) = (settings.host.as_deref().unwrap_or("-"), found.user_name.as_deref().unwrap_or("-"));
        let outside = if found.outside { " outside" } else { "" };
        format!("{host}:{} {security} {user_name} {}{outside}", settings.port.unwrap_or(0), found.source.code())
    });
    let silent = told.silent.iter().map(|silent| format!("{} {}", silent.source.code(), silent.code));
    found.chain(silent).collect()
}

#[tokio::test]
async fn what_a_domain_publishes_is_proposed_in_its_order() {
    let authority = Authority::new("Postroom test CA");
    let server = web(&authority, "200 OK", FILE).await;
    let zone = Zone::default()
        .a(DOMAIN, [127, 0, 0, 1])
        .srv("_submissions._tcp.mail.test", [10, 0, 465], "second.mail.test")
        .srv("_submissions._tcp.mail.test", [0, 5, 465], "first.mail.test")
        .srv("_submission._tcp.mail.test", [0, 0, 587], "relay.elsewhere.test");
    let names = NameServer::start(zone).await;
    let world = world(&names, Some((server.port(), &authority))).await;
    let told = world.service.discover(&world.admin, " ann@MAIL.test ").await.expect("an answer");
    assert_eq!(
        lines(&told),
        [
            "first.mail.test:465 implicit_tls ann@mail.test srv_submissions",
            "second.mail.test:465 implicit_tls ann@mail.test srv_submissions",
            "relay.elsewhere.test:587 starttls ann@mail.test srv_submission outside",
            "smtp.mail.test:465 implicit_tls ann autoconfig",
        ]
    );
    let asked = String::from_utf8(server.recording().protected).expect("text");
    assert!(asked.starts_with("GET /.well-known/autoconfig/mail/config-v1.1.xml HTTP/1.1\r\n"), "{asked}");
    let asked = names.asked();
    for name in ["SRV _submissions._tcp.mail.test", "SRV _submission._tcp.mail.test", "A autoconfig.mail.test"] {
        assert!(asked.iter().any(|line| line.ends_with(name)), "{name}: {asked:?}");
    }
    assert!(asked.iter().all(|line| line.ends_with(DOMAIN)), "nobody else was asked about: {asked:?}");
}

#[tokio::test]
async fn the_domains_own_autoconfig_host_is_told_the_address() {
    // An address in the query, as the format has it, with what can't stand there bare.
    let zone =
        Zone::default().cname("autoconfig.mail.test", "localhost.mail.test").a("localhost.mail.test", [127, 0, 0, 1]);
    let names = NameServer::start(zone).await;
    let authority = Authority::new("Postroom test CA");
    let server = web(&authority, "200 OK", FILE).await;
    let world = world(&names, Some((server.port(), &authority))).await;
    let told = world.service.discover(&world.admin, "a+b@mail.test").await.expect("an answer");
    assert_eq!(lines(&told), [""; 0], "its certificate is for another name, and that is nobody's answer");
}

#[tokio::test]
async fn what_is_no_settings_file_proposes_nothing() {
    for (status, body) in [
        ("404 Not Found", FILE),
        ("200 OK", "<html><body>Welcome<br></body></html>"),
        ("200 OK", ""),
        ("302 Found\r\nLocation: http://mail.test/plain.xml", ""),
    ] {
        let authority = Authority::new("Postroom test CA");
        let server = web(&authority, status, body).await;
        let names = NameServer::start(Zone::default().a(DOMAIN, [127, 0, 0, 1])).await;
        let world = world(&names, Some((server.port(), &authority))).await;
        let told = world.service.discover(&world.admin, "ann@mail.test").await.expect("an answer");
        assert_eq!(lines(&told), [""; 0], "{status} {body}");
    }
}

#[tokio::test]
async fn a_service_that_is_not_offered_is_not_proposed() {
    let zone = Zone::default().srv("_submissions._tcp.mail.test", [0, 0, 0], ".").srv(
        "_submission._tcp.mail.test",
        [0, 0, 587],
        "relay.mail.test",
    );
    let names = NameServer::start(zone).await;
    let world = world(&names, None).await;
    let told = world.service.discover(&world.admin, "ann@mail.test").await.expect("an answer");
    assert_eq!(lines(&told), ["relay.mail.test:587 starttls ann@mail.test srv_submission"]);
}

#[tokio::test]
async fn a_known_provider_is_proposed_whatever_its_domain_says() {
    let names = NameServer::start(Zone::default()).await;
    let world = world(&names, None).await;
    let told = world.service.discover(&world.admin, "ana@uol.com.br").await.expect("an answer");
    assert_eq!(lines(&told), ["smtps.uol.com.br:587 starttls ana preset"]);
}

#[tokio::test]
async fn who_does_not_answer_is_named() {
    let zone = Zone::default()
        .a(DOMAIN, [169, 254, 169, 254])
        .failing("_submissions._tcp.mail.test")
        .srv("_submission._tcp.mail.test", [0, 0, 587], "relay.mail.test")
        .failing("autoconfig.mail.test");
    let names = NameServer::start(zone).await;
    let world = world(&names, None).await;
    let told = world.service.discover(&world.admin, "ann@mail.test").await.expect("an answer");
    assert_eq!(
        lines(&told),
        [
            "relay.mail.test:587 starttls ann@mail.test srv_submission",
            "srv_submissions name_server",
            "autoconfig name_server",
            "autoconfig forbidden",
        ]
    );
}

#[tokio::test]
async fn nobody_is_waited_for_without_end() {
    let authority = Authority::new("Postroom test CA");
    let script = vec![Act::StartTls, Act::TakeHeader, Act::Hang];
    let server = ScriptedServer::start(script, Some(authority.issue(Leaf::Good).config())).await;
    let zone = Zone::default()
        .a(DOMAIN, [127, 0, 0, 1])
        .silent("_submissions._tcp.mail.test")
        .silent("_submission._tcp.mail.test");
    let names = NameServer::start(zone).await;
    let world = world(&names, Some((server.port(), &authority))).await;
    let begun = Instant::now();
    let told = world.service.discover(&world.admin, "ann@mail.test").await.expect("an answer");
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    assert_eq!(lines(&told), ["srv_submissions name_server", "srv_submission name_server", "autoconfig web_server"]);
}

#[tokio::test]
async fn who_may_change_accounts_may_ask_and_an_address_has_a_domain() {
    let names = NameServer::start(Zone::default()).await;
    let world = world(&names, None).await;
    for role in [Role::Viewer, Role::Operator] {
        let refused = world.service.discover(&actor(role), "ann@mail.test").await;
        assert_eq!(refused, Err(Failure::Forbidden), "{role:?}");
    }
    for (address, code) in [("", "required"), ("ann", "email_missing"), ("ann@[127.0.0.1]", "email_domain")] {
        let Err(Failure::Invalid { errors }) = world.service.discover(&world.admin, address).await else {
            panic!("{address} was asked about");
        };
        let wrong: Vec<_> = errors.0.iter().map(|error| (error.field.as_str(), error.code.as_str())).collect();
        assert_eq!(wrong, [("address", code)]);
    }
    assert_eq!(names.asked(), [""; 0]);
}
