//! The metrics as a scraper sees them: on a listener of their own, read back line by line.

use crate::{
    api::{Api, credential},
    harness::{Server, command},
    http::send,
};
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};
use tempfile::TempDir;
use testkit::{SinkOptions, SmtpSink};

async fn monitored() -> Server {
    let folder = Arc::new(TempDir::new().expect("a folder"));
    Server::start_with(folder, &[("POSTROOM_METRICS_LISTEN", "127.0.0.1:0")]).await
}

/// Each sample by its name with labels, as it is written.
#[derive(Debug)]
struct Samples(BTreeMap<String, String>);

impl Samples {
    async fn of(server: &Server) -> Self {
        let response = send(server.metrics(), "GET", "/metrics", &[], "").await.expect("answers");
        assert_eq!(response.status(), 200);
        let media = response.headers().get("content-type").expect("a type").to_str().expect("ascii").to_owned();
        assert_eq!(media, "application/openmetrics-text; version=1.0.0; charset=utf-8");
        Self::read(&response.text().await.expect("a body"))
    }

    /// Held to the format: each sample belongs to the family announced before it, none comes twice, the end is marked.
    fn read(text: &str) -> Self {
        let body = text.strip_suffix("# EOF\n").expect("an end");
        let (mut family, mut kind, mut samples) = ("", "", BTreeMap::new());
        for line in body.lines() {
            if let Some(comment) = line.strip_prefix("# ") {
                let (what, rest) = comment.split_once(' ').expect("a comment's kind");
                let (name, value) = rest.split_once(' ').expect("a family");
                match what {
                    "HELP" => family = name,
                    "TYPE" => kind = value,
                    "UNIT" => assert!(name.ends_with(&format!("_{value}")), "{line}"),
                    _ => panic!("{line}"),
                }
                assert_eq!(name, family, "{line}");
                continue;
            }
            let (name, value) = line.rsplit_once(' ').expect("a value");
            let bare = name.split('{').next().unwrap_or_default();
            let endings: &[&str] = match kind {
                "counter" => &["_total"],
                "histogram" => &["_bucket", "_sum", "_count"],
                "info" => &["_info"],
                _ => &[""],
            };
            assert!(endings.iter().any(|ending| bare == format!("{family}{ending}")), "{family} {kind}: {line}");
            assert!(value.parse::<f64>().is_ok(), "no number: {line}");
            assert!(samples.insert(name.to_owned(), value.to_owned()).is_none(), "twice: {line}");
        }
        Self(samples)
    }

    fn get(&self, name: &str) -> f64 {
        self.0.get(name).and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("no {name} in {:#?}", self.0))
    }

    /// 0 where there is no such sample.
    fn count(&self, name: &str) -> u32 {
        let Some(value) = self.0.get(name) else { return 0 };
        let whole = value.strip_suffix(".0").unwrap_or(value);
        whole.parse().unwrap_or_else(|_| panic!("{name} is {value}"))
    }

    fn any(&self, part: &str) -> bool {
        self.0.keys().any(|name| name.contains(part))
    }
}

fn leading_to(port: u16, name: &str) -> serde_json::Value {
    json!({ "name": name, "sender": "alerts@example.com", "host": "127.0.0.1", "port": port, "secure": false })
}

fn message(account: &str, subject: &str) -> serde_json::Value {
    json!({ "to": "ann@example.org", "subject": subject, "text": "x", "account": account })
}

#[tokio::test]
async fn what_was_sent_and_what_failed_is_counted_by_account_and_cause() {
    let server = monitored().await;
    let api = Api::of(&server, "administrator").await;
    let before = Samples::of(&server).await;
    assert_eq!(before.count("postroom_outbox_messages{status=\"waiting\"}"), 0);
    assert_eq!(before.count("postroom_outbox_oldest_waiting_seconds"), 0);
    assert!(!before.any("postroom_messages_sent_total"), "{before:?}");

    let sink = SmtpSink::start(SinkOptions::default()).await;
    let login = Some(("relay".to_owned(), "the right one".to_owned()));
    let strict = SmtpSink::start(SinkOptions { login, ..SinkOptions::default() }).await;
    let options = SinkOptions { refused_recipients: vec!["ann@example.org".into()], ..SinkOptions::default() };
    let refusing = SmtpSink::start(options).await;
    api.make("/api/v1/accounts", &leading_to(sink.port(), "Good")).await;
    api.make("/api/v1/credentials", &credential("Relay")).await;
    let mut locked_out = leading_to(strict.port(), "Locked out");
    locked_out["authentication"] = json!(true);
    locked_out["credential_id"] = json!(1);
    api.make("/api/v1/accounts", &locked_out).await;
    api.make("/api/v1/accounts", &leading_to(refusing.port(), "Refusing")).await;
    for (account, subject) in [("Good", "one"), ("Good", "two"), ("Locked out", "needle-5"), ("Refusing", "four")] {
        assert_eq!(api.post("/api/v1/notifications", &message(account, subject)).await.status, 202);
    }
    for id in [1, 2] {
        api.message_in(id, |message| message["status"] == "sent").await;
    }
    api.message_in(3, |message| message["reason"]["code"] == "auth_refused").await;
    api.message_in(4, |message| message["status"] == "error").await;

    let after = Samples::of(&server).await;
    assert_eq!(after.count("postroom_messages_sent_total{account=\"1\"}"), 2);
    assert_eq!(after.count("postroom_messages_given_up_total{account=\"3\"}"), 1);
    assert_eq!(after.count("postroom_failed_attempts_total{account=\"2\",cause=\"auth_refused\"}"), 1);
    assert_eq!(after.count("postroom_failed_attempts_total{account=\"3\",cause=\"recipient_unknown\"}"), 1);
    assert!(!after.any("postroom_failed_attempts_total{account=\"1\""), "{after:?}");
    assert_eq!(after.count("postroom_outbox_messages{status=\"waiting\"}"), 1);
    assert!(after.get("postroom_outbox_oldest_waiting_seconds") > 0.0);
    assert_eq!(after.count("postroom_account_troubled{account=\"2\",state=\"halted\"}"), 1);
    assert!(!after.any("postroom_account_troubled{account=\"1\""), "{after:?}");
    let stage = |account: u8, stage: &str, ending: &str| {
        format!("postroom_stage_duration_seconds_{ending}{{account=\"{account}\",stage=\"{stage}\"}}")
    };
    assert_eq!(after.count(&stage(1, "data", "count")), 2);
    assert_eq!(after.count(&stage(2, "auth", "count")), 1);
    assert_eq!(after.count(&stage(2, "data", "count")), 0, "a refused login sends nothing");
    let widest = "postroom_stage_duration_seconds_bucket{le=\"+Inf\",account=\"1\",stage=\"data\"}";
    assert_eq!(after.count(widest), 2);
    // A number and a code of ours are all that tells a series from another.
    for private in ["needle-5", "example", "535", "Locked", "127.0.0.1"] {
        assert!(!after.any(private), "{private} in {after:#?}");
    }
}

#[tokio::test]
async fn tests_are_counted_by_how_they_end_and_the_process_describes_itself() {
    let server = monitored().await;
    let api = Api::of(&server, "administrator").await;
    let sink = SmtpSink::start(SinkOptions::default()).await;
    api.make("/api/v1/accounts", &leading_to(sink.port(), "Good")).await;
    api.make("/api/v1/accounts", &leading_to(1, "Nobody there")).await;
    for (id, mode) in [(1, "send"), (1, "check"), (2, "send")] {
        let reply =
            api.post(&format!("/api/v1/accounts/{id}/test"), &json!({ "to": "a@example.org", "mode": mode })).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
    }
    let samples = Samples::of(&server).await;
    for (outcome, count) in [("delivered", 1), ("passed", 1), ("failed", 1), ("unknown", 0)] {
        assert_eq!(samples.count(&format!("postroom_tests_total{{outcome=\"{outcome}\"}}")), count, "{outcome}");
    }
    let build = format!("postroom_build_info{{version=\"{}\"}}", env!("CARGO_PKG_VERSION"));
    assert_eq!(samples.count(&build), 1);
    assert!(samples.get("process_resident_memory_bytes") > 4_000_000.0);
    let now = std::time::UNIX_EPOCH.elapsed().expect("a clock").as_secs_f64();
    let age = now - samples.get("process_start_time_seconds");
    assert!((0.0..600.0).contains(&age), "{age}");
    assert_eq!(Samples::of(&server).await.0["process_start_time_seconds"], samples.0["process_start_time_seconds"]);
}

#[tokio::test]
async fn nothing_else_is_there_and_no_metrics_are_elsewhere() {
    let server = monitored().await;
    for (method, path, status) in [
        ("GET", "/metrics", 200),
        ("GET", "/", 404),
        ("GET", "/metrics/", 404),
        ("GET", "/healthz", 404),
        ("GET", "/settings/email/smtp", 404),
        ("GET", "/api/v1/accounts", 404),
        ("POST", "/sign-in", 404),
        ("POST", "/metrics", 405),
        ("DELETE", "/metrics", 405),
    ] {
        let response = send(server.metrics(), method, path, &[], "").await.expect("answers");
        assert_eq!(response.status(), status, "{method} {path}");
    }
    let elsewhere = server.anonymous().get("/metrics").await;
    assert_ne!(elsewhere.status(), 200);
    assert!(!elsewhere.text().await.expect("a body").contains("postroom_outbox_messages"));
}

#[tokio::test]
async fn a_taken_port_stops_the_start_and_names_the_setting() {
    let server = monitored().await;
    let folder = TempDir::new().expect("a folder");
    let taken = server.metrics();
    let output = command(folder.path()).env("POSTROOM_METRICS_LISTEN", taken).output().await.expect("runs");
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<_> = text.lines().filter(|line| line.starts_with("postroom: ")).collect();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert_eq!(lines.len(), 1, "{text}");
    assert!(lines[0].contains("--metrics-listen (POSTROOM_METRICS_LISTEN)") && lines[0].contains(taken), "{text}");
    assert!(output.stdout.is_empty(), "it does not say that it listens");
    let (_, code) = server.stop().await;
    assert_eq!(code, Some(0));
}
