//! Whether a connector itself answers.

use crate::support::*;
use domain::{Host, Port, connector::ConnectorKind};
use mailer::{Budget, Login, Tunnel, TunnelReport};
use std::time::Duration;
use testkit::{Act, Connector, ConnectorOptions, ScriptedServer, SinkOptions, SmtpSink, Unheard};
use tokio_util::sync::CancellationToken;

async fn probe(tunnel: &Tunnel, target: Option<(&str, u16)>) -> TunnelReport {
    let target = target.map(|(host, port)| (Host::parse(host).expect("a host"), Port::new(port).expect("a port")));
    let budget = Budget { tunnel: Duration::from_millis(500), ..budget() };
    mailer().probe_tunnel(tunnel, target, budget, &CancellationToken::new()).await
}

#[tokio::test]
async fn connectors_are_asked() {
    let sink = SmtpSink::start(SinkOptions::default()).await;
    let unheard = Unheard::bind();
    let free = unheard.port();
    for kind in ConnectorKind::ALL {
        let open = Connector::start(options_of(kind)).await;
        let locked =
            Connector::start(ConnectorOptions { login: Some(("u".into(), "key-of-u".into())), ..options_of(kind) })
                .await;
        let login = |secret: &str| Some(Login { user_name: "u".into(), secret: secret.into() });
        let at = |port, login| Tunnel { login, ..tunnel(kind, port) };
        for (tunnel, target, code) in [
            (at(open.port(), None), None, ""),
            (at(open.port(), None), Some(("mail.test", sink.port())), ""),
            (at(open.port(), None), Some(("mail.test", free)), "tunnel_refused"),
            (at(open.port(), None), Some(("169.254.169.254", 25)), "destination_forbidden"),
            (at(locked.port(), login("key-of-u")), None, ""),
            (at(locked.port(), login("wrong-key")), None, "tunnel_credentials_refused"),
            (at(locked.port(), None), None, "tunnel_wants_credentials"),
            (at(free, None), None, "tunnel_unreachable"),
            // A mail server is no connector.
            (at(sink.port(), None), None, "tunnel_protocol"),
        ] {
            let report = probe(&tunnel, target).await;
            assert_eq!((report.code(), report.ok), (code, code.is_empty()), "{tunnel:?} {target:?}: {report:?}");
            assert!(!format!("{report:?}").contains("key"), "{report:?}");
        }
        let silent = ScriptedServer::start(vec![Act::Hang], None).await;
        assert_eq!(probe(&at(silent.port(), None), None).await.code(), "tunnel_timeout");
    }
}

#[tokio::test]
async fn a_web_server_is_no_proxy() {
    let web = ScriptedServer::start(vec![Act::TakeHeader, Act::send("HTTP/1.1 405 Not Allowed\r\n\r\n")], None).await;
    let report = probe(&tunnel(ConnectorKind::HttpConnect, web.port()), None).await;
    assert_eq!((report.code(), report.detail.as_str()), ("tunnel_protocol", "405 Not Allowed"));
}

#[tokio::test]
async fn a_probe_can_be_cancelled() {
    let silent = ScriptedServer::start(vec![Act::Take(1), Act::Hang], None).await;
    let cancel = CancellationToken::new();
    let (mailer, tunnel) = (mailer(), tunnel(ConnectorKind::Socks5, silent.port()));
    let stop = async {
        silent.reached(2).await;
        cancel.cancel();
        silent.closed().await;
    };
    let (report, ()) = tokio::join!(mailer.probe_tunnel(&tunnel, None, budget(), &cancel), stop);
    assert_eq!(report.code(), "cancelled");
}
