//! The usual verbs on every resource: made, read, listed, replaced, patched, deleted.

use super::{Api, account, connector, credential, schedule};
use crate::harness::Server;
use serde_json::{Value, json};

#[tokio::test]
async fn every_resource_is_made_read_changed_and_deleted() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    // The first account is the default and can't be deleted while there are others.
    api.make("/api/v1/accounts", &account("Default")).await;
    let nothing = json!({});
    let friday = json!({ "next_run": "2099-01-02T08:00:00Z" });
    for (name, body, patch, follows) in [
        ("accounts", account("Alerts"), json!({ "footnote": true }), &nothing),
        ("credentials", credential("Relay"), json!({ "name": "Relay 2" }), &nothing),
        ("connectors", connector("DMZ"), json!({ "enabled": false }), &nothing),
        ("schedules", schedule("Daily"), json!({ "days": ["friday"], "filter": { "name": "relay" } }), &friday),
    ] {
        let list = format!("/api/v1/{name}");
        let made = api.post(&list, &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let place = made.header("location").to_owned();
        assert_eq!(place, format!("{list}/{}", made.body["id"]));
        assert_eq!(made.header("etag"), "\"1\"");
        let read = api.get(&place).await;
        assert_eq!((read.status, read.header("etag"), &read.body), (200, "\"1\"", &made.body));

        let patched = api.patch(&place, "\"1\"", &patch).await;
        assert_eq!((patched.status, patched.header("etag")), (200, "\"2\""), "{}", patched.body);
        let mut wanted = made.body.clone();
        wanted["version"] = json!(2);
        for changed in [&patch, follows] {
            changed.as_object().expect("an object").iter().for_each(|(field, value)| wanted[field] = value.clone());
        }
        assert_eq!(patched.body, wanted, "the rest stays");

        // What was read can be sent back as it is.
        let mut whole = patched.body.clone();
        whole["name"] = json!("Another name");
        let replaced = api.put(&place, "\"2\"", &whole).await;
        assert_eq!((replaced.status, &replaced.body["name"]), (200, &json!("Another name")), "{}", replaced.body);

        let stale = api.put(&place, "\"2\"", &whole).await;
        assert_eq!((stale.status, stale.kind()), (412, "version_moved"));
        let stale = api.send("DELETE", &place, &[("if-match", "\"2\"")], "").await;
        assert_eq!(stale.status, 412);
        let gone = api.send("DELETE", &place, &[("if-match", "\"3\"")], "").await;
        assert_eq!((gone.status, gone.body), (204, json!("")));
        for again in [api.get(&place).await, api.delete(&place).await, api.patch(&place, "*", &patch).await] {
            assert_eq!((again.status, again.kind()), (404, "not_found"));
        }
    }
}

#[tokio::test]
async fn a_replacement_takes_defaults_and_a_patch_keeps() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let made = api.post("/api/v1/accounts", &account("Alerts")).await.body;
    for follows in ["reply_to", "return_path", "confirmation"] {
        assert_eq!(made[follows], "alerts@example.com", "follows the sender");
    }
    assert_eq!((&made["is_default"], &made["port"]), (&json!(true), &json!(2525)));
    let changed =
        api.patch("/api/v1/accounts/1", "*", &json!({ "reply_to": "help@example.com", "footnote": true })).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    let nulls = json!({ "reply_to": null, "port": null, "footnote": null });
    let back = api.patch("/api/v1/accounts/1", "*", &nulls).await.body;
    assert_eq!((&back["reply_to"], &back["port"], &back["footnote"]), (&made["sender"], &Value::Null, &json!(false)));
    let mut least = account("Alerts");
    least["is_default"] = json!(true);
    least["read_receipt"] = json!(true);
    assert_eq!(api.put("/api/v1/accounts/1", "*", &least).await.body["read_receipt"], true);
    least.as_object_mut().expect("an object").remove("read_receipt");
    assert_eq!(api.put("/api/v1/accounts/1", "*", &least).await.body["read_receipt"], false, "left out: the default");
}

#[tokio::test]
async fn lists_are_filtered_and_gone_through_to_their_end() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    for index in 1..=7 {
        let mut body = account(&format!("Ação {index}"));
        body["enabled"] = json!(index == 1 || index % 2 == 0);
        api.make("/api/v1/accounts", &body).await;
    }
    let ids = |body: &Value| -> Vec<i64> {
        body["items"].as_array().expect("items").iter().filter_map(|item| item["id"].as_i64()).collect()
    };
    for (query, wanted) in [
        ("", vec![1, 2, 3, 4, 5, 6, 7]),
        ("?name=acao%207", vec![7]),
        ("?enabled=false", vec![3, 5, 7]),
        ("?enabled=true&id=2-5", vec![2, 4]),
        ("?sender=EXAMPLE.com&after=5", vec![6, 7]),
        ("?name=nothing", vec![]),
    ] {
        let reply = api.get(&format!("/api/v1/accounts{query}")).await;
        assert_eq!((ids(&reply.body), &reply.body["next_after"]), (wanted, &Value::Null), "{query}");
    }
    let (mut all, mut path) = (Vec::new(), "/api/v1/accounts?limit=3&name=a%C3%A7%C3%A3o".to_owned());
    for _ in 0..3 {
        let reply = api.get(&path).await;
        all.extend(ids(&reply.body));
        let link = reply.header("link").to_owned();
        let next = link.strip_suffix(">; rel=\"next\"").and_then(|link| link.strip_prefix('<'));
        assert_eq!(next.is_some(), reply.body["next_after"].is_i64());
        match next {
            Some(next) => next.clone_into(&mut path),
            None => break,
        }
    }
    assert_eq!(all, [1, 2, 3, 4, 5, 6, 7]);
    for (query, wrong) in [
        ("limit=0", "limit:range"),
        ("after=x", "after:type"),
        ("colour=red", "colour:unknown_parameter"),
        ("enabled=maybe", "enabled:choice"),
        ("id=x", "id:ids"),
    ] {
        let reply = api.get(&format!("/api/v1/accounts?{query}")).await;
        assert_eq!((reply.status, reply.errors()), (422, vec![wrong.to_owned()]), "{query}");
    }
}

#[tokio::test]
async fn what_is_in_use_is_not_deleted_and_says_by_whom() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    api.make("/api/v1/credentials", &credential("Relay")).await;
    let mut through = connector("DMZ");
    through["credential_id"] = json!(1);
    api.make("/api/v1/connectors", &through).await;
    let mut body = account("Alerts");
    body["use_connector"] = json!(true);
    body["connector_id"] = json!(1);
    api.make("/api/v1/accounts", &body).await;
    api.make("/api/v1/accounts", &account("Other")).await;
    for (path, kind, by) in [
        ("/api/v1/credentials/1", "in_use", json!(["DMZ"])),
        ("/api/v1/connectors/1", "in_use", json!(["Alerts"])),
        ("/api/v1/accounts/1", "default_account", json!(["Alerts"])),
    ] {
        let refused = api.delete(path).await;
        assert_eq!((refused.status, refused.kind(), &refused.body["params"]), (409, kind, &by), "{path}");
    }
    assert!(api.delete("/api/v1/credentials/1").await.body["detail"].as_str().expect("words").contains("DMZ"));
}

/// Spec 3: whoever may edit an account can't send its stored password to a server of their own.
#[tokio::test]
async fn a_changed_destination_asks_for_the_secret_again() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    api.make("/api/v1/credentials", &credential("Relay")).await;
    api.make("/api/v1/connectors", &connector("DMZ")).await;
    let mut body = account("Alerts");
    body["authentication"] = json!(true);
    body["credential_id"] = json!(1);
    api.make("/api/v1/accounts", &body).await;
    let through = json!({ "use_connector": true, "connector_id": 1 });
    for change in [
        json!({ "host": "127.0.0.9" }),
        json!({ "port": 2526 }),
        json!({ "secure": true }),
        json!({ "secure": true, "security_type": "tls" }),
        json!({ "secure": true, "ignore_certificate_errors": true }),
        through,
    ] {
        let refused = api.patch("/api/v1/accounts/1", "\"1\"", &change).await;
        assert_eq!((refused.status, refused.errors()), (422, vec!["secret:secret_again".to_owned()]), "{change}");
    }
    let again = json!({ "host": "127.0.0.9", "secret": "s3cret-Zx81-needle" });
    let moved = api.patch("/api/v1/accounts/1", "\"1\"", &again).await;
    assert_eq!((moved.status, &moved.body["host"]), (200, &json!("127.0.0.9")), "{}", moved.body);
    let named = api.patch("/api/v1/accounts/1", "\"2\"", &json!({ "name": "Renamed" })).await;
    assert_eq!(named.status, 200, "what leads nowhere else needs no secret");
    let user = api.patch("/api/v1/credentials/1", "*", &json!({ "user_name": "other" })).await;
    assert_eq!((user.status, user.errors()), (422, vec!["secret:secret_again_user".to_owned()]));
    for path in ["accounts", "accounts/1", "credentials", "credentials/1", "connectors", "connectors/1"] {
        let shown = api.get(&format!("/api/v1/{path}")).await.body.to_string();
        assert!(!shown.contains("needle") && !shown.contains("\"secret\""), "{shown}");
    }
    assert!(!server.log().await.contains("needle"));
}

#[tokio::test]
async fn of_many_changes_at_once_one_wins() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    api.make("/api/v1/accounts", &account("Alerts")).await;
    let mut tasks = Vec::new();
    for index in 0..20 {
        let api = api.clone();
        let body = json!({ "name": format!("Alerts {index}") });
        tasks.push(tokio::spawn(async move { api.patch("/api/v1/accounts/1", "\"1\"", &body).await.status }));
    }
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.expect("ends"));
    }
    statuses.sort_unstable();
    assert_eq!((statuses[0], &statuses[1..]), (200, [412; 19].as_slice()));
}

/// The version counts what somebody set. What follows from elsewhere is no edit, and hinders none.
#[tokio::test]
async fn what_changes_by_itself_hinders_no_edit() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    api.make("/api/v1/credentials", &credential("Relay")).await;
    let relay = api.get("/api/v1/credentials/1").await.body;
    let mut alerts = api.post("/api/v1/accounts", &account("Alerts")).await.body;
    let test = api.post("/api/v1/accounts/1/test", &json!({ "to": "ann@example.com", "mode": "check" })).await;
    assert_eq!(test.status, 200);
    assert_eq!(api.get("/api/v1/accounts/1").await.body["last_test"]["passed"], false);
    alerts["authentication"] = json!(true);
    alerts["credential_id"] = json!(1);
    assert_eq!(api.put("/api/v1/accounts/1", "\"1\"", &alerts).await.status, 200, "read before the test");
    assert_eq!(api.get("/api/v1/credentials/1").await.body["used_by"], json!(["Alerts"]));
    assert_eq!(api.put("/api/v1/credentials/1", "\"1\"", &relay).await.status, 200, "read before it was used");
    let copy = api.post("/api/v1/accounts", &alerts).await;
    assert_eq!(copy.errors(), ["id:read_only", "version:read_only"], "a new one gets its own");
}
