//! What connectors do wrong, and that it is always the connector that is named.

use crate::support::*;
use domain::{
    Host,
    account::Security,
    connector::ConnectorKind,
    session_test::{Outcome, Step, StepState},
};
use mailer::{Budget, Login, Route};
use std::time::Duration;
use testkit::{Act, Connector, ConnectorOptions, ScriptedServer, Unheard};

fn through(kind: ConnectorKind, port: u16, user: Option<&str>) -> Route {
    let mut route = route(2525, Security::None);
    route.host = Host::parse("mail.test").expect("a host");
    let mut tunnel = tunnel(kind, port);
    tunnel.login = user.map(|user| Login { user_name: user.into(), secret: "s3cret-key".into() });
    route.tunnel = Some(tunnel);
    route
}

async fn check(kind: ConnectorKind, script: Vec<Act>, user: Option<&str>, code: &str, reason: &str, stage: Step) {
    let server = ScriptedServer::start(script.clone(), None).await;
    let route = through(kind, server.port(), user);
    let ran = run(&route).await;
    let name = format!("127.0.0.1:{}", server.port());
    let wanted: Vec<&str> = [name.as_str(), reason].into_iter().filter(|param| !param.is_empty()).collect();
    assert_eq!((ran.code(), ran.params(), ran.stage()), (code, wanted, Some(stage)), "{script:?}: {ran:#?}");
    server.closed().await;
    let heard = server.recording().clear;
    assert!(!crate::delivery::contains(&heard, b"EHLO"), "no SMTP is spoken to a connector");
}

const SOCKS: ConnectorKind = ConnectorKind::Socks5;

fn bytes(bytes: &[u8]) -> Act {
    Act::Send(bytes.to_vec())
}

/// SOCKS5 (RFC 1928): the method chosen.
fn method(method: u8) -> Vec<Act> {
    vec![Act::Take(3), bytes(&[5, method])]
}

/// The answer to the request.
fn asked(reply: &[u8]) -> Vec<Act> {
    [method(0), vec![Act::Take(16), bytes(reply)]].concat()
}

#[tokio::test]
async fn f29_no_acceptable_method() {
    for (script, user) in [(method(0xff), None), (vec![Act::Take(4), bytes(&[5, 0xff])], Some("u"))] {
        check(SOCKS, script, user, "tunnel_wants_credentials", "", Step::Connector).await;
    }
}

#[tokio::test]
async fn f30_socks_refuses_the_password() {
    let login = |answer: &[u8]| vec![Act::Take(4), bytes(&[5, 2]), Act::Take(13), bytes(answer)];
    for (answer, code) in [([1, 1], "tunnel_credentials_refused"), ([9, 0], "tunnel_protocol")] {
        check(SOCKS, login(&answer), Some("u"), code, "", Step::Connector).await;
    }
}

#[tokio::test]
async fn f31_each_reply_of_socks() {
    let reasons = [
        "general",
        "rules",
        "network_unreachable",
        "host_unreachable",
        "refused",
        "ttl_expired",
        "command_not_supported",
        "address_not_supported",
    ];
    for (code, reason) in (1..).zip(reasons) {
        let script = asked(&[5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
        check(SOCKS, script, None, "tunnel_refused", reason, Step::Tcp).await;
    }
}

#[tokio::test]
async fn f32_socks_speaks_nonsense() {
    for (script, reason) in [
        (vec![Act::Close], "connection_closed"),
        (method(2), ""),
        (method(1), ""),
        (vec![Act::Take(3), bytes(b"HT")], ""),
        (vec![Act::send("220 mx.test ESMTP\r\n")], ""),
        (asked(&[5, 9, 0, 1, 0, 0, 0, 0, 0, 0]), ""),
        (asked(&[4, 0]), ""),
        (asked(&[5, 0, 0, 9]), ""),
        ([asked(&[5, 0, 0, 1, 1, 2]), vec![Act::Close]].concat(), "connection_closed"),
        ([asked(&[5, 0, 0, 3, 200, 1]), vec![Act::Close]].concat(), "connection_closed"),
    ] {
        check(SOCKS, script, None, "tunnel_protocol", reason, Step::Connector).await;
    }
    // A bound address that is a name is no nonsense, and none of it is taken for the server's greeting.
    let name = [&[5, 0, 0, 3, 9][..], b"220 bound", &[0, 25], b"220 mx.test\r\n"].concat();
    let script = [asked(&name), vec![Act::Expect("EHLO"), Act::send("550 not you\r\n")]].concat();
    let server = ScriptedServer::start(script, None).await;
    let ran = run(&through(SOCKS, server.port(), None)).await.expect(Outcome::Failed, "ehlo_refused");
    assert!(ran.transcript().contains(&"S greeting 220 mx.test".to_owned()), "{ran:#?}");
}

const HTTP: ConnectorKind = ConnectorKind::HttpConnect;

fn http(text: &str) -> Vec<Act> {
    vec![Act::TakeHeader, Act::send(text)]
}

#[tokio::test]
async fn f33_connect_wants_credentials() {
    let wants = || http("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    for (script, user, code, reason) in [
        (vec![], Some("u:v"), "tunnel_credentials_refused", "colon"),
        (http("HTTP/1.0 401 Unauthorized\r\n\r\n"), Some("u"), "tunnel_credentials_refused", ""),
        (wants(), None, "tunnel_wants_credentials", ""),
        (wants(), Some("u"), "tunnel_credentials_refused", ""),
    ] {
        check(HTTP, script, user, code, reason, Step::Connector).await;
    }
    // Nobody who has none configured sends any.
    let server = ScriptedServer::start(wants(), None).await;
    run(&through(HTTP, server.port(), None)).await.expect(Outcome::Failed, "tunnel_wants_credentials");
    server.closed().await;
    assert!(!crate::delivery::contains(&server.recording().clear, b"uthorization"));
}

#[tokio::test]
async fn f34_connect_refuses() {
    for (answer, status) in [
        ("HTTP/1.1 403 Filtered\r\n\r\n", "403"),
        ("HTTP/1.0 405 Method Not Allowed\r\n\r\n", "405"),
        ("HTTP/1.1 502 Bad Gateway\r\nX: y\r\n\r\n", "502"),
        ("HTTP/1.1 503 x\n\n", "503"),
        ("HTTP/1.1 504\r\n\r\n", "504"),
    ] {
        check(HTTP, http(answer), None, "tunnel_refused", status, Step::Tcp).await;
    }
}

#[tokio::test]
async fn f35_an_answer_to_connect_that_never_ends() {
    let filler = Act::Flood(b"X-Filler: aaaaaaaaaaaaaaaa\r\n".to_vec());
    for (script, reason) in [
        (http("220 mx.test ESMTP\r\n"), ""),
        (http("HTTP/1.1 OK\r\n\r\n"), ""),
        (vec![Act::TakeHeader, Act::Close], "connection_closed"),
        ([http("HTTP/1.1 200 OK\r\n"), vec![filler]].concat(), ""),
        (vec![Act::TakeHeader, Act::Flood(b"HTTP/1.1 200 OK".to_vec())], ""),
    ] {
        check(HTTP, script, None, "tunnel_protocol", reason, Step::Connector).await;
    }
    let drip = Act::Drip(b"X-Filler: a\r\n".repeat(200), Duration::from_millis(5));
    let server = ScriptedServer::start([http("HTTP/1.1 200 OK\r\n"), vec![drip]].concat(), None).await;
    let short = Budget { tunnel: Duration::from_millis(200), ..budget() };
    run_budget(&through(HTTP, server.port(), None), short).await.expect(Outcome::Failed, "tunnel_timeout");
}

#[tokio::test]
async fn f37_no_host_forges_a_request() {
    for typed in ["a\r\nX: y", "a b", "user@host", "a\nb", "http://host", "host:25", "", "a\0b"] {
        assert!(Host::parse(typed).is_err(), "{typed:?}");
    }
}

#[tokio::test]
async fn f39_a_target_that_may_never_be_dialled_is_not_asked_for_either() {
    for kind in ConnectorKind::ALL {
        let connector = Connector::start(options_of(kind)).await;
        for host in ["169.254.169.254", "::ffff:169.254.169.254", "192.0.2.1", "metadata.google.internal"] {
            let mut route = through(kind, connector.port(), None);
            route.host = Host::parse(host).expect("a host");
            run(&route).await.expect(Outcome::Failed, "destination_forbidden");
        }
        assert!(connector.handshake_bytes().is_empty());
    }
}

#[tokio::test]
async fn f40_the_tunnel_is_cut_at_each_phase() {
    let ok = |command| [Act::Expect(command), Act::send("250 ok\r\n")];
    let whole = [
        vec![Act::send("220 mx\r\n")],
        ok("EHLO").to_vec(),
        ok("MAIL").to_vec(),
        ok("RCPT").to_vec(),
        vec![Act::Expect("DATA"), Act::send("354 go\r\n"), Act::TakeMessage],
    ]
    .concat();
    for kind in ConnectorKind::ALL {
        for (acts, stage) in
            [(0, Step::Greeting), (2, Step::Ehlo), (4, Step::Mail), (6, Step::Rcpt), (8, Step::Data), (10, Step::Data)]
        {
            let server = ScriptedServer::start([&whole[..acts], &[Act::Close]].concat(), None).await;
            let connector = Connector::start(options_of(kind)).await;
            let mut route = through(kind, connector.port(), None);
            route.port = domain::Port::new(server.port()).expect("a port");
            let ran = run(&route).await;
            let wanted = match acts {
                10 => (Outcome::Unknown, "no_confirmation"),
                _ => (Outcome::Failed, "connection_closed"),
            };
            assert_eq!((ran.done.outcome, ran.code()), wanted, "{kind:?} {acts}: {ran:#?}");
            assert_eq!(ran.stage(), Some(stage), "{kind:?} {acts}: {ran:#?}");
            assert!(ran.ended().contains(&(Step::Connector, StepState::Passed)), "through which: {ran:#?}");
        }
    }
}

#[tokio::test]
async fn f30_wrong_credentials_are_the_connectors() {
    for kind in ConnectorKind::ALL {
        let connector =
            Connector::start(ConnectorOptions { login: Some(("u".into(), "right".into())), ..options_of(kind) }).await;
        run(&through(kind, connector.port(), Some("u"))).await.expect(Outcome::Failed, "tunnel_credentials_refused");
        run(&through(kind, connector.port(), None)).await.expect(Outcome::Failed, "tunnel_wants_credentials");
        assert!(connector.targets().is_empty());
    }
}

#[tokio::test]
async fn f28_a_connector_that_is_not_there() {
    let unheard = Unheard::bind();
    let free = unheard.port();
    for kind in ConnectorKind::ALL {
        let ran = run(&through(kind, free, None)).await.expect(Outcome::Failed, "tunnel_unreachable");
        assert_eq!((ran.stage(), ran.params()[1]), (Some(Step::Connector), "connection_refused"));
        let mut route = through(kind, free, None);
        if let Some(tunnel) = &mut route.tunnel {
            tunnel.host = Host::parse("192.0.2.1").expect("a host");
        }
        run(&route).await.expect(Outcome::Failed, "destination_forbidden");
    }
}

#[tokio::test]
async fn addresses_are_asked_for_as_addresses() {
    let sink = testkit::SmtpSink::start(testkit::SinkOptions {
        bind: "::1".parse().expect("an address"),
        ..Default::default()
    })
    .await;
    for kind in ConnectorKind::ALL {
        let connector = Connector::start(options_of(kind)).await;
        let mut route = through(kind, connector.port(), None);
        route.host = Host::parse("::1").expect("a host");
        route.port = domain::Port::new(sink.port()).expect("a port");
        run(&route).await.expect(Outcome::Delivered, "");
        assert_eq!(connector.targets(), [format!("[::1]:{}", sink.port())]);
    }
}
