//! Fills a throw-away database with a million messages and prints how long the Outbox's pages take.
//!
//! `cargo run --release -p postroom-store --example outbox_report -- [rows] [file] [repeats] [only queries with]`; an existing
//! file is used as it is.
#![expect(
    clippy::expect_used,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    reason = "a tool that fails is to say where"
)]

use domain::{
    AccountId, EmailAddress, UnixMillis,
    account::AccountDraft,
    destination::Destination,
    message::MessageKind,
    notification::Priority,
    report::{Query, ReportName},
};
use postroom_store::{NewMessage, Store};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use std::{path::Path, time::Instant};

const START: i64 = 1_795_000_000_000;
const DAY: i64 = 86_400_000;
const WORDS: [&str; 24] = [
    "disk",
    "full",
    "password",
    "expires",
    "login",
    "from",
    "new",
    "device",
    "backup",
    "failed",
    "certificate",
    "invoice",
    "overdue",
    "access",
    "request",
    "approved",
    "session",
    "recorded",
    "report",
    "weekly",
    "São",
    "Zürich",
    "alert",
    "host",
];

/// The same rows every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let rows: i64 = arguments.next().map_or(1_000_000, |text| text.parse().expect("a number"));
    let directory = tempfile::tempdir().expect("a directory");
    let path = arguments.next().map_or_else(|| directory.path().join("bench.db"), Into::into);
    let exists = path.exists();
    let store = Store::open(&format!("sqlite://{}", path.display())).await.expect("opens");
    if !exists {
        fill(&store, &path, rows).await;
    }
    // The first of each is not counted: it finds out what the disk's cache has.
    let repeats: u32 = arguments.next().map_or(100, |text| text.parse().expect("a number"));
    let only = arguments.next().unwrap_or_default();
    let mut slowest: u128 = 0;
    println!("{:<58} {:>9} {:>9} {:>10}", "query", "p50 ms", "p99 ms", "matching");
    for text in queries(rows).into_iter().filter(|text| text.contains(&only)) {
        let pairs: Vec<_> = text.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let query = Query::from_pairs(ReportName::Outbox, pairs);
        let mut times = Vec::new();
        let mut shown = String::new();
        for _ in 0..=repeats {
            let began = Instant::now();
            let page =
                store.read().await.expect("reads").report_page(ReportName::Outbox, &query).await.expect("a page");
            if !shown.is_empty() || repeats == 1 {
                times.push(began.elapsed().as_micros());
            }
            shown = format!("{}{}", page.matching, if page.at_least { "+" } else { "" });
        }
        slowest = slowest.max(print_times(&text, times, &shown));
    }
    println!();
    println!("{:<58} {:>9} {:>9} {:>10}", "GET /messages, 200 from there on", "p50 ms", "p99 ms", "rows");
    for text in [
        "",
        "status=error",
        "status=paused",
        "subject=backup",
        "subject=host 4711",
        "subject=no such subject",
        "to=user4711@",
    ] {
        if !text.contains(&only) {
            continue;
        }
        let query = Query::from_pairs(ReportName::Outbox, text.split('&').filter_map(|pair| pair.split_once('=')));
        for after in [0, rows / 2, rows - 1000] {
            let mut times = Vec::new();
            let mut found = 0;
            for _ in 0..repeats {
                let began = Instant::now();
                let mut tx = store.read().await.expect("reads");
                found = tx.message_rows(&query, after, 200).await.expect("rows").len();
                times.push(began.elapsed().as_micros());
            }
            slowest = slowest.max(print_times(&format!("{text} after {after}"), times, &found.to_string()));
        }
    }
    println!("slowest of all: {:.1} ms", slowest as f64 / 1e3);
}

/// Answers the 99th percentile, in microseconds.
fn print_times(text: &str, mut times: Vec<u128>, shown: &str) -> u128 {
    times.sort_unstable();
    let (p50, p99) = (times[times.len() / 2], times[(times.len() * 99).div_ceil(100) - 1]);
    println!("{text:<58} {:>9.1} {:>9.1} {shown:>10}", p50 as f64 / 1e3, p99 as f64 / 1e3);
    p99
}

fn queries(rows: i64) -> Vec<String> {
    let mut all = Vec::new();
    for sort in ["id", "-id", "subject", "-to", "from", "-account", "at", "-at", "status", "-status", "priority"] {
        for page in [1, rows / 60, rows / 40, rows / 30] {
            all.push(format!("sort={sort}&page={page}"));
        }
    }
    let filters = [
        "subject=backup",
        "subject=zurich",
        "subject=host 4711",
        "subject=zq",
        "subject=a",
        "subject=no such subject",
        "to=user123",
        "to=example.org",
        "to=user4711@",
        "from=alerts3",
        "from=alerts",
        "account=Account 07",
        "status=sent",
        "status=error",
        "status=paused",
        "since=2026-10-01",
        "until=2026-07-01",
        "since=2026-09-01&until=2026-09-02",
        "id=500000-500100",
        "id=1-900000",
        "subject=alert&status=error",
        "subject=alert&status=paused",
        "to=user12&from=alerts3&since=2026-09-01",
        "subject=backup&until=2026-07-01",
        "account=Account 07&status=error&subject=disk",
        "to=user99&subject=weekly report&status=sent",
    ];
    for filter in filters {
        for rest in ["", "&page=40", "&sort=subject", "&sort=-to&page=100", "&sort=at", "&sort=status"] {
            all.push(format!("{filter}{rest}"));
        }
    }
    all
}

async fn fill(store: &Store, path: &Path, rows: i64) {
    let began = Instant::now();
    let mut tx = store.write().await.expect("writes");
    for account in 0..20 {
        let draft = AccountDraft {
            name: format!("Account {account:02}"),
            sender: format!("alerts{account}@example.com"),
            reply_to: "b@example.com".into(),
            return_path: "c@example.com".into(),
            confirmation: "d@example.com".into(),
            host: "smtp.example.com".into(),
            ..AccountDraft::default()
        };
        let new = draft.parse().expect("an account");
        tx.account_insert(&new, &Destination::of_account(&new, None)).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut done = 0;
    while done < rows {
        let count = (rows - done).min(2000);
        let messages: Vec<_> = (done..done + count).map(|index| message(&mut dice, index, rows)).collect();
        let mut tx = store.write().await.expect("writes");
        tx.message_insert_many(&messages).await.expect("inserts");
        tx.commit().await.expect("commits");
        done += count;
    }
    println!("{rows} messages accepted in {:.1} s", began.elapsed().as_secs_f64());
    let began = Instant::now();
    let mut connection = SqliteConnectOptions::new().filename(path).connect().await.expect("opens");
    let ends = "UPDATE messages SET status = CASE WHEN id % 100 < 94 THEN 'sent' WHEN id % 100 < 98 THEN 'error' \
                WHEN id % 100 = 98 THEN 'canceled' WHEN id % 10000 = 9999 THEN 'paused' ELSE 'waiting' END";
    sqlx::query(AssertSqlSafe(ends)).execute(&mut connection).await.expect("updates");
    // Whoever starts a server on this file is not to send any of it.
    sqlx::query("UPDATE account_sending SET paused = 1").execute(&mut connection).await.expect("updates");
    connection.close().await.expect("closes");
    println!("statuses set in {:.1} s", began.elapsed().as_secs_f64());
    let began = Instant::now();
    loop {
        if store.read().await.expect("reads").search_behind().await.expect("asks") == 0 {
            break;
        }
        let mut tx = store.write().await.expect("writes");
        tx.search_advance(10_000).await.expect("indexes");
        tx.commit().await.expect("commits");
    }
    println!("search index in {:.1} s", began.elapsed().as_secs_f64());
    println!("{} MB", std::fs::metadata(path).map_or(0, |file| file.len()) / 1_000_000);
}

fn message(dice: &mut Dice, index: i64, rows: i64) -> NewMessage {
    let mut word = || WORDS[dice.roll(WORDS.len() as u64) as usize];
    let subject = format!("{} {} {}", word(), word(), word());
    let subject = format!("{subject} host {}", dice.roll(20_000));
    let to = format!("user{}@example.{}", dice.roll(50_000), ["com", "org", "net"][dice.roll(3) as usize]);
    let account = dice.roll(20);
    NewMessage {
        account_id: AccountId(account as i64 + 1),
        account: format!("Account {account:02}"),
        sender: format!("alerts{account}@example.com"),
        kind: MessageKind::Notification,
        priority: Priority::ALL[dice.roll(3) as usize],
        subject,
        to: vec![EmailAddress::parse(&to).expect("an address")],
        message_id: format!("{index}.{}@example.com", dice.roll(u64::MAX)),
        created_by: "portal".into(),
        created_at: UnixMillis(START - 180 * DAY + 180 * DAY / rows * index),
        expires_at: UnixMillis(START + 2 * DAY),
        resent_from: None,
        size: 300,
        content: vec![b'x'; 300],
    }
}
