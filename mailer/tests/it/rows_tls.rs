//! TLS, a row of the fault matrix each: the wrong protection for a port, handshakes that hang, answers that are cut.

use crate::{
    failures::{greeted, reply},
    support::*,
};
use domain::{
    account::Security,
    session_test::{
        Outcome,
        Step::{self, Greeting, Tls},
    },
};
use mailer::Budget;
use std::time::{Duration, Instant};
use testkit::{Act, ScriptedServer};

#[tokio::test]
async fn f42_a_port_that_waits_for_tls_is_known_within_seconds() {
    let sink = testkit::SmtpSink::start(testkit::SinkOptions {
        protection: testkit::Protection::Implicit,
        tls: Some(good_tls()),
        ..testkit::SinkOptions::default()
    })
    .await;
    let patient = Budget { greeting: Duration::from_secs(30), ..Budget::test() };
    for security in [Security::StartTls, Security::None] {
        let mut route = route(sink.port(), security);
        route.login = (security == Security::StartTls).then(login);
        let ran = run_budget(&route, patient).await.expect(Outcome::Failed, "port_expects_tls");
        assert_eq!((ran.stage(), ran.remedies()), (Some(Greeting), vec!["use_implicit_tls"]));
        assert!(ran.done.ms < 10_000, "{} ms", ran.done.ms);
        // What helps is tried: the same port with the protection proposed.
        let proposal = &ran.done.diagnosis.as_ref().expect("a diagnosis").remedies[0].proposal;
        assert_eq!((proposal.port, proposal.security), (Some(sink.port()), Some(Security::ImplicitTls)));
    }
    run(&route(sink.port(), Security::ImplicitTls)).await.expect(Outcome::Delivered, "");
}

#[tokio::test]
async fn f41_plain_text_where_tls_was_spoken() {
    // What servers answer to a TLS hello, and what they say before they have seen one.
    for said in [
        "220 mx.test ESMTP Postfix\r\n",
        "554 SMTP synchronization error\r\n",
        "500 5.5.2 Error: bad syntax\r\n",
        "502 5.5.2 Error: command not recognized\r\n",
    ] {
        let server = ScriptedServer::start(reply(said), None).await;
        let ran = run(&route(server.port(), Security::ImplicitTls)).await.expect(Outcome::Failed, "tls_plaintext_port");
        assert_eq!((ran.stage(), ran.remedies()), (Some(Tls), vec!["use_starttls"]), "{said}");
        let proposal = &ran.done.diagnosis.as_ref().expect("a diagnosis").remedies[0].proposal;
        assert_eq!(proposal.port, Some(server.port()), "the port speaks: it is the protection that is wrong");
    }
}

#[tokio::test]
async fn f43_a_silent_or_dripping_handshake() {
    // A record of TLS that is always about to go on.
    let drip = Act::Drip([vec![22, 3, 3, 0x40, 0], vec![0; 2000]].concat(), Duration::from_millis(10));
    for acts in [vec![Act::Hang], vec![Act::Take(5), drip]] {
        let starttls = [
            greeted(reply("250-mx.test\r\n250 STARTTLS\r\n")),
            vec![Act::Expect("STARTTLS"), Act::send("220 go\r\n")],
            acts.clone(),
        ]
        .concat();
        for (security, script) in [(Security::ImplicitTls, acts), (Security::StartTls, starttls)] {
            let server = ScriptedServer::start(script, None).await;
            let began = Instant::now();
            let short = Budget { tls: Duration::from_millis(300), ..budget() };
            let ran = run_budget(&route(server.port(), security), short).await.expect(Outcome::Failed, "tls_timeout");
            assert_eq!(ran.stage(), Some(Tls));
            assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
            tokio::time::timeout(Duration::from_secs(5), server.closed()).await.expect("the socket is closed");
        }
    }
}

#[tokio::test]
async fn f65_a_refused_ehlo_does_not_lead_into_clear_text() {
    for refused in ["500 what\r\n", "502 5.5.2 what\r\n"] {
        let script = || {
            let ok = |command| [Act::Expect(command), Act::send("250 ok\r\n")];
            let rest = [ok("HELO"), ok("MAIL"), ok("RCPT")].concat();
            let end = vec![Act::Expect("DATA"), Act::send("354 go\r\n"), Act::TakeMessage, Act::send("250 ok\r\n")];
            greeted([reply(refused), rest, end].concat())
        };
        let server = ScriptedServer::start(script(), None).await;
        let mut guarded = route(server.port(), Security::StartTls);
        guarded.login = Some(login());
        run(&guarded).await.expect(Outcome::Failed, "starttls_not_offered");
        server.closed().await;
        let heard = String::from_utf8(server.recording().clear).expect("text");
        assert!(!["HELO", "AUTH", "MAIL"].iter().any(|word| heard.contains(word)), "{heard}");
        // Where clear text is allowed it works.
        let server = ScriptedServer::start(script(), None).await;
        run(&route(server.port(), Security::None)).await.expect(Outcome::Delivered, "");
    }
}

/// The connection ends without the farewell that TLS has for it: what came before is no complete reply.
#[tokio::test]
async fn f67_cut_under_tls_at_each_phase() {
    let ok = |command| [Act::Expect(command), Act::send("250 2.0.0 Ok\r\n")];
    let whole = [
        vec![Act::StartTls, Act::send("220 mx.test\r\n")],
        ok("EHLO").to_vec(),
        ok("MAIL").to_vec(),
        ok("RCPT").to_vec(),
        vec![Act::Expect("DATA"), Act::send("354 go\r\n"), Act::TakeMessage],
    ]
    .concat();
    for (stage, acts, said) in [
        (Greeting, 1, "220 mx.te"),
        (Greeting, 1, "220 mx.test"),
        (Step::Ehlo, 3, "250-mx.test\r\n250 SIZE"),
        (Step::Mail, 5, "250 2.1.0 Ok"),
        (Step::Rcpt, 7, "250 2.1.5 Ok"),
        (Step::Data, 9, "354 go"),
        (Step::Data, 11, "250 2.0.0 queued"),
    ] {
        let script = [&whole[..acts], &[Act::send(said), Act::Close]].concat();
        let server = ScriptedServer::start(script, Some(good_tls())).await;
        let ran = run(&route(server.port(), Security::ImplicitTls)).await;
        let got = (ran.done.outcome, ran.code(), ran.stage());
        let wanted = match acts {
            11 => (Outcome::Unknown, "no_confirmation", Some(stage)),
            _ => (Outcome::Failed, "connection_closed", Some(stage)),
        };
        assert_eq!(got, wanted, "{said}: {ran:#?}");
    }
}
