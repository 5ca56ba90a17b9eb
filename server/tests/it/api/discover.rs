//! Settings found by asking a domain, in an account's own fields: what was found makes an account as it is.

use super::{Api, account};
use crate::harness::Server;
use serde_json::json;
use std::sync::Arc;
use tempfile::TempDir;
use testkit::{NameServer, Zone};

#[tokio::test]
async fn what_is_found_can_be_sent_back_as_an_account() {
    let zone = Zone::default()
        .srv("_submission._tcp.mail.test", [0, 0, 587], "relay.mail.test")
        .failing("_submissions._tcp.mail.test");
    let names = NameServer::start(zone).await;
    let resolver = names.address().to_string();
    let folder = Arc::new(TempDir::new().expect("a folder"));
    let server = Server::start_with(folder, &[("POSTROOM_RESOLVER", &resolver)]).await;
    let api = Api::of(&server, "administrator").await;
    let told = api.post("/api/v1/discover", &json!({ "address": "ann@mail.test" })).await;
    assert_eq!(told.status, 200);
    let found = json!({
        "source": "srv_submission", "host": "relay.mail.test", "port": 587, "secure": true, "security_type": "tls",
        "authentication": true, "user_name": "ann@mail.test", "outside": false,
    });
    let silent = json!({ "source": "srv_submissions", "code": "name_server" });
    assert_eq!(told.body, json!({ "found": [found], "silent": [silent] }));
    let mut account = account("Found");
    for name in ["host", "port", "secure", "security_type"] {
        account[name] = told.body["found"][0][name].clone();
    }
    api.make("/api/v1/accounts", &account).await;
    let made = api.get("/api/v1/accounts/1").await;
    assert_eq!((&made.body["host"], &made.body["port"]), (&json!("relay.mail.test"), &json!(587)));
    let operator = api.with_token(&super::token(&server, "o", "operator").await);
    assert_eq!(operator.post("/api/v1/discover", &json!({ "address": "ann@mail.test" })).await.status, 403);
}
