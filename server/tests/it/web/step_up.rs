//! W37: what would let a stored secret out, or somebody in, asks for more than a session.

use crate::harness::{Server, Session, account};
use serde_json::{Value, json};

/// Another password is not asked for again: what is asked for is more. Whoever leads an account elsewhere, or with less
/// protection, has to know the secret itself; and what the operator set can't be reached by a browser at all.
#[tokio::test]
async fn w37_where_a_secret_goes_is_changed_by_who_knows_it() {
    let (_server, session) = Server::with_administrator().await;
    let credential = json!({ "name": "Relay", "kind": "password", "user_name": "relay", "secret": "the relay's own" });
    let credential = session.ask("credential_create", json!({ "draft": credential })).await;
    let mut draft = account("Alerts");
    draft["secure"] = json!(true);
    draft["security_type"] = json!("tls");
    draft["port"] = json!("587");
    draft["authentication"] = json!(true);
    draft["credential_id"] = credential["id"].clone();
    let stored = session.ask("account_create", json!({ "draft": draft })).await;
    for (what, field, value) in [
        ("another host", "host", json!("127.0.0.2")),
        ("another port", "port", json!("25")),
        ("no TLS", "secure", json!(false)),
        ("another TLS", "security_type", json!("ssl")),
        ("no certificate check", "ignore_certificate_errors", json!(true)),
    ] {
        let mut changed = draft.clone();
        changed[field] = value;
        let body = json!({ "id": stored["id"], "version": stored["version"], "draft": changed });
        let (status, answer) = session.call("account_update", body).await;
        assert_eq!(status, 422, "{what}");
        assert!(answer.to_string().contains("\"secret\""), "{what}: {answer}");
    }
    assert_eq!(read(&session, &stored["id"]).await["version"], stored["version"], "nothing was changed");
}

#[tokio::test]
async fn w37_what_the_operator_set_is_changed_by_no_browser() {
    let (_server, session) = Server::with_administrator().await;
    for field in ["origins", "embed_origins", "allow_destinations", "policy", "trusted_proxies"] {
        let mut parameters = session.ask("parameters_get", json!({})).await;
        parameters[field] = json!("*");
        let (status, _) = session.call("parameters_update", json!({ "parameters": parameters })).await;
        assert_ne!(status, 200, "{field}");
    }
    let (status, _) = session.call("embedding_update", json!({ "origins": ["https://evil.example"] })).await;
    assert_ne!(status, 200);
}

async fn read(session: &Session, id: &Value) -> Value {
    session.ask("account_get", json!({ "id": id })).await
}
