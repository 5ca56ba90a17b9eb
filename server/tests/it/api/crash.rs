//! SIGKILL while messages flow: what was answered with 202 arrives, and what may arrive twice says so.

use super::{
    Api,
    notifications::{header, leading_to, text},
};
use crate::harness::Server;
use serde_json::{Value, json};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};
use testkit::{Act, ScriptedServer, SinkOptions, SmtpSink};
use tokio::sync::{Mutex, watch};

const KILLS: u64 = 10;
const MESSAGES: usize = 500;
const SUBMITTERS: usize = 4;
const SEED: u64 = 20_261_122;

fn options() -> SinkOptions {
    let mut options = SinkOptions::default();
    options.capabilities.push("PIPELINING".into());
    options
}

/// Its id, if it was answered: the server may be gone at any moment.
async fn accepted(api: &Api, number: usize) -> Option<i64> {
    let body = text(&format!("Message {number}"));
    let reply = api.try_notify(&format!("key-{number}"), &body).await.ok()?;
    assert!(reply.status == 202 || reply.status >= 500, "{number}: {} {}", reply.status, reply.body);
    if reply.status == 202 { reply.body["id"].as_i64() } else { None }
}

/// `benches/kills.sh` does the same a hundred times, with ten thousand messages and a real Postfix.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_accepted_message_is_lost_in_ten_kills() {
    println!("seed {SEED}");
    let mut server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let sink = SmtpSink::start(options()).await;
    api.make("/api/v1/accounts", &leading_to(&sink, "Alerts")).await;
    let (here, there) = watch::channel(api.clone());
    // So many may have been submitted by now: the flow lasts as long as the killing does.
    let (release, released) = watch::channel(0);
    let ids = Arc::new(Mutex::new(HashMap::new()));
    let submitters: Vec<_> = (0..SUBMITTERS)
        .map(|part| {
            let (there, mut released, ids) = (there.clone(), released.clone(), Arc::clone(&ids));
            tokio::spawn(async move {
                for number in (part..MESSAGES).step_by(SUBMITTERS) {
                    released.wait_for(|most| number < *most).await.expect("released");
                    let id = loop {
                        let api = there.borrow().clone();
                        match accepted(&api, number).await {
                            Some(id) => break id,
                            None => tokio::time::sleep(Duration::from_millis(5)).await,
                        }
                    };
                    ids.lock().await.insert(number, id);
                }
            })
        })
        .collect();
    let mut dice = SEED;
    for kill in 1..=KILLS {
        release.send_replace(MESSAGES * usize::try_from(kill).expect("small") / usize::try_from(KILLS).expect("small"));
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        tokio::time::sleep(Duration::from_micros((dice >> 33) % 300_000)).await;
        let folder = server.kill().await;
        server = Server::start_in(folder).await;
        here.send_replace(api.at(&server));
    }
    for submitter in submitters {
        submitter.await.expect("submits");
    }
    let api = api.at(&server);
    let ids = ids.lock().await;
    assert_eq!(ids.len(), MESSAGES);
    let mut possible = HashSet::new();
    for (number, id) in ids.iter() {
        let message = api.message_in(*id, |message| message["status"] == "sent").await;
        assert_eq!(message["subject"], json!(format!("Message {number}")), "the id that it was answered with");
        if message["possible_duplicate"] == true {
            possible.insert(*number);
        }
    }
    let mut arrived: HashMap<usize, Vec<String>> = HashMap::new();
    for mail in sink.messages() {
        let number = header(&mail.message, "Subject").split(' ').next_back().and_then(|text| text.parse().ok());
        arrived.entry(number.expect("a number")).or_default().push(header(&mail.message, "Message-ID"));
    }
    assert_eq!(arrived.len(), MESSAGES, "none is lost, and none arrives that was not accepted");
    let twice: Vec<_> = arrived.iter().filter(|(_, ids)| ids.len() > 1).collect();
    for (number, ids) in &twice {
        assert!(ids.iter().all(|id| *id == ids[0]), "{number}: {ids:?}");
        assert!(possible.contains(*number), "{number} arrived {} times and does not say so", ids.len());
    }
    println!("{KILLS} kills: {} arrived twice, {} are called possible duplicates", twice.len(), possible.len());
}

/// A server that takes a little of the message, and then neither reads nor speaks.
fn stalls() -> Vec<Act> {
    let mut script = vec![Act::send("220 x\r\n"), Act::Expect("EHLO"), Act::send("250 x\r\n")];
    for (verb, reply) in [("MAIL", "250 x\r\n"), ("RCPT", "250 x\r\n"), ("DATA", "354 x\r\n")] {
        script.extend([Act::Expect(verb), Act::send(reply)]);
    }
    script.extend([Act::Take(1000), Act::Freeze]);
    script
}

#[tokio::test]
async fn s06_killed_in_the_middle_of_a_body_it_is_sent_once_by_the_next() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let stalled = ScriptedServer::start(stalls(), None).await;
    let port = stalled.port();
    let mut account = leading_to(&SmtpSink::start(options()).await, "Alerts");
    account["port"] = json!(port);
    api.make("/api/v1/accounts", &account).await;
    let mut body = text("large");
    // More than the system takes off our hands.
    body["attachments"] = json!([{ "name": "a.bin", "content": "AAAA".repeat(6_000_000 / 3) }]);
    assert_eq!(api.notify("key", &body).await.status, 202);
    stalled.reached(11).await;
    // What was to be written by now is on the disk before this one is accepted.
    assert_eq!(api.notify("after it", &text("small")).await.status, 202);
    let folder = server.kill().await;
    drop(stalled);
    // Nobody listens there any more.
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
        tokio::task::yield_now().await;
    }
    let sink = SmtpSink::start(SinkOptions { port, capabilities: vec!["8BITMIME".into()], ..options() }).await;
    let server = Server::start_in(folder).await;
    let api = api.at(&server);
    let message: Value = api.message_in(1, |message| message["status"] == "sent").await;
    assert_eq!(message["possible_duplicate"], false, "its dot was never near: {message}");
    api.message_in(2, |message| message["status"] == "sent").await;
    assert_eq!((sink.messages().len(), api.notify("key", &body).await.body["id"].as_i64()), (2, Some(1)));
}
