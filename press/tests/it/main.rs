//! Reports set and read again by another library. Whether they look well, a person decides (`examples/pages`).
#![expect(clippy::expect_used, reason = "what fails is to fail its test")]

mod document;
mod read;
mod table;
mod text;

#[path = "../../examples/pages/sample.rs"]
mod sample;

use domain::report::{ReportName, Row, Value};
use paper::About;

/// A connector: the report with the fewest columns, one of each sort.
fn connector(id: i64, name: &str, host: &str, port: i64, used_by: &str) -> Row {
    let text = |text: &str| Value::text(text);
    Row(vec![
        Value::Int(id),
        text(name),
        text("socks5"),
        text(host),
        Value::Int(port),
        Value::Bool(true),
        text(used_by),
        Value::Int(1),
    ])
}

fn about(rows: &[Row]) -> About {
    sample::about(ReportName::Connectors, rows.len())
}

fn set(rows: &[Row]) -> Vec<u8> {
    postroom_press::pdf(&about(rows), rows).expect("set")
}
