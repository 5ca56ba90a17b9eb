//! SIGKILL in the middle of saves: what was acknowledged is there, nothing is half there, the default is exactly one.

use crate::harness::{Server, account};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::sync::Mutex;

const ROUNDS: u64 = 200;

/// Names acknowledged, with the host last acknowledged and the one that may have been under way.
type Ledger = Arc<Mutex<BTreeMap<i64, (String, Option<String>)>>>;

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_save_is_lost_in_200_kills() {
    let (mut server, session) = Server::with_administrator().await;
    // The first account is the default whatever its draft says; the writers' are ordinary ones.
    session.ask("account_create", json!({ "draft": account("First") })).await;
    let ledger: Ledger = Arc::default();
    for round in 0..ROUNDS {
        let here = session.at(&server);
        let mut writers = Vec::new();
        for writer in 0..4 {
            let (here, ledger) = (here.clone(), Arc::clone(&ledger));
            writers.push(tokio::spawn(async move { write(&here, &ledger, round, writer).await }));
        }
        // A different moment each round, spread over the first saves: no clock decides what must hold.
        tokio::time::sleep(Duration::from_micros(1_000 + (round * 7_919) % 40_000)).await;
        let folder = server.kill().await;
        for writer in writers {
            writer.await.expect("ends");
        }
        server = Server::start_in(folder).await;
        check(&session.at(&server), &ledger, round).await;
    }
    let saved = ledger.lock().await.len() as u64;
    assert!(saved > ROUNDS / 2, "the test must have saved something: {saved}");
    println!("{ROUNDS} kills, {saved} accounts acknowledged and all there");
}

/// Saves until the server is gone: makes an account, changes it, makes it the default.
async fn write(session: &crate::harness::Session, ledger: &Ledger, round: u64, writer: u64) {
    for turn in 0.. {
        let name = format!("r{round} w{writer} t{turn}");
        let Some(made) = acknowledged(session, "account_create", json!({ "draft": account(&name) })).await else {
            return;
        };
        let id = made["id"].as_i64().expect("an id");
        ledger.lock().await.insert(id, ("127.0.0.1".to_owned(), None));
        let mut draft = account(&name);
        draft["host"] = json!("127.0.0.2");
        ledger.lock().await.insert(id, ("127.0.0.1".to_owned(), Some("127.0.0.2".to_owned())));
        let change = json!({ "id": id, "version": made["version"], "draft": draft });
        if acknowledged(session, "account_update", change).await.is_none() {
            return;
        }
        ledger.lock().await.insert(id, ("127.0.0.2".to_owned(), None));
        if acknowledged(session, "account_set_default", json!({ "id": id })).await.is_none() {
            return;
        }
    }
}

/// The answer, if there was a whole one.
async fn acknowledged(session: &crate::harness::Session, function: &str, arguments: Value) -> Option<Value> {
    let response = session.try_post(&format!("/api/ui/{function}"), &arguments).await.ok()?;
    let status = response.status();
    let text = response.text().await.ok()?;
    assert!((200..300).contains(&status), "{function}: {status} {text}");
    serde_json::from_str(&text).ok()
}

async fn check(session: &crate::harness::Session, ledger: &Ledger, round: u64) {
    let rows = session.ask("report_rows", json!({"report": "accounts"})).await;
    let rows = rows.as_array().expect("few enough to hold");
    let defaults = rows.iter().filter(|row| row[7] == true).count();
    assert_eq!(defaults, usize::from(!rows.is_empty()), "round {round}: exactly one default");
    for row in rows {
        assert!(row[2] == "alerts@example.com" && row[6] == true, "round {round}: half a row: {row}");
    }
    let ids: std::collections::BTreeSet<_> = rows.iter().filter_map(|row| row[0].as_i64()).collect();
    let mut ledger = ledger.lock().await;
    for (id, (host, pending)) in ledger.iter_mut() {
        assert!(ids.contains(id), "round {round}: account {id} was acknowledged and is gone");
        if pending.is_some() {
            let stored = session.ask("account_get", json!({ "id": id })).await;
            let stored = stored["host"].as_str().expect("a host").to_owned();
            assert!(stored == *host || Some(&stored) == pending.as_ref(), "round {round}: {id} has {stored}");
            *host = stored;
            *pending = None;
        }
    }
}
