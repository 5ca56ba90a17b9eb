//! What a report held in the browser costs: bytes a row, time to encode and decode, and each key of a text typed and
//! taken away again, letter by letter, over the accounts of `benches/browser/accounts.mjs`.
//!
//! `cargo run --release -p postroom-domain --example held`, or `benches/held.sh`.
#![expect(clippy::expect_used, clippy::cast_precision_loss, reason = "a tool that fails is to say where")]

use postroom_domain::report::{Held, Query, ReportName, Row, Value, encode, encode_changes};
use std::time::{Duration, Instant};

/// One whose every beginning matches accounts, one that ends in nothing.
const TYPED: [&str; 2] = ["smtp-relay", "smtp relay"];

fn main() {
    println!(
        "{:>8}  {:>6} {:>6} {:>6}  {:>8} {:>8} {:>8}  {:<26} {:>8} {:>8} {:>8}",
        "rows", "held", "kept", "sent", "encode", "decode", "prepare", "typed over", "median", "slowest", "afresh"
    );
    println!("{:>8}  {:^20}  {:^26}  {:<26} {:^26}", "", "bytes a row", "ms", "", "ms a key");
    for count in [1_000, 10_000, 100_000] {
        let rows: Vec<Row> = (1..=count).map(account).collect();
        measure(&rows);
    }
    for count in [10_000, 100_000] {
        let rows: Vec<Row> = (1..=count).map(account).collect();
        take_in(&rows);
    }
    // As the window fills them in: Reply, Return-Path and Confirmation follow the sender until somebody edits them.
    let rows: Vec<Row> = (1..=100_000).map(account).map(with_one_address).collect();
    let spec = ReportName::Accounts.spec();
    let bytes = encode(spec, &rows);
    let (held, decoding) = timed(|| Held::decode(spec, &bytes).expect("reads"));
    let each = |bytes: usize| bytes as f64 / rows.len() as f64;
    println!(
        "with one address an account: {:.1} bytes a row held, {:.1} sent; decode {:.2} ms",
        each(held.bytes().0),
        each(bytes.len()),
        ms(decoding)
    );
}

fn with_one_address(mut row: Row) -> Row {
    for column in 3..=5 {
        row.0[column] = row.0[2].clone();
    }
    row
}

fn measure(rows: &[Row]) {
    let spec = ReportName::Accounts.spec();
    let (bytes, encoding) = timed(|| encode(spec, rows));
    let (held, decoding) = timed(|| Held::decode(spec, &bytes).expect("reads"));
    let ((), preparing) = timed(|| while held.prepare() {});
    let (size, kept) = held.bytes();
    let each = |bytes: usize| bytes as f64 / rows.len() as f64;
    let mut line = format!(
        "{:>8}  {:>6.1} {:>6.1} {:>6.1}  {:>8.2} {:>8.2} {:>8.2}",
        rows.len(),
        each(size),
        each(kept),
        each(bytes.len()),
        ms(encoding),
        ms(decoding),
        ms(preparing),
    );
    for typed in TYPED {
        for sort in ["id", "-name"] {
            let queries = keys(typed, sort);
            let mut times: Vec<_> = queries.iter().map(|query| timed(|| held.page(query)).1).collect();
            // Each asked of rows that nothing is remembered of but their orders.
            let fresh = Held::decode(spec, &bytes).expect("reads");
            while fresh.prepare() {}
            let alone = queries.iter().map(|query| {
                fresh.forget();
                timed(|| fresh.page(query)).1
            });
            let alone = alone.max().unwrap_or_default();
            times.sort_unstable();
            println!(
                "{line}  {:<26} {:>8.3} {:>8.3} {:>8.3}",
                format!("{typed:?}, sort={sort}"),
                ms(times[times.len() / 2]),
                ms(times[times.len() - 1]),
                ms(alone)
            );
            line = " ".repeat(line.len());
        }
    }
}

/// What others have changed, where everything was folded and sorted, and the page shown after it.
fn take_in(rows: &[Row]) {
    let spec = ReportName::Accounts.spec();
    let query = Query::from_pairs(ReportName::Accounts, [("name", "smtp-relay"), ("sort", "-name")]);
    for count in [1, 1_000] {
        let mut held = Held::new(spec, rows.to_vec());
        while held.prepare() {}
        held.page(&query);
        let apart = rows.len() / count;
        let changed: Vec<Row> = rows.iter().step_by(apart).take(count).map(renamed).collect();
        let ids: Vec<i64> = changed.iter().map(Row::id).collect();
        let bytes = encode_changes(spec, &ids, &changed);
        let ((), taking) = timed(|| held.change(&bytes).expect("meant for these rows"));
        let (_, showing) = timed(|| held.page(&query));
        println!(
            "of {} rows {count} changed: {} bytes sent, {:.2} ms to take in, {:.2} ms until the page",
            rows.len(),
            bytes.len(),
            ms(taking),
            ms(showing)
        );
    }
}

fn renamed(row: &Row) -> Row {
    let mut row = row.clone();
    row.0[1] = Value::text(format!("Backup of {}", row.get(1).as_str()));
    row
}

/// Typed, then taken away.
fn keys(typed: &str, sort: &str) -> Vec<Query> {
    let on = (1..=typed.len()).chain((0..typed.len()).rev());
    on.map(|end| Query::from_pairs(ReportName::Accounts, [("name", &typed[..end]), ("sort", sort)])).collect()
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let done = work();
    (done, began.elapsed())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// How many of a hundred accounts are called so.
const KINDS: [(usize, &str); 13] = [
    (10, "SMTP-Relay"),
    (6, "SMTP-Relations"),
    (6, "smtp-release"),
    (6, "SMTP-Reply"),
    (6, "Smtp-Router"),
    (6, "SMTP-Backup"),
    (6, "SMTPS-Gate"),
    (6, "SMT-Line"),
    (6, "Smart-Host"),
    (12, "Sales"),
    (10, "Billing"),
    (10, "Alert"),
    (10, "Help"),
];
const PLACES: [&str; 12] =
    ["Porto", "Recife", "Madrid", "Lima", "Torino", "Evora", "Natal", "Granada", "Braga", "Cork", "Leeds", "Lagos"];
const DOMAINS: [&str; 5] = ["example.com", "example.net", "mail.example.org", "corp.example.com", "notify.example.net"];

/// The account with this id, as `account` in `benches/browser/accounts.mjs` makes it.
fn account(id: u32) -> Row {
    let bits = mixed(id);
    let pick = |shift: u32, count: usize| (bits >> shift) as usize % count;
    let mut left = pick(0, KINDS.iter().map(|(count, _)| count).sum());
    let kind = KINDS.iter().find(|(count, _)| {
        let here = left < *count;
        left = left.saturating_sub(*count);
        here
    });
    let kind = kind.map_or("", |(_, kind)| kind);
    let (place, domain) = (PLACES[pick(8, PLACES.len())], DOMAINS[pick(12, DOMAINS.len())]);
    let user = format!("{}.{}.{id}", kind.to_lowercase(), place.to_lowercase());
    let flags = [
        id == 1 || !bits.is_multiple_of(10),
        id == 1,
        id == 1 || (id != 2 && !bits.is_multiple_of(7)),
        bits & 0x10000 != 0,
        bits & 0x20000 != 0,
        bits & 0x40000 != 0,
    ];
    let texts = [
        format!("{kind} {place} {id}"),
        format!("{user}@{domain}"),
        format!("reply-{user}@{domain}"),
        format!("bounce-{id}@{domain}"),
        format!("read-{id}@{domain}"),
    ];
    let rest = [Value::text("never"), Value::None, Value::None, Value::text(""), Value::Int(1)];
    let values = std::iter::once(Value::Int(id.into()));
    Row(values.chain(texts.map(Value::text)).chain(flags.map(Value::Bool)).chain(rest).collect())
}

/// A number's bits well mixed (the end of `MurmurHash3`).
const fn mixed(number: u32) -> u32 {
    let bits = (number ^ 0x9e37_79b9).wrapping_mul(0x85eb_ca6b);
    let bits = (bits ^ (bits >> 13)).wrapping_mul(0xc2b2_ae35);
    bits ^ (bits >> 16)
}
