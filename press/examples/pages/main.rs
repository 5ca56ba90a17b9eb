//! What a report costs: `cargo run --release -p postroom-press --example pages -- 10000 [accounts|outbox|audit] [file]` sets so
//! many invented rows and prints time, size, pages and memory.

mod sample;

use domain::report::ReportName;
use std::{error::Error, fs, time::Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().map_or(Ok(1000), |count| count.parse())?;
    let report = arguments.next().and_then(|name| ReportName::parse(&name)).unwrap_or(ReportName::Accounts);
    let rows: Vec<_> = (1..=count).map(|id| sample::row(report, id)).collect();
    let about = sample::about(report, rows.len());
    let before = memory("VmRSS");
    let start = Instant::now();
    let bytes = postroom_press::pdf(&about, &rows)?;
    let took = start.elapsed().as_secs_f64();
    let (after, peak) = (memory("VmRSS"), memory("VmHWM"));
    if let Some(file) = arguments.next() {
        fs::write(file, &bytes)?;
    }
    let size = bytes.len();
    let pages = hayro_syntax::Pdf::new(bytes).map_err(|error| format!("{error:?}"))?.pages().len();
    println!("{count} rows, {pages} pages, {size} bytes in {took:.2} s");
    println!("memory: {before} before, {peak} at most, {after} afterwards");
    Ok(())
}

/// A line of `/proc/self/status`, as it stands there; Linux only.
fn memory(name: &str) -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.map_or_else(|| "?".to_owned(), |line| line.trim().to_owned())
}
