//! Every statement of the crate, read from its sources, is prepared on the migrated schema. A call that this file can't
//! read fails it: no statement is forgotten.

use crate::harness::Database;
use domain::report::{FieldKind, Query, ReportName};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, Row as _, SqlSafeStr, sqlite::SqliteConnectOptions};
use std::{collections::BTreeSet, fs, path::Path};

/// Where statements are put together while the program runs: the schema's tables are tried below, and a PRAGMA is no
/// statement that a schema could contradict.
const MADE_AT_RUN_TIME: [&str; 3] = ["pool.rs", "report.rs", "report/outbox.rs"];

#[tokio::test]
async fn every_statement_fits_the_schema() {
    let db = Database::new().await;
    let mut connection = SqliteConnectOptions::new().filename(db.path()).connect().await.expect("opens");
    let mut count = 0;
    for (file, text) in sources() {
        for statement in statements(&file, &text) {
            let prepared = connection.prepare(AssertSqlSafe(statement.clone()).into_sql_str()).await;
            assert!(prepared.is_ok(), "{file}: {statement}: {:?}", prepared.err());
            let (numbers, last) = placeholders(&statement);
            assert_eq!(numbers.len(), last, "{file}: {statement}: a gap in the placeholders");
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}

/// Those of the reports, which are put together from tables: every column sorted by, every field searched in.
#[tokio::test]
async fn every_report_fits_the_schema() {
    let db = Database::new().await;
    let mut tx = db.store.read().await.expect("reads");
    for report in ReportName::ALL {
        let spec = report.spec();
        tx.report_rows(report).await.expect("all rows");
        let mut pairs: Vec<_> = spec.columns.iter().map(|column| ("sort", column.key)).collect();
        for field in spec.fields {
            match field.kind {
                FieldKind::Ids => pairs.push((field.key, "3, 10-20")),
                FieldKind::Text => pairs.extend([(field.key, "x"), (field.key, "longer text")]),
                FieldKind::Choice(codes) => pairs.extend(codes.iter().map(|code| (field.key, *code))),
                FieldKind::Since | FieldKind::Until => pairs.push((field.key, "2026-11-22")),
            }
        }
        for pair in pairs {
            let query = Query::from_pairs(report, [pair]);
            let answer = tx.report_page(report, &query).await;
            assert!(answer.is_ok(), "{report:?} {pair:?}: {:?}", answer.err());
        }
    }
}

/// Asked every few seconds, however many messages there are.
#[tokio::test]
async fn what_monitoring_and_incidents_ask_reads_an_index_alone() {
    let db = Database::new().await;
    let mut connection = SqliteConnectOptions::new().filename(db.path()).connect().await.expect("opens");
    for (file, part, index) in [
        ("outbox/search.rs", "AS depth", "COVERING INDEX messages_by_status"),
        ("outbox/sending.rs", "LIMIT $2", "INDEX messages_ready"),
    ] {
        let text = sources().into_iter().find(|(name, _)| name == file).expect("a source").1;
        let statement = statements(file, &text).into_iter().find(|s| s.contains(part)).expect("a statement");
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}")));
        let rows = plan.fetch_all(&mut connection).await.expect("explains");
        let details: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        assert!(details.iter().any(|detail| detail.contains(index)), "{details:?}");
        assert!(!details.iter().any(|detail| detail.starts_with("SCAN messages")), "{details:?}");
    }
}

#[tokio::test]
async fn what_does_not_fit_is_found() {
    let db = Database::new().await;
    let mut connection = SqliteConnectOptions::new().filename(db.path()).connect().await.expect("opens");
    for (source, fits) in [
        (r#"sqlx::query("SELECT name FROM users WHERE id = $1").bind(1)"#, true),
        (r#"sqlx::query("SELECT nickname FROM users")"#, false),
        ("sqlx::query_scalar::<_, i64>(\n    \"SELECT count(*) \\\n     FROM user\",\n)", false),
    ] {
        let [statement] = statements("x.rs", source).try_into().expect("one");
        assert_eq!(connection.prepare(AssertSqlSafe(statement).into_sql_str()).await.is_ok(), fits, "{source}");
    }
}

#[test]
fn what_can_not_be_read_is_not_passed_over() {
    for source in [
        "sqlx::query(statement)",
        "sqlx::query(AssertSqlSafe(statement))",
        r#"query("SELECT 1")"#,
        "sqlx::raw_sql(&text)",
        r#"connection.execute("DELETE FROM users")"#,
    ] {
        assert!(std::panic::catch_unwind(|| statements("x.rs", source)).is_err(), "{source}");
    }
}

/// Path and text of each source file, without its tests.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut all = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("readable");
            let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            all.push((path.strip_prefix(&root).expect("below").display().to_string(), text));
        }
    }
    all
}

/// The statement of each call that runs one.
fn statements(file: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    // `select!` and `bind!` are this crate's own: a common head before the literal, and a common tail of values.
    let head = text.split_once("concat!(").map(|(_, rest)| literals_until(rest, "$tail")).unwrap_or_default();
    for (at, argument) in calls(file, text) {
        let place = || format!("{file}:{}", text[..at].lines().count());
        if argument.starts_with('"') {
            found.push(literal(argument).0);
        } else if let Some(tail) = argument.strip_prefix("select!(") {
            found.push(head.clone() + &literal(tail.trim_start()).0);
        } else if argument.starts_with("$statement") {
            assert_eq!(file, "account.rs", "{}: bind! lives in one file", place());
        } else {
            let known = argument.starts_with("AssertSqlSafe(") && MADE_AT_RUN_TIME.contains(&file);
            assert!(known, "{}: which statement is this? {}", place(), argument.lines().next().unwrap_or_default());
        }
    }
    for (at, _) in text.match_indices("bind!(") {
        found.push(literal(text[at + "bind!(".len()..].trim_start()).0);
    }
    found
}

/// Each call of one of sqlx's functions, and what stands in its parentheses.
fn calls<'t>(file: &str, text: &'t str) -> Vec<(usize, &'t str)> {
    let mut calls = Vec::new();
    for name in ["query", "query_scalar", "query_as", "query_with", "raw_sql", "execute", "fetch_one", "fetch_all"] {
        for (at, _) in text.match_indices(name) {
            let is_part = |c: char| c.is_alphanumeric() || c == '_';
            let rest = &text[at + name.len()..];
            let rest = match rest.strip_prefix("::<") {
                Some(types) => types.split_once(">(").map_or("", |(_, argument)| argument),
                None => rest.strip_prefix('(').unwrap_or_default(),
            };
            let rest = rest.trim_start();
            if rest.is_empty() || text[..at].ends_with(is_part) {
                continue;
            }
            let of_sqlx = text[..at].ends_with("sqlx::");
            let runs = matches!(name, "execute" | "fetch_one" | "fetch_all");
            // On a connection, text would run as it stands.
            assert!(!(runs && rest.starts_with('"')), "{file}: {name} of a text");
            assert!(runs || of_sqlx, "{file}: {name} without its crate's name before it");
            if of_sqlx {
                calls.push((at, rest));
            }
        }
    }
    calls
}

/// A string literal as the compiler reads it, and what follows it.
fn literal(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut rest = text.strip_prefix('"').expect("a literal").chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => return (value, rest.as_str()),
            '\\' => match rest.next() {
                Some('\n') => rest = rest.as_str().trim_start().chars(),
                Some(quoted @ ('"' | '\\')) => value.push(quoted),
                other => panic!("an escape that no statement needs: {other:?}"),
            },
            other => value.push(other),
        }
    }
    panic!("a literal without an end");
}

/// All literals up to a word, one after the other.
fn literals_until(text: &str, end: &str) -> String {
    let mut rest = text.split_once(end).map_or("", |(before, _)| before);
    let mut all = String::new();
    while let Some(at) = rest.find('"') {
        let (value, after) = literal(&rest[at..]);
        all.push_str(&value);
        rest = after;
    }
    all
}

/// The numbers behind `$`, and the highest of them.
fn placeholders(statement: &str) -> (BTreeSet<usize>, usize) {
    let parts = statement.split('$').skip(1);
    let digits = parts.map(|part| part.chars().take_while(char::is_ascii_digit).collect::<String>());
    let numbers: BTreeSet<usize> = digits.map(|digits| digits.parse().expect("a number")).collect();
    let last = numbers.last().copied().unwrap_or(0);
    (numbers, last)
}
