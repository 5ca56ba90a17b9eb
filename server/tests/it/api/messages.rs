//! Messages of the Outbox as a program sees them: listed, explained, acted on; how their accounts send.

use super::{
    Api, credential,
    notifications::{leading_to, text},
    token,
};
use crate::harness::Server;
use serde_json::{Value, json};
use testkit::{SinkOptions, SmtpSink};

fn ids(body: &Value) -> Vec<i64> {
    body["items"].as_array().expect("items").iter().filter_map(|item| item["id"].as_i64()).collect()
}

#[tokio::test]
async fn a_refused_password_is_explained_and_cured() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let login = Some(("relay".to_owned(), "the right one".to_owned()));
    let sink = SmtpSink::start(SinkOptions { login, ..SinkOptions::default() }).await;
    api.make("/api/v1/credentials", &credential("Relay")).await;
    let mut body = leading_to(&sink, "Alerts");
    body["authentication"] = json!(true);
    body["credential_id"] = json!(1);
    api.make("/api/v1/accounts", &body).await;
    api.post("/api/v1/notifications", &text("x")).await;
    let message = api.message_in(1, |message| message["reason"]["code"] == "auth_refused").await;
    assert_eq!(message["status"], "waiting");
    assert!(message["reason"]["reply"].as_str().expect("a reply").starts_with("535 "), "{message}");
    let last = message["attempts"].as_array().and_then(|all| all.last()).expect("a try");
    assert_eq!((&last["outcome"], &last["reason"]["code"]), (&json!("config"), &json!("auth_refused")), "{last}");
    assert_eq!(api.get("/api/v1/messages").await.body["items"][0]["reason"]["code"], "auth_refused");
    let sending = api.get("/api/v1/accounts/1/sending").await.body;
    assert_eq!(sending["reason"]["code"], "auth_refused");
    assert!(sending["halted_at"].is_string(), "{sending}");
    assert!(!message.to_string().contains("needle") && !sending.to_string().contains("needle"));
    let right = json!({ "secret": "the right one" });
    assert_eq!(api.patch("/api/v1/credentials/1", "*", &right).await.status, 200);
    api.message_in(1, |message| message["status"] == "sent").await;
    assert_eq!(api.get("/api/v1/accounts/1/sending").await.body["halted_at"], Value::Null);
}

#[tokio::test]
async fn messages_are_filtered_gone_through_and_acted_on() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let sink = SmtpSink::start(SinkOptions::default()).await;
    api.make("/api/v1/accounts", &leading_to(&sink, "Alerts")).await;
    let operator = api.with_token(&token(&server, "ci", "operator").await);
    assert_eq!(operator.post("/api/v1/accounts/1/sending/pause", &json!({})).await.status, 204);
    for index in 1..=5 {
        assert_eq!(operator.post("/api/v1/notifications", &text(&format!("Ação {index}"))).await.status, 202);
    }
    let act = async |id: i64, verb: &str| operator.post(&format!("/api/v1/messages/{id}/{verb}"), &json!({})).await;
    assert_eq!((act(1, "cancel").await.status, act(2, "pause").await.status), (204, 204));
    for (query, wanted) in [
        ("", vec![1, 2, 3, 4, 5]),
        ("?status=waiting", vec![3, 4, 5]),
        ("?status=canceled", vec![1]),
        ("?subject=acao%204", vec![4]),
        ("?id=2-3,5&to=ANN@", vec![2, 3, 5]),
        ("?from=alerts&account=ale&after=3", vec![4, 5]),
        ("?since=2001-01-01&until=2001-12-31", vec![]),
    ] {
        let reply = api.get(&format!("/api/v1/messages{query}")).await;
        assert_eq!((ids(&reply.body), &reply.body["next_after"]), (wanted, &Value::Null), "{query}");
    }
    let first = api.get("/api/v1/messages?limit=2&account=alerts").await;
    assert_eq!((ids(&first.body), &first.body["next_after"]), (vec![1, 2], &json!(2)));
    assert_eq!(first.header("link"), "</api/v1/messages?limit=2&account=alerts&after=2>; rel=\"next\"");
    let third = &api.get("/api/v1/messages?id=3").await.body["items"][0];
    let shown = [&third["subject"], &third["to"], &third["created_by"], &third["reason"]["code"]];
    assert_eq!(shown, ["Ação 3", "ann@example.org", "token ci", "account_paused"]);
    for (query, wrong) in
        [("status=lost", "status:choice"), ("since=x", "since:unreadable"), ("kind=x", "kind:unknown_parameter")]
    {
        assert_eq!(api.get(&format!("/api/v1/messages?{query}")).await.errors(), [wrong]);
    }

    let refused = act(1, "pause").await;
    assert_eq!(
        (refused.status, refused.kind(), &refused.body["params"]),
        (409, "message_status", &json!(["canceled"]))
    );
    let early = act(3, "resend").await;
    assert_eq!((early.status, early.kind(), &early.body["params"]), (409, "message_not_ended", &json!(["waiting"])));
    let again = act(1, "resend").await;
    assert_eq!((again.status, &again.body["id"], again.header("location")), (201, &json!(6), "/api/v1/messages/6"));
    assert_eq!(api.get("/api/v1/messages/1").await.body["status"], "resent");
    let copy = api.get("/api/v1/messages/6").await.body;
    assert_eq!((&copy["resent_from"], &copy["subject"]), (&json!(1), &json!("Ação 1")));
    assert!(sink.messages().is_empty(), "the account is paused");
    assert_eq!(operator.post("/api/v1/accounts/1/sending/resume", &json!({})).await.status, 204);
    sink.wait_for(4).await;
    assert_eq!(api.get("/api/v1/messages/2").await.body["status"], "paused");
    assert_eq!(act(2, "resume").await.status, 204);
    sink.wait_for(5).await;
    api.message_in(2, |message| message["status"] == "sent").await;
}

#[tokio::test]
async fn limits_are_set_by_administrators_and_what_was_read_may_be_sent_back() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    let sink = SmtpSink::start(SinkOptions::default()).await;
    api.make("/api/v1/accounts", &leading_to(&sink, "Alerts")).await;
    api.make("/api/v1/accounts", &leading_to(&sink, "Second")).await;
    let path = "/api/v1/accounts/1/sending";
    let put = async |api: &Api, body: &Value| {
        api.send("PUT", path, &[("content-type", "application/json")], &body.to_string()).await
    };
    let set = put(&api, &json!({ "connections": 2, "per_minute": 60, "failover_id": 2 })).await;
    assert_eq!(set.status, 200, "{}", set.body);
    assert_eq!(put(&api, &set.body).await.body, set.body);
    assert_eq!(put(&api, &json!({ "per_minute": 7 })).await.body["connections"], 10, "left out: the default");
    for (body, wrong) in [
        (json!({ "connections": 0 }), "connections:range"),
        (json!({ "connections": 51, "per_minute": 2_000_000 }), "connections:range per_minute:range"),
        (json!({ "per_minute": -1 }), "per_minute:type"),
        (json!({ "per_minute": 1.5 }), "per_minute:type"),
        (json!({ "failover_id": 1 }), "failover_id:failover_self"),
        (json!({ "failover_id": 9 }), "failover_id:not_found"),
        (json!({ "colour": 9 }), "colour:unknown_field"),
    ] {
        let reply = put(&api, &body).await;
        assert_eq!((reply.status, reply.errors().join(" ").as_str()), (422, wrong), "{body}");
    }
    let operator = api.with_token(&token(&server, "o", "operator").await);
    assert_eq!(put(&operator, &json!({})).await.status, 403);
    assert_eq!(operator.post(&format!("{path}/pause"), &json!({})).await.status, 204);
    let viewer = api.with_token(&token(&server, "v", "viewer").await);
    assert_eq!(viewer.get(path).await.body["paused"], true);
    assert_eq!(viewer.post(&format!("{path}/resume"), &json!({})).await.status, 403);
}
