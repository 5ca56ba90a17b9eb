//! What holds for every input: addresses can be sent, replies do not depend on how they were cut, no field forges a header.

use crate::{content::Read, delivery::contains, support::*};
use domain::{EmailAddress, account::Security};
use mailer::{
    Budget, Composition, compose,
    reply::{Reply, ReplyBuffer, ReplyError},
};
use proptest::prelude::*;
use std::time::{Duration, Instant};
use testkit::{Act, ScriptedServer};

/// All replies in these bytes, fed in these pieces, and how it ended.
fn replies(pieces: &[&[u8]]) -> (Vec<Reply>, Option<bool>) {
    let (mut buffer, mut found) = (ReplyBuffer::default(), Vec::new());
    for piece in pieces {
        buffer.feed(piece);
        loop {
            match buffer.next_reply() {
                Ok(Some(reply)) => found.push(reply),
                Ok(None) => break,
                Err(error) => return (found, Some(error == ReplyError::TooLong)),
            }
        }
    }
    (found, None)
}

fn reply_bytes() -> impl Strategy<Value = Vec<u8>> {
    let line = (
        200..600_u16,
        prop::sample::select(vec![" ", "-", ""]),
        "[ -~é]{0,40}",
        prop::sample::select(vec!["\r\n", "\n"]),
    )
        .prop_map(|(code, separator, text, end)| {
            format!("{code}{separator}{}{end}", if separator.is_empty() { "" } else { &text })
        });
    prop_oneof![
        prop::collection::vec(line, 0..8).prop_map(|lines| lines.concat().into_bytes()),
        prop::collection::vec(any::<u8>(), 0..200),
        prop::collection::vec(prop::sample::select(b"2345 0-\r\nx".to_vec()), 0..200),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a server says, in whatever pieces, the session ends soon, and without a secret in clear.
    #[test]
    fn f112_any_server_ends(script in prop::collection::vec(act(), 0..12), security in prop::sample::select(vec![Security::None, Security::StartTls, Security::ImplicitTls])) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let server = ScriptedServer::start(script, Some(good_tls())).await;
            let mut route = route(server.port(), security);
            route.login = Some(login());
            let short = Duration::from_millis(100);
            let budget = Budget { greeting: short, command: short, data: short, dot: short, tls: short, quit: short, total: Duration::from_secs(2), ..budget() };
            let began = Instant::now();
            let ran = run_budget(&route, budget).await;
            assert!(began.elapsed() < Duration::from_secs(4));
            assert!(ran.done.outcome.is_good() || ran.done.diagnosis.is_some());
            server.closed().await;
            let clear = server.recording().clear;
            assert!(security == Security::None || !contains(&clear, b"AUTH") && !contains(&clear, b"MAIL"));
        });
    }
}

fn act() -> impl Strategy<Value = Act> {
    let reply = prop::sample::select(vec![
        "220 mx\r\n",
        "250 ok\r\n",
        "250-mx\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n",
        "235 in\r\n",
        "334 \r\n",
        "354 go\r\n",
        "421 bye\r\n",
        "550 no\r\n",
        "250-",
        "\r\n",
        "25",
    ]);
    prop_oneof![
        4 => reply.prop_map(Act::send),
        4 => Just(Act::Expect("")),
        1 => prop::collection::vec(any::<u8>(), 0..60).prop_map(Act::Send),
        1 => Just(Act::StartTls),
        1 => Just(Act::TakeMessage),
        1 => Just(Act::Close),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn f27_replies_do_not_depend_on_segmentation(bytes in reply_bytes(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..20)) {
        let whole = replies(&[&bytes]);
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        prop_assert_eq!(&replies(&single), &whole);
        let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        at.extend([0, bytes.len()]);
        at.sort_unstable();
        let pieces: Vec<&[u8]> = at.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
        prop_assert_eq!(&replies(&pieces), &whole);
    }

    #[test]
    fn every_address_can_be_composed(typed in "[a-z0-9.!#$%&'*+/=?^_`{|}~é-]{1,20}@([a-z]{1,8}(\\.[a-z]{1,8}){0,2}|\\[192\\.0\\.2\\.1\\]|\\[IPv6:2001:db8::1\\]|bücher\\.example)|\"[ -~]{1,20}\"@[a-z]{1,8}") {
        if let Ok(address) = EmailAddress::parse(&typed) {
            let composition = Composition { from: address.clone(), to: vec![address.clone()], reply_to: address.clone(), confirmation: Some(address.clone()), ..composition() };
            let octets = compose(&composition).expect("composes");
            let read = Read::of(&octets);
            prop_assert_eq!(octets.is_ascii(), !address.needs_smtputf8());
            prop_assert_eq!(read.all("To"), [address.to_wire()]);
            prop_assert_eq!(read.all("Reply-To"), [address.to_wire()]);
            prop_assert_eq!(read.all("Disposition-Notification-To"), [address.to_wire()]);
        }
    }

    #[test]
    fn f01_no_text_forges_a_header(
        subject in "\\PC{0,80}|[a-zA-Z:\\r\\n\\t =?]{0,80}|[a-z]{0,400}",
        name in "\\PC{0,60}|[a-zA-Z:\\r\\n <>\"@,]{0,60}",
        text in "(\\PC|\\r|\\n|\\t){0,200}|[.\\r\\n:a]{0,100}",
        footer in "(\\PC|\\r|\\n){0,60}",
        id in "[a-z@<>.\\r\\n :]{0,30}|[a-z]{1,9}@[a-z]{1,9}",
    ) {
        let composition = Composition { subject: subject.clone(), from_name: Some(name), text: text.clone(), footer: Some(footer), message_id: id, ..composition() };
        if let Ok(octets) = compose(&composition) {
            let read = Read::of(&octets);
            let mut names = read.names();
            names.sort_unstable();
            prop_assert_eq!(names, ["Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Reply-To", "Subject", "To"]);
            prop_assert_eq!(read.all("Subject")[0].trim(), subject.trim());
            prop_assert!(octets.is_ascii());
            let mut previous = 0;
            for byte in &octets {
                prop_assert_eq!(*byte == b'\n', previous == b'\r', "CR and LF come in pairs only");
                previous = *byte;
            }
            prop_assert!(octets.split(|b| *b == b'\n').all(|line| line.len() <= 999));
        }
    }
}
