//! `postroom export` and `postroom import`: what goes out comes back, twice changes nothing, a secret follows nobody.

use crate::{
    api::{Api, account, connector, credential, schedule},
    harness::{Server, command},
};
use serde_json::json;
use std::path::Path;
use tempfile::TempDir;

const SECRET: &str = "s3cret-Zx81-needle";

/// A command's success, standard output and error.
async fn run(folder: &Path, arguments: &[&str]) -> (bool, String, String) {
    let output = command(folder).args(arguments).env("RELAY_SECRET", SECRET).output().await.expect("runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    let (out, error) = (text(output.stdout), text(output.stderr));
    assert!(!out.contains("needle") && !error.contains("needle"), "{out} {error}");
    (output.status.success(), out, error)
}

async fn import(folder: &Path, text: &str) -> (bool, String, String) {
    std::fs::write(folder.join("in.toml"), text).expect("writes");
    run(folder, &["import", "in.toml"]).await
}

async fn filled() -> (Server, Api) {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    api.make("/api/v1/credentials", &credential("Relay")).await;
    let mut through = connector("DMZ");
    through["kind"] = json!("http_connect");
    api.make("/api/v1/connectors", &through).await;
    let mut body = account("Ação \"1\"");
    body["authentication"] = json!(true);
    body["credential_id"] = json!(1);
    api.make("/api/v1/accounts", &body).await;
    let mut body = account("Second");
    body["use_connector"] = json!(true);
    body["connector_id"] = json!(1);
    body["port"] = json!(null);
    api.make("/api/v1/accounts", &body).await;
    let mut body = schedule("Fridays");
    body["days"] = json!(["friday"]);
    body["filter"] = json!({ "name": "ação" });
    body["account_id"] = json!(2);
    api.make("/api/v1/schedules", &body).await;
    (server, api)
}

#[tokio::test]
async fn what_is_exported_can_be_read_by_people_and_brought_to_another_server() {
    let (server, api) = filled().await;
    let folder = server.folder.path();
    let (well, text, _) = run(folder, &["export"]).await;
    assert!(well && !text.contains("\nsecret") && text.ends_with('\n'), "{text}");
    for line in [
        "[[accounts]]",
        "host = \"127.0.0.1\"",
        "credential = \"Relay\"",
        "connector = \"DMZ\"",
        "is_default = true",
        "days = [\"friday\"]",
        "account = \"Second\"",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    assert!(run(folder, &["export", "out.toml"]).await.0);
    assert_eq!(std::fs::read_to_string(folder.join("out.toml")).expect("there"), text);
    assert!(!run(folder, &["export", "out.toml"]).await.0, "never over anything");
    let again = run(folder, &["import", "out.toml"]).await;
    assert_eq!(again, (true, "postroom: nothing to change\n".to_owned(), again.2.clone()));

    let other = TempDir::new().expect("a folder");
    let (well, _, error) = import(other.path(), &text).await;
    assert!(!well && error.contains("credential Relay: secret:") && error.contains("nothing was changed"), "{error}");
    let named = text.replace("user_name = \"relay\"\n", "user_name = \"relay\"\nsecret = \"env:RELAY_SECRET\"\n");
    let (well, out, error) = import(other.path(), &named).await;
    assert!(well, "{error}");
    assert_eq!(
        out,
        "credential Relay: created\nconnector DMZ: created\naccount Ação \"1\": created\naccount Second: created\n\
         schedule Fridays: created\npostroom: 5 things changed\n"
    );
    assert_eq!(import(other.path(), &named).await.1, "postroom: nothing to change\n");
    assert_eq!(run(other.path(), &["export"]).await.1, text, "the same on both");

    // Whether the secret is bound where it should be: the test gets as far as the connection.
    std::fs::remove_file(other.path().join("in.toml")).expect("removed");
    let server = Server::start_in(std::sync::Arc::new(other)).await;
    let there = Api::of(&server, "operator").await;
    let ask = json!({ "to": "ann@example.com", "mode": "check" });
    let (here, there) =
        (api.post("/api/v1/accounts/1/test", &ask).await, there.post("/api/v1/accounts/1/test", &ask).await);
    for lines in [here, there] {
        assert!(lines.body.as_str().expect("lines").contains("connection_refused"), "{}", lines.body);
    }
}

#[tokio::test]
async fn an_import_changes_what_differs_and_says_so() {
    let (server, api) = filled().await;
    let folder = server.folder.path();
    let text = r#"
        postroom = 1
        [[accounts]]
        name = "second"
        sender = "new@example.com"
        host = "127.0.0.1"
        secure = false
        is_default = true
        [[accounts]]
        name = "Third"
        sender = "third@example.com"
        host = "127.0.0.3"
    "#;
    std::fs::write(folder.join("in.toml"), text).expect("writes");
    let (well, dry, error) = run(folder, &["import", "in.toml", "--dry-run"]).await;
    assert!(well && dry.ends_with("postroom: 2 things would change; nothing was done\n"), "{dry} {error}");
    assert_eq!(api.get("/api/v1/accounts/2").await.body["version"], 1);
    let (well, out, error) = import(folder, text).await;
    assert!(well, "{error}");
    assert!(
        out.starts_with("account second: name: Second → second, sender: alerts@example.com → new@example.com"),
        "{out}"
    );
    assert!(out.contains("default account: Ação \"1\" → second") && out.contains("account Third: created"), "{out}");
    let second = api.get("/api/v1/accounts/2").await.body;
    assert_eq!((&second["is_default"], &second["connector_id"]), (&json!(true), &json!(null)));
    assert_eq!(
        api.get("/api/v1/accounts/1").await.body["is_default"],
        false,
        "what is not named stays, but for the default"
    );
    assert_eq!(import(folder, text).await.1, "postroom: nothing to change\n");
}

/// Spec 3, by this way too: a sealed secret goes where it was meant to go or nowhere.
#[tokio::test]
async fn a_changed_destination_needs_the_secret_and_nothing_is_half_done() {
    let (server, api) = filled().await;
    let folder = server.folder.path();
    let exported = run(folder, &["export"]).await.1;
    let moved = exported.replacen("host = \"127.0.0.1\"\nport = 2525", "host = \"127.0.0.66\"\nport = 2525", 1);
    assert_ne!(moved, exported);
    let moved = moved.replace("name = \"Second\"", "name = \"Renamed\"");
    let (well, out, error) = import(folder, &moved).await;
    assert!(!well && out.is_empty(), "{out}");
    assert!(error.contains("account Ação \"1\": secret: Enter the secret again"), "{error}");
    assert_eq!(
        api.get("/api/v1/accounts").await.body["items"].as_array().map(Vec::len),
        Some(2),
        "Renamed was not made"
    );
    std::fs::write(folder.join("relay.secret"), format!("{SECRET}\n")).expect("writes");
    let named = moved.replace("user_name = \"relay\"\n", "user_name = \"relay\"\nsecret = \"file:relay.secret\"\n");
    let (well, out, error) = import(folder, &named).await;
    assert!(well && out.contains("host: 127.0.0.1 → 127.0.0.66"), "{out} {error}");
    assert_eq!(import(folder, &named).await.1, "postroom: nothing to change\n");
    std::fs::remove_file(folder.join("relay.secret")).expect("removed");
}

#[tokio::test]
async fn what_is_wrong_in_a_file_is_said_with_its_place_and_all_at_once() {
    let server = Server::start().await;
    let folder = server.folder.path();
    let account = "[[accounts]]\nname = \"A\"\nsender = \"a@example.com\"\nhost = \"h.example\"\n";
    for (text, says) in [
        ("postroom = 1\n\n[[account]]\n".to_owned(), vec!["in.toml, line 3", "account"]),
        ("postroom = 2\n".to_owned(), vec!["form 1"]),
        (
            "postroom = 1\n[[credentials]]\nname = \"R\"\nuser_name = \"r\"\nsecret = \"needle\"\n".to_owned(),
            vec!["line 5", "env:NAME"],
        ),
        (
            "postroom = 1\n[[credentials]]\nname = \"R\"\nuser_name = \"r\"\nsecret = \"env:NOT_SET\"\n".to_owned(),
            vec!["credential R", "NOT_SET"],
        ),
        (
            "postroom = 1\n[[credentials]]\nname = \"R\"\nuser_name = \"r\"\nsecret = \"file:none\"\n".to_owned(),
            vec!["credential R", "none"],
        ),
        (
            format!(
                "postroom = 1\n{account}credential = \"None\"\n{}",
                account.replace("\"A\"", "\"\"").replace("h.example", "smtp://h")
            ),
            vec![
                "account A: credential: Nothing has this name",
                "name: This field is required",
                "host: This is a web address",
            ],
        ),
        (format!("postroom = 1\n{account}{account}"), vec!["account A: name: This name is taken"]),
    ] {
        let (well, out, error) = import(folder, &text).await;
        assert!(!well && out.is_empty(), "{text}: {out}");
        for part in says {
            assert!(error.contains(part), "{part} is not in: {error}");
        }
    }
    let api = Api::of(&server, "viewer").await;
    assert_eq!(api.get("/api/v1/accounts").await.body["items"], json!([]));
}
