//! A secret goes in and comes out nowhere: not in the file, the log, a page, an answer or the folder around it.

use crate::harness::{Server, account, command};
use serde_json::json;
use std::path::Path;

const SECRET: &str = "s3cret-Zx81-needle";

#[tokio::test]
async fn w44_the_secret_is_found_nowhere() {
    let (server, session) = Server::with_administrator().await;
    let credential = json!({ "draft": { "name": "Relay", "user_name": "relay", "secret": SECRET } });
    let mut answers = vec![session.ask("credential_create", credential).await.to_string()];
    let mut draft = account("Alerts");
    draft["authentication"] = json!(true);
    draft["credential_id"] = json!(1);
    answers.push(session.ask("account_create", json!({ "draft": draft })).await.to_string());
    let mut elsewhere = draft.clone();
    elsewhere["name"] = json!("Elsewhere");
    elsewhere["host"] = json!("127.0.0.9");
    let (status, refusal) = session.call("account_create", json!({ "draft": elsewhere })).await;
    assert_eq!(status, 422, "another destination asks for it again: {refusal}");
    elsewhere["secret"] = json!(SECRET);
    answers.push(session.ask("account_create", json!({ "draft": elsewhere })).await.to_string());
    let test = json!({ "to": "ann@example.com", "subject": "s", "message": "m" });
    answers.push(session.post("/api/v1/accounts/1/test", &test).await.text().await.expect("lines"));
    let broken = json!({ "draft": { "name": "", "user_name": "", "secret": SECRET, "unknown": SECRET } });
    answers.push(session.call("credential_create", broken).await.1.to_string());
    for function in ["credential_get", "account_get"] {
        answers.push(session.ask(function, json!({ "id": 1 })).await.to_string());
    }
    answers.push(session.ask("account_choices", json!({})).await.to_string());
    for report in ["accounts", "credentials", "connectors", "users"] {
        answers.push(session.ask("report_rows", json!({ "report": report })).await.to_string());
    }
    let query = domain::report::Query::default();
    answers.push(session.ask("report_page", json!({ "report": "audit", "query": query })).await.to_string());
    for page in
        ["/settings/email/smtp", "/settings/email/smtp/1/edit", "/settings/credentials/1/edit", "/settings/audit"]
    {
        answers.push(session.get(page).await.text().await.expect("html"));
    }
    answers.push(server.log().await);
    for answer in &answers {
        assert!(!holds_secret(answer.as_bytes()), "{}", &answer[..answer.len().min(400)]);
    }
    let backup = command(server.folder.path()).args(["backup", "copy.db"]).output().await.expect("runs");
    assert!(backup.status.success(), "{}", String::from_utf8_lossy(&backup.stderr));
    search(server.folder.path());
    let (folder, _) = server.stop().await;
    search(folder.path());
}

/// Every file below a folder; the store must be among them.
fn search(folder: &Path) {
    let mut files = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files += 1;
                let bytes = std::fs::read(&path).expect("readable");
                assert!(!holds_secret(&bytes), "{}", path.display());
            }
        }
    }
    assert!(files >= 2, "database and key");
}

/// In clear, or in base64 at any of its three alignments.
fn holds_secret(bytes: &[u8]) -> bool {
    let contains = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    // The middle of the secret in base64, without the characters that depend on what stands around it.
    contains(SECRET.as_bytes())
        || contains(b"cmV0LVp4ODEtbmVlZGxl")
        || contains(b"M2NyZXQtWng4MS1uZWVkbG")
        || contains(b"ZXQtWng4MS1uZWVkbGU")
}

#[test]
fn w44_the_search_can_find() {
    assert!(holds_secret(format!("x {SECRET} y").as_bytes()));
    assert!(!holds_secret(b"nothing here"));
}
