//! What connectors do wrong, and that it is always the connector that is named.

use crate::support::*;
use domain::{
    Host,
    account::Security,
    connector::ConnectorKind,
    session_test::{Outcome, Step},
};
use mailer::{Login, Route};
use testkit::{Act, Connector, ConnectorOptions, ScriptedServer};

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

#[tokio::test]
async fn socks5() {
    let kind = ConnectorKind::Socks5;
    let bytes = |bytes: &[u8]| Act::Send(bytes.to_vec());
    let method = |method: u8| vec![Act::Take(3), bytes(&[5, method])];
    let asked = |reply: &[u8]| [method(0), vec![Act::Take(16), bytes(reply)]].concat();
    let refused = |code: u8| asked(&[5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
    for (script, user, code, reason, stage) in [
        (vec![Act::Close], None, "tunnel_protocol", "connection_closed", Step::Connector),
        (method(0xff), None, "tunnel_wants_credentials", "", Step::Connector),
        (vec![Act::Take(4), bytes(&[5, 0xff])], Some("u"), "tunnel_wants_credentials", "", Step::Connector),
        (method(2), None, "tunnel_protocol", "", Step::Connector),
        (method(1), None, "tunnel_protocol", "", Step::Connector),
        (
            vec![Act::Take(4), bytes(&[5, 2]), Act::Take(13), bytes(&[1, 1])],
            Some("u"),
            "tunnel_credentials_refused",
            "",
            Step::Connector,
        ),
        (
            vec![Act::Take(4), bytes(&[5, 2]), Act::Take(13), bytes(&[9, 0])],
            Some("u"),
            "tunnel_protocol",
            "",
            Step::Connector,
        ),
        (vec![Act::Take(3), bytes(b"HT")], None, "tunnel_protocol", "", Step::Connector),
        (vec![Act::send("220 mx.test ESMTP\r\n")], None, "tunnel_protocol", "", Step::Connector),
        (refused(1), None, "tunnel_refused", "general", Step::Tcp),
        (refused(2), None, "tunnel_refused", "rules", Step::Tcp),
        (refused(3), None, "tunnel_refused", "network_unreachable", Step::Tcp),
        (refused(4), None, "tunnel_refused", "host_unreachable", Step::Tcp),
        (refused(5), None, "tunnel_refused", "refused", Step::Tcp),
        (refused(6), None, "tunnel_refused", "ttl_expired", Step::Tcp),
        (refused(7), None, "tunnel_refused", "command_not_supported", Step::Tcp),
        (refused(8), None, "tunnel_refused", "address_not_supported", Step::Tcp),
        (refused(9), None, "tunnel_protocol", "", Step::Connector),
        (asked(&[4, 0]), None, "tunnel_protocol", "", Step::Connector),
        (asked(&[5, 0, 0, 9]), None, "tunnel_protocol", "", Step::Connector),
        (
            [asked(&[5, 0, 0, 1, 1, 2]), vec![Act::Close]].concat(),
            None,
            "tunnel_protocol",
            "connection_closed",
            Step::Connector,
        ),
    ] {
        check(kind, script, user, code, reason, stage).await;
    }
}

#[tokio::test]
async fn http_connect() {
    let kind = ConnectorKind::HttpConnect;
    let answer = |text: &str| vec![Act::TakeHeader, Act::send(text)];
    for (script, user, code, reason, stage) in [
        (vec![], Some("u:v"), "tunnel_credentials_refused", "colon", Step::Connector),
        (answer("HTTP/1.0 401 Unauthorized\r\n\r\n"), Some("u"), "tunnel_credentials_refused", "", Step::Connector),
        (
            answer("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"),
            None,
            "tunnel_wants_credentials",
            "",
            Step::Connector,
        ),
        (
            answer("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"),
            Some("u"),
            "tunnel_credentials_refused",
            "",
            Step::Connector,
        ),
        (answer("HTTP/1.1 403 Filtered\r\n\r\n"), None, "tunnel_refused", "403", Step::Tcp),
        (answer("HTTP/1.0 405 Method Not Allowed\r\n\r\n"), None, "tunnel_refused", "405", Step::Tcp),
        (answer("HTTP/1.1 502 Bad Gateway\r\nX: y\r\n\r\n"), None, "tunnel_refused", "502", Step::Tcp),
        (answer("HTTP/1.1 503 x\n\n"), None, "tunnel_refused", "503", Step::Tcp),
        (answer("HTTP/1.1 504\r\n\r\n"), None, "tunnel_refused", "504", Step::Tcp),
        (answer("220 mx.test ESMTP\r\n"), None, "tunnel_protocol", "", Step::Connector),
        (answer("HTTP/1.1 OK\r\n\r\n"), None, "tunnel_protocol", "", Step::Connector),
        (vec![Act::TakeHeader, Act::Close], None, "tunnel_protocol", "connection_closed", Step::Connector),
        (
            vec![
                Act::TakeHeader,
                Act::send("HTTP/1.1 200 OK\r\n"),
                Act::Flood(b"X-Filler: aaaaaaaaaaaaaaaa\r\n".to_vec()),
            ],
            None,
            "tunnel_protocol",
            "",
            Step::Connector,
        ),
        (vec![Act::TakeHeader, Act::Flood(b"HTTP/1.1 200 OK".to_vec())], None, "tunnel_protocol", "", Step::Connector),
    ] {
        check(kind, script, user, code, reason, stage).await;
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
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("binds").local_addr().expect("an address").port();
    for kind in ConnectorKind::ALL {
        let ran = run(&through(kind, free, None)).await.expect(Outcome::Failed, "tunnel_unreachable");
        assert_eq!((ran.stage(), ran.params()[1]), (Some(Step::Connector), "connection_refused"));
        let mut route = through(kind, free, None);
        if let Some(tunnel) = &mut route.tunnel {
            tunnel.host = Host::parse("192.0.2.1").expect("a host");
        }
        run(&route).await.expect(Outcome::Failed, "destination_forbidden");
        // A target that may never be dialled is not asked for either.
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
