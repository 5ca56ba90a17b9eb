//! Nothing that is to be protected travels in clear: stripped STARTTLS, injected bytes, login without TLS.

use crate::{delivery::contains, support::*};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    Host,
    account::Security,
    session_test::{Outcome, Step},
};
use std::time::Duration;
use testkit::{Act, Recording, ScriptedServer};

/// No form of the password, no envelope and no message in what was heard in clear.
#[track_caller]
fn nothing_in_clear(recording: &Recording) {
    let plain = BASE64_STANDARD.encode(format!("\0{USER}\0{PASSWORD}"));
    let forms = [PASSWORD.to_owned(), plain, BASE64_STANDARD.encode(PASSWORD), BASE64_STANDARD.encode(USER)];
    for form in forms.iter().map(String::as_str).chain(["AUTH", "MAIL", "RCPT", "DATA", "TEST MESSAGE", "example.com"])
    {
        assert!(
            !contains(&recording.clear, form.as_bytes()),
            "{form} in {}",
            String::from_utf8_lossy(&recording.clear)
        );
    }
}

async fn play(script: Vec<Act>, outcome: Outcome, code: &str) -> (Ran, Recording) {
    let server = ScriptedServer::start(script, Some(good_tls())).await;
    let mut route = route(server.port(), Security::StartTls);
    route.login = Some(login());
    let ran = run(&route).await.expect(outcome, code);
    server.closed().await;
    let recording = server.recording();
    nothing_in_clear(&recording);
    (ran, recording)
}

fn ehlo(capabilities: &str) -> Vec<Act> {
    vec![Act::send("220 mx.test ESMTP\r\n"), Act::Expect("EHLO"), Act::send(capabilities)]
}

const OFFERED: &str = "250-mx.test\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n";
const STRIPPED: &str = "250-mx.test\r\n250 AUTH PLAIN LOGIN\r\n";
const XXXXXXXX: &str = "250-mx.test\r\n250-XXXXXXXX\r\n250 AUTH PLAIN LOGIN\r\n";

#[tokio::test]
async fn f44_a_stripped_starttls_ends_the_session() {
    for capabilities in [STRIPPED, XXXXXXXX, "250 STARTTLS\r\n"] {
        let script = [ehlo(capabilities), vec![Act::Expect("QUIT"), Act::send("221 bye\r\n")]].concat();
        let (ran, recording) = play(script, Outcome::Failed, "starttls_not_offered").await;
        assert_eq!(ran.stage(), Some(Step::Tls));
        assert_eq!(recording.clear, b"EHLO client.test\r\nQUIT\r\n");
    }
}

#[tokio::test]
async fn f47_a_refused_starttls_ends_the_session() {
    for reply in ["454 4.7.0 not now\r\n", "502 no\r\n", "354 what\r\n", "250 sure\r\n", "221 bye\r\n"] {
        let script = [ehlo(OFFERED), vec![Act::Expect("STARTTLS"), Act::send(reply)]].concat();
        let (ran, _) = play(script, Outcome::Failed, "starttls_refused").await;
        assert_eq!(ran.reply(), reply.trim_end());
    }
}

/// The replies of a whole session, as an attacker would put them in clear behind the 220, to be believed after the handshake.
const INJECTED: &str = "250-evil\r\n250 AUTH PLAIN\r\n235 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n250 taken\r\n";

fn after_starttls(acts: Vec<Act>) -> Vec<Act> {
    [ehlo(OFFERED), vec![Act::Expect("STARTTLS")], acts].concat()
}

async fn never_believed(rows: Vec<(&str, Vec<Act>)>) {
    for (how, script) in rows {
        let (ran, recording) = play(script, Outcome::Failed, "injected_before_tls").await;
        assert_eq!(ran.stage(), Some(Step::Tls), "{how}");
        assert_eq!(recording.protected, b"", "{how}: nothing was said under TLS either");
    }
}

#[tokio::test]
async fn f48_bytes_injected_with_the_answer_are_never_believed() {
    let after = after_starttls;
    never_believed(vec![
        ("same segment", after(vec![Act::Send(format!("220 go\r\n{INJECTED}").into_bytes()), Act::StartTls])),
        ("half a line", after(vec![Act::send("220 go\r\n2"), Act::StartTls])),
        ("one blank", after(vec![Act::send("220 go\r\n "), Act::StartTls])),
        (
            "before the command",
            [
                ehlo(&format!("{OFFERED}220 go\r\n")),
                vec![Act::Expect("STARTTLS"), Act::send("220 go\r\n"), Act::StartTls],
            ]
            .concat(),
        ),
    ])
    .await;
}

#[tokio::test]
async fn f49_bytes_injected_a_moment_later_are_never_believed() {
    let after = after_starttls;
    never_believed(vec![
        ("next segment", after(vec![Act::send("220 go\r\n"), Act::send(INJECTED), Act::StartTls])),
        (
            "later",
            after(vec![
                Act::send("220 go\r\n"),
                Act::Pause(Duration::from_millis(20)),
                Act::send(INJECTED),
                Act::StartTls,
            ]),
        ),
    ])
    .await;
}

#[tokio::test]
async fn f71_what_the_server_offers_in_clear_is_forgotten() {
    let script = [
        ehlo(OFFERED),
        vec![
            Act::Expect("STARTTLS"),
            Act::send("220 go\r\n"),
            Act::StartTls,
            Act::Expect("EHLO"),
            Act::send("250 mx.test\r\n"),
            Act::Expect("QUIT"),
        ],
    ]
    .concat();
    let (_, recording) = play(script, Outcome::Failed, "auth_not_offered").await;
    assert_eq!(recording.clear, b"EHLO client.test\r\nSTARTTLS\r\n");
    assert_eq!(recording.protected, b"EHLO client.test\r\nQUIT\r\n");
}

#[tokio::test]
async fn f22_bare_line_feeds_are_not_tolerated_around_starttls() {
    let script = [ehlo(OFFERED), vec![Act::Expect("STARTTLS"), Act::send("220 go\n"), Act::StartTls]].concat();
    play(script, Outcome::Failed, "protocol_error").await;
}

#[tokio::test]
async fn f71_a_password_never_leaves_this_machine_in_clear() {
    // 127.0.0.1 through a connector is the connector's loopback, and a name is anybody's.
    let server = ScriptedServer::start(
        vec![
            Act::Take(3),
            Act::Send(vec![5, 0]),
            Act::Take(16),
            Act::Send(vec![5, 0, 0, 1, 127, 0, 0, 1, 0, 25]),
            Act::send("220 mx\r\n"),
            Act::Expect("EHLO"),
            Act::send("250-mx\r\n250 AUTH PLAIN LOGIN\r\n"),
        ],
        None,
    )
    .await;
    let mut route = route(2525, Security::None);
    route.host = Host::parse("mail.test").expect("a host");
    route.login = Some(login());
    route.tunnel = Some(tunnel(domain::connector::ConnectorKind::Socks5, server.port()));
    let ran = run(&route).await.expect(Outcome::Failed, "password_in_clear");
    assert_eq!(ran.stage(), Some(Step::Auth));
    server.closed().await;
    nothing_in_clear(&Recording { clear: server.recording().clear[19..].to_vec(), ..Recording::default() });
}

#[tokio::test]
async fn a_server_that_quotes_the_password_is_masked() {
    let plain = BASE64_STANDARD.encode(format!("\0{USER}\0{PASSWORD}"));
    let script = vec![
        Act::send("220 mx\r\n"),
        Act::Expect("EHLO"),
        Act::send("250-mx\r\n250 AUTH PLAIN LOGIN\r\n"),
        Act::Expect("AUTH PLAIN"),
        Act::Send(format!("535 no such AUTH PLAIN {plain} for {PASSWORD}\r\n").into_bytes()),
    ];
    let server = ScriptedServer::start(script, None).await;
    let mut route = route(server.port(), Security::None);
    route.login = Some(login());
    let ran = run(&route).await.expect(Outcome::Failed, "auth_refused");
    assert_eq!(ran.reply(), "535 no such AUTH PLAIN *** for ***");
    assert!(!format!("{ran:?}").contains(&plain));
}
