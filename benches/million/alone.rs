//! The store without a server: people who type, and each order of all rows.

use crate::people::{Dice, pause, print, sought};
use domain::report::{Query, ReportName};
use postroom_store::Store;
use std::time::{Duration, Instant};

const REPORT: ReportName = ReportName::Accounts;

pub async fn measure(database: &str, people: u64, seconds: u64) {
    let store = Store::open(&format!("sqlite://{database}")).await.expect("opens");
    let began = Instant::now();
    let figures = store.index_accounts(0).await.expect("reads").expect("it fits");
    println!("{figures:?} after {} ms, {}", began.elapsed().as_millis(), memory());
    let accounts = figures.accounts as u64;
    let (began, used) = (Instant::now(), cpu());
    let ended = Instant::now() + Duration::from_secs(seconds);
    let people = (1..=people).map(|person| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut dice = Dice(person << 20 | 1);
            let mut waits = Vec::new();
            while Instant::now() < ended {
                let text = sought(&mut dice, accounts);
                for (end, letter) in text.char_indices() {
                    tokio::time::sleep(pause(&mut dice)).await;
                    let query = Query::from_pairs(REPORT, [("name", &text[..end + letter.len_utf8()])]);
                    waits.push(ask(&store, &query).await);
                }
            }
            waits
        })
    });
    let mut waits = Vec::new();
    for person in people.collect::<Vec<_>>() {
        waits.extend(person.await.expect("types"));
    }
    let used = (cpu() - used) * 1e3 / waits.len() as f64;
    print("store alone", waits, began.elapsed().as_secs_f64());
    println!("{used:.2} ms of a processor for each answer; {}", memory());
    for pairs in [
        "",
        "page=20000",
        "sort=-id",
        "sort=name",
        "sort=-name",
        "sort=sender",
        "sort=confirmation",
        "sort=-enabled",
        "name=a&sort=name",
        "name=ç",
        "name=zz",
        "sender=acme",
        "confirmation=m@a",
        "return_path=e-77",
        "reply_to=7",
        "enabled=no",
        "enabled=no&name=acme",
        "id=5-900000&name=7",
        "name=acme porto 1&sort=-last_test",
        "sort=last_test",
    ] {
        let query = Query::from_pairs(REPORT, pairs.split('&').filter_map(|pair| pair.split_once('=')));
        let first = ask(&store, &query).await;
        let mut again = Vec::new();
        for _ in 0..5 {
            again.push(ask(&store, &query).await);
        }
        again.sort_unstable();
        println!(
            "{pairs:<40} first {:>8.2} ms, then {:>8.2} ms; {}",
            first.as_secs_f64() * 1e3,
            again[2].as_secs_f64() * 1e3,
            memory()
        );
    }
    println!("{}", memory());
    store.close().await;
}

async fn ask(store: &Store, query: &Query) -> Duration {
    let began = Instant::now();
    store.read().await.expect("reads").report_page(REPORT, query).await.expect("a page");
    began.elapsed()
}

/// Seconds of processors that this process has taken.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let ticks = stat.split_whitespace().skip(13).take(2).map(|ticks| ticks.parse::<f64>().expect("a number"));
    ticks.sum::<f64>() / 100.0
}

fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let lines = status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"));
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(", ")
}
