//! Export CSV: the bytes, the name, who may, what was asked; and long reports: whole, from one moment, in little memory.

use crate::harness::{PASSWORD, Server, Session, account, command};
use domain::report::{Held, Page, Query, ReportName};
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;

const MARK: &str = "\u{feff}";
const HEADER: &str = "ID,Name,Sender e-mail,Reply e-mail,Return e-mail,Confirmation mail,Enabled,Default,Secure connection,\
                      Uses config,Read Conf,Footer,Last test\r\n";

/// 10,000 accounts, copies of the first.
pub const MANY_ACCOUNTS: &str = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
    INSERT INTO accounts (id, name, name_fold, enabled, sender, sender_fold, reply_to, reply_to_fold, return_path,
        return_path_fold, confirmation, confirmation_fold, read_receipt, force_settings, footnote, host, port, secure,
        security_type, authentication, ignore_certificate_errors, use_connector, destination)
    SELECT i, 'Account ' || i, 'account ' || i, i % 2, sender, sender_fold, reply_to, reply_to_fold, return_path,
        return_path_fold, confirmation, confirmation_fold, read_receipt, force_settings, footnote, host, port, secure,
        security_type, authentication, ignore_certificate_errors, use_connector, destination
    FROM n, accounts a WHERE a.id = 1";

/// 100,000 entries in the audit log: a file of 30 MB.
pub const MANY_ENTRIES: &str = "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 100999)
    INSERT INTO audit (id, at, actor, actor_fold, origin, origin_fold, action, subject, subject_fold, detail, detail_fold)
    SELECT i, 1795299160000 + i, 'root', 'root', '192.0.2.1', '192.0.2.1', 'account.updated', 'Account ' || i,
        'account ' || i, printf('%.200c', 'x'), 'x' FROM n";

/// The last of them, with a text that is none.
const BAD_ENTRY: &str = "INSERT INTO audit (at, actor, actor_fold, origin, origin_fold, action, subject, subject_fold,
        detail, detail_fold)
    VALUES (0, 'root', 'root', '', '', 'account.updated', CAST(x'ff' AS TEXT), '', '', '')";

pub async fn person(server: &Server, name: &str, role: &str) -> Session {
    let mut add = command(server.folder.path())
        .args(["user", "add", "--name", name, "--role", role, "--password-stdin"])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .expect("starts");
    add.stdin.take().expect("piped").write_all(PASSWORD.as_bytes()).await.expect("written");
    assert!(add.wait().await.expect("ends").success());
    server.sign_in(name, PASSWORD).await
}

async fn csv(session: &Session, path: &str) -> String {
    let response = session.get(path).await;
    assert_eq!(response.status(), 200, "{path}");
    response.text().await.expect("whole")
}

/// The second cell of each line.
fn names(csv: &str) -> Vec<&str> {
    csv.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect()
}

#[tokio::test]
async fn w50_a_file_byte_by_byte() {
    let (_server, session) = Server::with_administrator().await;
    for name in ["Zürich, \"one\"", "=1+1", "-2"] {
        session.ask("account_create", json!({ "draft": account(name) })).await;
    }
    let response = session.get("/reports/accounts.csv").await;
    let header = |name: &str| response.headers()[name].to_str().expect("ascii").to_owned();
    assert_eq!(header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(header("cache-control"), "no-store");
    let name = header("content-disposition");
    let stamp = name
        .strip_prefix("attachment; filename=\"smtp-accounts-")
        .and_then(|rest| rest.strip_suffix(".csv\""))
        .unwrap_or_else(|| panic!("{name}"));
    let shape: String = stamp.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    assert_eq!(shape, "99999999-9999");
    let rest = "alerts@example.com,help@example.com,bounces@example.com,read@example.com,Yes";
    assert_eq!(
        response.text().await.expect("whole"),
        format!(
            "{MARK}{HEADER}1,\"Zürich, \"\"one\"\"\",{rest},Yes,No,No,No,No,Never\r\n\
             2,'=1+1,{rest},No,No,No,No,No,Never\r\n\
             3,'-2,{rest},No,No,No,No,No,Never\r\n"
        )
    );
}

#[tokio::test]
async fn filter_and_sort_are_honoured_and_the_page_is_not() {
    let (_server, session) = Server::with_administrator().await;
    for name in ["Beta", "alpha", "Gamma", "Ação"] {
        session.ask("account_create", json!({ "draft": account(name) })).await;
    }
    for (query, wanted) in [
        ("", vec!["Beta", "alpha", "Gamma", "Ação"]),
        ("?sort=-name", vec!["Gamma", "Beta", "alpha", "Ação"]),
        ("?name=ACAO", vec!["Ação"]),
        ("?name=a&sort=name&size=10&page=9", vec!["Ação", "alpha", "Beta", "Gamma"]),
        ("?id=2-3", vec!["alpha", "Gamma"]),
        ("?id=x", vec![]),
        ("?enabled=no", vec![]),
        ("?unknown=1&sort=evil", vec!["Beta", "alpha", "Gamma", "Ação"]),
        ("?name=a%26b", vec![]),
        ("?name=%ff", vec![]),
    ] {
        assert_eq!(names(&csv(&session, &format!("/reports/accounts.csv{query}")).await), wanted, "{query}");
    }
    let chosen = csv(&session, "/reports/accounts.csv?columns=name,id,name,evil&id=3-4&view=9").await;
    assert_eq!(chosen, "\u{feff}Name,ID\r\nGamma,3\r\nAção,4\r\n", "columns in force, in their order");
}

#[tokio::test]
async fn every_report_has_its_file_for_those_who_may_read_it() {
    let (server, root) = Server::with_administrator().await;
    let viewer = person(&server, "val", "viewer").await;
    for (report, stem, first, viewer_may) in [
        ("accounts", "smtp-accounts", "ID,Name,Sender e-mail,", true),
        ("credentials", "credentials", "ID,Name,Kind,User name,Secret set,Used by", true),
        ("connectors", "network-connectors", "ID,Name,Kind,Host,Port,Enabled,Used by", true),
        ("users", "users", "ID,User name,Role,Enabled,Last sign-in", false),
        ("audit", "audit-log", "ID,Date/Time,User,From,Action,Subject,Changes", false),
    ] {
        for form in [".csv", "/print"] {
            let path = format!("/reports/{report}{form}");
            assert_eq!(root.get(&path).await.status(), 200, "{path}");
            assert_eq!(viewer.get(&path).await.status(), if viewer_may { 200 } else { 403 }, "{path}");
            assert_eq!(server.anonymous().get(&path).await.status(), 401, "{path}");
        }
        let response = root.get(&format!("/reports/{report}.csv")).await;
        let name = response.headers()["content-disposition"].to_str().expect("ascii").to_owned();
        assert!(name.starts_with(&format!("attachment; filename=\"{stem}-2")), "{name}");
        let text = response.text().await.expect("whole");
        assert!(text.starts_with(&format!("{MARK}{first}")), "{text}");
    }
    for nothing in ["/reports/accounts", "/reports/nobody.csv", "/reports/nobody/print", "/reports/accounts.csv/print"]
    {
        assert_eq!(root.get(nothing).await.status(), 404, "{nothing}");
    }
}

#[tokio::test]
async fn moments_are_iso_8601_and_codes_are_words() {
    let (server, session) = Server::with_administrator().await;
    person(&server, "val", "viewer").await;
    let users = csv(&session, "/reports/users.csv?sort=id").await;
    let lines: Vec<Vec<_>> = users.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(lines[0][..4], ["1", "root", "Administrator", "Yes"]);
    assert_eq!(lines[1][..4], ["2", "val", "Viewer", "Yes"]);
    let shape: String = lines[0][4].chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    assert_eq!(shape, "9999-99-99T99:99:99Z");
}

#[tokio::test]
async fn a_person_whose_session_ended_signs_in_and_comes_back() {
    let (server, _session) = Server::with_administrator().await;
    let navigates = [("sec-fetch-mode", "navigate")];
    let path = "/reports/accounts.csv?name=a";
    let response = server.anonymous().send("GET", path, &navigates, "").await.expect("answers");
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], "/sign-in?next=%2Freports%2Faccounts.csv%3Fname%3Da");
    let viewer = person(&server, "val", "viewer").await;
    let refused = viewer.send("GET", "/reports/audit.csv", &navigates, "").await.expect("answers");
    assert_eq!(
        (refused.status(), &refused.headers()["content-type"]),
        (403, &"text/plain; charset=utf-8".parse().expect("a value"))
    );
}

#[tokio::test]
async fn a_long_report_comes_whole_from_one_moment_in_little_memory() {
    let (server, session) = Server::with_administrator().await;
    server.sql(MANY_ENTRIES).await;
    let before = server.peak_memory();
    let mut response = session.get("/reports/audit.csv?sort=id").await;
    let mut text = response.chunk().await.expect("a piece").expect("the head");
    // What happens from here on is no part of it.
    session.ask("account_create", json!({ "draft": account("Too late") })).await;
    while let Some(piece) = response.chunk().await.expect("a piece") {
        text.extend(piece);
    }
    let text = String::from_utf8(text).expect("text");
    assert!(text.len() > 20_000_000, "{}", text.len());
    assert_eq!(text.lines().filter(|line| line.contains(",Account changed,")).count(), 100_000);
    assert!(!text.contains("Too late"));
    assert!(csv(&session, "/reports/audit.csv?subject=too").await.contains("Too late"));
    let grown = server.peak_memory() - before;
    assert!(grown < 16 * 1024, "{grown} KiB more for a file of {} KiB", text.len() / 1024);
}

#[tokio::test]
async fn ten_thousand_accounts_begin_to_arrive_at_once() {
    let (server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("First") })).await;
    server.sql(MANY_ACCOUNTS).await;
    for path in ["/reports/accounts.csv?sort=-name", "/reports/accounts/print?sort=-name"] {
        let mut best = Duration::MAX;
        for _ in 0..3 {
            let start = Instant::now();
            let mut response = session.get(path).await;
            assert!(response.chunk().await.expect("a piece").is_some());
            best = best.min(start.elapsed());
            assert!(response.text().await.expect("whole").matches("Account ").count() >= 9_999, "{path}");
        }
        assert!(best < Duration::from_millis(200), "{path}: {best:?}");
    }
}

#[tokio::test]
async fn a_report_that_breaks_off_does_not_look_whole() {
    let (server, session) = Server::with_administrator().await;
    server.sql(MANY_ENTRIES).await;
    server.sql(BAD_ENTRY).await;
    let response = session.get("/reports/audit.csv?sort=id").await;
    assert_eq!(response.status(), 200, "it has begun well");
    assert!(response.text().await.is_err(), "the connection is cut");
    assert!(server.logs("a report broke off").await);
}

#[tokio::test]
async fn who_fetches_slowly_keeps_nobody_waiting() {
    let (server, session) = Server::with_administrator().await;
    let other = person(&server, "ada", "administrator").await;
    server.sql(MANY_ENTRIES).await;
    let mut slow = Vec::new();
    for session in [&session, &session, &other, &other] {
        let mut response = session.get("/reports/audit.csv").await;
        assert_eq!(response.status(), 200);
        assert!(response.chunk().await.expect("a piece").is_some());
        slow.push(response);
    }
    let refused = session.get("/reports/accounts.csv").await;
    assert_eq!(refused.status(), 429, "two for each");
    assert!(refused.headers().contains_key("retry-after"));
    assert_eq!(session.get("/settings/email/smtp").await.status(), 200, "the pages answer");
    session.ask("account_create", json!({ "draft": account("Meanwhile") })).await;
    drop(slow);
    let started = Instant::now();
    while session.get("/reports/accounts.csv").await.status() == 429 {
        assert!(started.elapsed() < Duration::from_secs(10), "places are given back");
    }
    let (_, code) = server.stop().await;
    assert_eq!(code, Some(0));
}

#[tokio::test]
async fn what_a_browser_holds_is_what_the_pages_say() {
    let (_server, session) = Server::with_administrator().await;
    for name in ["Alerts", "Zürich", "Bills"] {
        session.ask("account_create", json!({ "draft": account(name) })).await;
    }
    let answer = session.get("/reports/accounts.rows").await;
    assert_eq!(answer.headers()["content-type"], "application/vnd.postroom.rows");
    let held = Held::decode(ReportName::Accounts.spec(), &answer.bytes().await.expect("whole")).expect("readable");
    for pairs in [vec![], vec![("name", "zur")], vec![("sort", "enabled,-name")], vec![("id", "2-3"), ("sort", "-id")]]
    {
        let query = Query::from_pairs(ReportName::Accounts, pairs.iter().copied());
        let page = session.ask("report_page", json!({ "report": "accounts", "query": query })).await;
        assert_eq!(held.page(&query), serde_json::from_value::<Page>(page).expect("a page"), "{pairs:?}");
    }
    for (most, status) in [("2", 204), ("3", 200), ("nonsense", 200)] {
        assert_eq!(session.get(&format!("/reports/accounts.rows?most={most}")).await.status(), status, "{most}");
    }
    for endless in ["audit", "outbox"] {
        assert_eq!(session.get(&format!("/reports/{endless}.rows")).await.status(), 204, "{endless}");
    }
    assert_eq!(session.get("/reports/nothing.rows").await.status(), 404);
}

#[tokio::test]
async fn pages_and_rows_travel_compressed_to_whoever_takes_that() {
    let (_server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("Alerts") })).await;
    let takes = [("accept-encoding", "gzip")];
    let coding = async |path: &str, headers: &[(&str, &str)]| {
        let answer = session.send("GET", path, headers, "").await.expect("answers");
        answer.headers().get("content-encoding").map(|coding| coding.to_str().expect("ascii").to_owned())
    };
    for path in ["/settings/email/smtp", "/reports/accounts.rows", "/reports/accounts/print"] {
        assert_eq!(coding(path, &takes).await.as_deref(), Some("gzip"), "{path}");
        assert_eq!(coding(path, &[]).await, None, "{path}");
    }
    // Files show how far they are, and lines arrive as they are written.
    for path in ["/reports/accounts.csv", "/api/v1/accounts"] {
        assert_eq!(coding(path, &takes).await, None, "{path}");
    }
}
