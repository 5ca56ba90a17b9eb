//! The document itself: whole, true, and every answer in it one that the server really gives.

use super::{Api, account, connector, credential, schedule, token};
use crate::harness::Server;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Answers that only an accident gives.
const ACCIDENTS: [&str; 2] = ["500", "507"];

#[tokio::test]
async fn every_documented_answer_is_given() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let viewer = api.with_token(&token(&server, "v", "viewer").await);
    let mut first = account("First");
    first["is_default"] = json!(true);
    for (name, body) in [
        ("accounts", first),
        ("credentials", credential("First")),
        ("connectors", connector("First")),
        ("schedules", schedule("First")),
    ] {
        let (list, one) = (format!("/api/v1/{name}"), format!("/api/v1/{name}/1"));
        api.make(&list, &body).await;
        api.get(&list).await;
        api.get(&one).await;
        api.get(&format!("{list}?limit=x")).await;
        api.get(&format!("/api/v1/{name}/9")).await;
        for (method, path) in [("POST", &list), ("PUT", &one), ("PATCH", &one)] {
            wrong_bodies(&api, &viewer, method, path).await;
        }
        let missing = format!("/api/v1/{name}/9");
        for method in ["PUT", "PATCH", "DELETE"] {
            api.send(method, &missing, &[("content-type", "application/json"), ("if-match", "*")], "{}").await;
        }
        viewer.delete(&one).await;
        api.put(&one, "*", &body).await;
        api.put(&one, "\"9\"", &body).await;
        api.patch(&one, "*", &json!({})).await;
        api.patch(&one, "\"9\"", &json!({})).await;
        api.send("DELETE", &one, &[("if-match", "\"9\"")], "").await;
    }
    api.patch("/api/v1/accounts/1", "*", &json!({ "authentication": true, "credential_id": 1 })).await;
    api.patch("/api/v1/accounts/1", "*", &json!({ "use_connector": true, "connector_id": 1, "secret": "again" })).await;
    api.make("/api/v1/accounts", &account("Second")).await;
    for one in ["/api/v1/accounts/1", "/api/v1/credentials/1", "/api/v1/connectors/1"] {
        assert_eq!(api.delete(one).await.status, 409, "{one}");
    }
    api.delete("/api/v1/accounts/2").await;
    let test = json!({ "to": "ann@example.com", "mode": "check" });
    let mut unsaved = account("Unsaved");
    unsaved["to"] = json!("ann@example.com");
    for (path, body) in [("/api/v1/accounts/1/test", test), ("/api/v1/test", unsaved)] {
        wrong_bodies(&api, &viewer, "POST", path).await;
        assert_eq!(api.post(path, &body).await.status, 200);
    }
    api.post("/api/v1/accounts/9/test", &json!({ "to": "ann@example.com" })).await;
    assert_eq!(api.get("/api/v1/accounts/1/tests").await.body["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(api.get("/api/v1/accounts/9/tests").await.status, 404);
    let arrival = "/api/v1/accounts/1/arrival";
    wrong_bodies(&api, &viewer, "POST", arrival).await;
    assert_eq!(api.post(arrival, &json!({ "selectors": "s1" })).await.status, 200);
    assert_eq!(api.post("/api/v1/accounts/9/arrival", &json!({})).await.status, 404);
    let mut edit = account("Unsaved");
    edit["to"] = json!("ann@example.com");
    edit["account_id"] = json!(9);
    api.post("/api/v1/test", &edit).await;
    let discover = "/api/v1/discover";
    wrong_bodies(&api, &viewer, "POST", discover).await;
    let told = api.post(discover, &json!({ "address": "ana@uol.com.br" })).await;
    assert_eq!((told.status, &told.body["found"][0]["source"]), (200, &json!("preset")));
    every_answer_about_messages(&api, &viewer).await;
    let send = "/api/v1/schedules/1/send";
    assert_eq!(viewer.post(send, &json!({})).await.status, 403);
    assert_eq!(api.post("/api/v1/schedules/9/send", &json!({})).await.status, 404);
    assert_eq!(api.post(send, &json!({})).await.status, 202);
    assert_eq!(api.delete("/api/v1/schedules/1").await.status, 204);
    api.make("/api/v1/schedules", &schedule("Last")).await;
    assert_eq!(api.delete("/api/v1/accounts/1").await.status, 204);
    assert_eq!(api.post("/api/v1/schedules/2/send", &json!({})).await.status, 409, "no account");
    for name in ["connectors", "credentials"] {
        assert_eq!(api.delete(&format!("/api/v1/{name}/1")).await.status, 204, "{name}");
    }
    api.get("/api/v1/openapi.json").await;
    for (_, method, path) in operations(&api.document.whole) {
        let guesser = api.with_token("postroom_guess");
        let path = path.replace("{id}", "1");
        for _ in 0..40 {
            let reply = guesser.send(&method, &path, &[("content-type", "application/json")], "{}").await;
            if reply.status == 429 || reply.status == 200 {
                break;
            }
        }
    }
    // Nobody at all: after the guesses, which are counted, this is not.
    for (_, method, path) in operations(&api.document.whole) {
        let nobody = api.with_token("");
        nobody.send(&method, &path.replace("{id}", "1"), &[("content-type", "application/json")], "{}").await;
    }
    let mut documented = BTreeSet::new();
    for (operation, method, path) in operations(&api.document.whole) {
        for status in operation["responses"].as_object().expect("responses").keys() {
            if !ACCIDENTS.contains(&status.as_str()) {
                documented.insert(format!("{} {path} {status}", method.to_lowercase()));
            }
        }
    }
    let seen = api.document.seen.lock().expect("unbroken").clone();
    let never: Vec<_> = documented.difference(&seen).collect();
    assert!(never.is_empty(), "documented, and never given: {never:#?}");
}

/// The account is paused meanwhile: what waits goes on waiting.
async fn every_answer_about_messages(api: &Api, viewer: &Api) {
    let sending = "/api/v1/accounts/1/sending";
    wrong_bodies(api, viewer, "PUT", sending).await;
    api.send("PUT", "/api/v1/accounts/9/sending", &[("content-type", "application/json")], "{}").await;
    api.get("/api/v1/accounts/9/sending").await;
    for verb in ["resume", "pause"] {
        viewer.post(&format!("{sending}/{verb}"), &json!({})).await;
        api.post(&format!("/api/v1/accounts/9/sending/{verb}"), &json!({})).await;
        assert_eq!(api.post(&format!("{sending}/{verb}"), &json!({})).await.status, 204);
    }
    let read = api.get(sending).await;
    assert_eq!((read.status, &read.body["paused"]), (200, &json!(true)));
    let json = [("content-type", "application/json")];
    assert_eq!(api.send("PUT", sending, &json, &read.body.to_string()).await.status, 200, "as it was read");
    let notifications = "/api/v1/notifications";
    wrong_bodies(api, viewer, "POST", notifications).await;
    let endless = " ".repeat(46 * 1024 * 1024);
    assert_eq!(api.send("POST", notifications, &json, &endless).await.status, 413);
    let text = |text: &str| json!({ "to": "ann@example.org", "text": text }).to_string();
    let key = [json[0], ("idempotency-key", "first")];
    assert_eq!(api.send("POST", notifications, &key, &text("a")).await.status, 202);
    assert_eq!(api.send("POST", notifications, &key, &text("b")).await.status, 409);
    api.get("/api/v1/messages?limit=x").await;
    assert_eq!(api.get("/api/v1/messages").await.status, 200);
    assert_eq!((api.get("/api/v1/messages/1").await.status, api.get("/api/v1/messages/9").await.status), (200, 404));
    for (verb, well) in [
        ("resend", 409),
        ("pause", 204),
        ("pause", 409),
        ("resume", 204),
        ("resume", 409),
        ("cancel", 204),
        ("cancel", 409),
        ("resend", 201),
    ] {
        assert_eq!(viewer.post(&format!("/api/v1/messages/1/{verb}"), &json!({})).await.status, 403);
        assert_eq!(api.post(&format!("/api/v1/messages/9/{verb}"), &json!({})).await.status, 404);
        assert_eq!(api.post(&format!("/api/v1/messages/1/{verb}"), &json!({})).await.status, well, "{verb}");
    }
}

async fn wrong_bodies(api: &Api, viewer: &Api, method: &str, path: &str) {
    let json = [("content-type", "application/json"), ("if-match", "*")];
    let large = json!({ "name": "x".repeat(300 * 1024) }).to_string();
    api.send(method, path, &json, "{").await;
    api.send(method, path, &json, &large).await;
    api.send(method, path, &json, r#"{"colour": "red"}"#).await;
    api.send(method, path, &json[..1], "{}").await;
    api.send(method, path, &[("content-type", "text/plain"), ("if-match", "*")], "{}").await;
    viewer.send(method, path, &json, "{}").await;
}

/// Every operation with its method and path.
fn operations(document: &Value) -> Vec<(&Value, String, &str)> {
    let paths = document["paths"].as_object().expect("paths");
    paths
        .iter()
        .flat_map(|(path, item)| {
            let operations = item.as_object().expect("an object").iter().filter(|(key, _)| *key != "parameters");
            operations.map(move |(method, operation)| (operation, method.to_uppercase(), path.as_str()))
        })
        .collect()
}

#[tokio::test]
async fn every_path_allows_exactly_the_methods_it_is_documented_with() {
    let server = Server::start().await;
    let api = Api::of(&server, "viewer").await;
    for (path, item) in api.document.whole["paths"].as_object().expect("paths") {
        let documented: BTreeSet<_> = item
            .as_object()
            .expect("an object")
            .keys()
            .filter(|key| *key != "parameters")
            .map(|m| m.to_uppercase())
            .collect();
        let refused = api.send("TRACE", &path.replace("{id}", "1"), &[], "").await;
        assert_eq!(refused.status, 405, "{path}");
        let allowed = refused.header("allow").split(',').filter(|method| *method != "HEAD");
        assert_eq!(allowed.map(str::to_owned).collect::<BTreeSet<_>>(), documented, "{path}");
    }
}

/// What a client is made from: ids unique, references that lead somewhere, examples of the tests that fit the inputs.
#[tokio::test]
async fn the_document_holds_together() {
    let server = Server::start().await;
    let api = Api::of(&server, "viewer").await;
    let whole = &api.document.whole;
    assert_eq!(whole["openapi"], "3.1.0");
    let all = operations(whole);
    let ids: BTreeSet<_> = all.iter().filter_map(|(operation, ..)| operation["operationId"].as_str()).collect();
    assert_eq!(ids.len(), all.len());
    let mut rest = vec![whole];
    while let Some(value) = rest.pop() {
        match value {
            Value::Object(object) => {
                if let Some(place) = object.get("$ref").and_then(Value::as_str) {
                    assert!(whole.pointer(&place[1..]).is_some(), "{place} leads nowhere");
                }
                rest.extend(object.values());
            }
            Value::Array(values) => rest.extend(values),
            _ => {}
        }
    }
    for (name, value, fits) in [
        ("AccountInput", account("A"), true),
        ("AccountInput", json!({ "name": "A" }), false),
        ("AccountInput", json!({ "name": "A", "sender": "a", "host": "h", "colour": 1 }), false),
        ("AccountPatch", json!({ "port": null, "security_type": null }), true),
        ("AccountPatch", json!({ "port": 0 }), false),
        ("CredentialInput", credential("A"), true),
        ("ConnectorInput", connector("A"), true),
        ("ConnectorInput", json!({ "name": "A", "host": "h", "kind": "ssh" }), false),
        ("NotificationInput", json!({ "to": "a@example.com", "text": "t", "account": "Alerts" }), true),
        ("NotificationInput", json!({ "to": ["a@example.com"], "account": 7, "expires_in": null }), true),
        ("NotificationInput", json!({ "to": 7 }), false),
        ("NotificationInput", json!({ "to": "a@example.com", "attachments": [{ "name": "a" }] }), false),
        ("NotificationInput", json!({ "to": "a@example.com", "attachments": [{ "name": "a", "content": "" }] }), true),
        ("ScheduleInput", schedule("A"), true),
        ("ScheduleInput", json!({ "name": "A", "recipients": "a@b.example", "start": "x", "days": ["monday"] }), true),
        (
            "ScheduleInput",
            json!({ "name": "A", "recipients": "a@b.example", "start": "x", "days": ["moonday"] }),
            false,
        ),
        (
            "ScheduleInput",
            json!({ "name": "A", "recipients": "a@b.example", "start": "x", "filter": { "id": 1 } }),
            false,
        ),
        ("SendingInput", json!({}), true),
        ("SendingInput", json!({ "connections": -1 }), false),
        ("ArrivalInput", json!({}), true),
        ("ArrivalInput", json!({ "selectors": ["s1"] }), false),
        ("TestInput", json!({ "to": "a@example.com", "mode": "check" }), true),
    ] {
        let schema = &whole["components"]["schemas"][name];
        assert_eq!(api.document.valid(schema, &value, "").is_ok(), fits, "{name} {value}");
    }
}
