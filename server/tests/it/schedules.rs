//! SIGKILL while a scheduled report is made and mailed: each time is done once, and none is left out.

use crate::harness::{Server, account};
use serde_json::json;
use std::time::Duration;

const ROUNDS: u64 = 25;

/// A time that has just passed and has not been done.
const DUE: &str =
    "UPDATE schedules SET next_at = max(done_until + 1000, (CAST(strftime('%s', 'now') AS INTEGER) - 3600) * 1000)";

#[tokio::test(flavor = "multi_thread")]
async fn s30_a_report_is_mailed_once_however_often_the_server_is_killed() {
    let (mut server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("First") })).await;
    let draft = json!({ "name": "Daily", "recipients": "ann@example.org", "start": "2026-01-01" });
    session.ask("schedule_create", json!({ "draft": draft })).await;
    let mut kills = 0;
    for round in 1..=ROUNDS {
        server.sql(DUE).await;
        for kill in 0..3 {
            server = Server::start_in(server.kill().await).await;
            // A different moment each time, spread over the making of the report and what follows.
            tokio::time::sleep(Duration::from_micros((round * 7_919 + kill * 13_313) % 30_000)).await;
            kills += 1;
        }
        server = Server::start_in(server.kill().await).await;
        let here = session.at(&server);
        let made = async {
            loop {
                let rows = here.ask("report_page", json!({ "report": "outbox", "query": query() })).await;
                let count = rows["all"].as_u64().expect("a number");
                let stored = here.ask("schedule_get", json!({ "id": 1 })).await;
                let due = stored["next_run"].as_i64().expect("a time");
                if due > stored["last_run"]["at"].as_i64().unwrap_or(i64::MAX) && count >= round {
                    return count;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let count = tokio::time::timeout(Duration::from_secs(20), made).await.expect("made after the last start");
        assert_eq!(count, round, "one message for each time");
    }
    println!("{kills} kills, {ROUNDS} reports, each mailed once");
}

fn query() -> serde_json::Value {
    json!({ "filter": {}, "sort": null, "page": 1, "size": 10 })
}
