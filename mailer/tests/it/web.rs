//! Addresses in every form that somebody may type who wants to reach what the operator does not allow.

use crate::support::{budget, outgoing, route, run_with, tunnel};
use domain::{
    Host,
    account::Security,
    connector::ConnectorKind,
    session_test::{Outcome, TestMode},
};
use mailer::{DestinationPolicy, Mailer};
use std::{io::ErrorKind, net::TcpListener};
use tokio_util::sync::CancellationToken;

/// This machine, its neighbours and the clouds' metadata, as an attacker writes them.
const FORMS: [&str; 48] = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "0",
    "0.0.0.0",
    "0.0.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0x7f.1",
    "017700000001",
    "0177.0.0.1",
    "0177.1",
    "127.0.0.1%00",
    "127.0.0.1#@192.0.2.1",
    "192.0.2.1@127.0.0.1",
    "http://127.0.0.1",
    "//127.0.0.1",
    "127.0.0.1:25",
    "127。0。0。1",
    "①②⑦.⓪.⓪.①",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "ip6-localhost",
    "::1",
    "[::1]",
    "[::]",
    "::",
    "0:0:0:0:0:0:0:1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::127.0.0.1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::1",
    "fe80::1",
    "fe80::1%lo",
    "fd00:ec2::254",
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "100.100.100.200",
    "metadata.google.internal",
    "10.0.0.1",
    "192.168.1.1",
];

#[tokio::test]
async fn w46_no_form_of_an_address_reaches_what_is_not_allowed() {
    let here = TcpListener::bind("127.0.0.1:0").expect("binds");
    here.set_nonblocking(true).expect("can");
    let port = here.local_addr().expect("bound").port();
    let strict = Mailer::new(DestinationPolicy::parse("192.0.2.0/24").expect("a list"));
    let mut dialled = 0;
    for form in FORMS {
        let Ok(host) = Host::parse(form) else { continue };
        dialled += 1;
        let mut by_form = route(port, Security::None);
        by_form.host = host;
        let ran = run_with(&strict, &by_form, &outgoing(), TestMode::Check, budget(), &CancellationToken::new()).await;
        assert_eq!(ran.done.outcome, Outcome::Failed, "{form}");
        assert!(
            ["destination_forbidden", "host_not_found", "resolver_failed"].contains(&ran.code()),
            "{form}: {ran:?}"
        );
        // A connector is held to the same.
        for kind in [ConnectorKind::Socks5, ConnectorKind::HttpConnect] {
            let mut through = route(port, Security::None);
            through.host = Host::parse("192.0.2.1").expect("a host");
            let mut connector = tunnel(kind, port);
            connector.host = by_form.host.clone();
            through.tunnel = Some(connector);
            let ran =
                run_with(&strict, &through, &outgoing(), TestMode::Check, budget(), &CancellationToken::new()).await;
            assert_eq!(ran.done.outcome, Outcome::Failed, "{form} as a connector");
        }
    }
    assert!(dialled > 20, "{dialled}: the forms that are addresses have to be refused where they are dialled");
    assert_eq!(here.accept().expect_err("nobody came").kind(), ErrorKind::WouldBlock);
}
