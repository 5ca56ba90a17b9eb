//! Print Report: the page says what it is, holds every row, and runs nothing but its own three words.

use crate::{
    downloads::{MANY_ACCOUNTS, person},
    harness::{Server, account},
};
use serde_json::json;

#[tokio::test]
async fn the_page_says_what_was_asked_by_whom_and_when() {
    let (server, session) = Server::with_administrator().await;
    for name in ["Alerts", "Billing <b>"] {
        session.ask("account_create", json!({ "draft": account(name) })).await;
    }
    let viewer = person(&server, "val", "viewer").await;
    let html = viewer.get("/reports/accounts/print?name=bill&sort=-name").await.text().await.expect("whole");
    for part in [
        "<title>SMTP Configuration</title>",
        "<h1>SMTP Configuration</h1>",
        "<dt>Printed by</dt><dd>val</dd>",
        "<dt>Filter</dt><dd>Name “bill”</dd>",
        "<dt>Sorted by</dt><dd>Name, descending</dd>",
        "<dt>Rows</dt><dd>1 of 2 accounts</dd>",
        "<th scope=\"col\">Last test</th>",
        "Billing &lt;b&gt; <span class=\"badge\">Not encrypted</span>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    let when = html.split("<dt>Date/Time</dt><dd>").nth(1).and_then(|rest| rest.split("</dd>").next()).expect("when");
    let shape: String = when.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    assert_eq!(shape, "9999-99-99 99:99:99 UTC, as all times here");
    assert!(!html.contains("Alerts") && html.ends_with("</html>\n"));
}

#[tokio::test]
async fn all_rows_are_there_and_not_one_page() {
    let (server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("First") })).await;
    server.sql(MANY_ACCOUNTS).await;
    let html = session.get("/reports/accounts/print?size=10&page=3").await.text().await.expect("whole");
    assert_eq!(html.matches("<tr>").count(), 10_001, "a header and the rows");
    assert!(html.contains("<dt>Rows</dt><dd>10,000 accounts</dd>"));
}

#[tokio::test]
async fn its_policy_lets_only_its_own_style_and_script_run() {
    let (_server, session) = Server::with_administrator().await;
    let page = async || {
        let response = session.get("/reports/users/print").await;
        let policy = response.headers()["content-security-policy"].to_str().expect("ascii").to_owned();
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
        (policy, response.text().await.expect("whole"))
    };
    let (policy, html) = page().await;
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    assert!(nonce.len() >= 22, "128 bits: {nonce}");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(html.matches("<script").count(), 1);
    assert!(
        html.contains(&format!("<script nonce=\"{nonce}\">")) && html.contains(&format!("<style nonce=\"{nonce}\">"))
    );
    assert_ne!(policy, page().await.0, "fresh each time");
}
