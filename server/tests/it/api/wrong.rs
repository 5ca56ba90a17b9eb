//! Requests that are wrong, each in one way: what they are answered with. None of it is ever quoted.

use super::{Api, account};
use crate::harness::Server;
use serde_json::json;

/// Method, path, headers, body, and then the status with the kind or the wrong fields.
type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a str, u16, &'a str);

const JSON: (&str, &str) = ("content-type", "application/json");
const PATCH: (&str, &str) = ("content-type", "application/merge-patch+json");
const ANY: (&str, &str) = ("if-match", "*");

#[tokio::test]
async fn each_wrong_request_is_refused_for_what_it_is() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    api.make("/api/v1/accounts", &account("Alerts")).await;
    let large = json!({ "name": "x".repeat(300 * 1024) }).to_string();
    let (accounts, one) = ("/api/v1/accounts", "/api/v1/accounts/1");
    let cases: &[Case<'_>] = &[
        ("GET", "/api/v1", &[], "", 404, "not_found"),
        ("GET", "/api/v1/", &[], "", 404, "not_found"),
        ("GET", "/api/v1/nothing", &[], "", 404, "not_found"),
        ("GET", "/api/v1/accounts/1/nothing", &[], "", 404, "not_found"),
        ("GET", "/api/v1/accounts/", &[], "", 404, "not_found"),
        ("GET", "/api/v1/accounts/x", &[], "", 404, "not_found"),
        ("GET", "/api/v1/accounts/%ff", &[], "", 404, "not_found"),
        ("GET", "/api/v1/accounts/99999999999999999999", &[], "", 404, "not_found"),
        ("PUT", accounts, &[JSON], "{}", 405, "method_not_allowed"),
        ("POST", one, &[JSON], "{}", 405, "method_not_allowed"),
        ("GET", "/api/v1/test", &[], "", 405, "method_not_allowed"),
        ("DELETE", "/api/v1/openapi.json", &[], "", 405, "method_not_allowed"),
        ("POST", accounts, &[], "{}", 415, "media_type"),
        ("POST", accounts, &[("content-type", "text/plain")], "{}", 415, "media_type"),
        ("POST", accounts, &[PATCH], "{}", 415, "media_type"),
        ("POST", "/api/v1/test", &[("content-type", "text/plain")], "{}", 415, "media_type"),
        ("PATCH", one, &[("content-type", "application/json-patch+json"), ANY], "{}", 415, "media_type"),
        ("POST", accounts, &[JSON], "", 400, "malformed_json"),
        ("POST", accounts, &[JSON], "{needle", 400, "malformed_json"),
        ("POST", accounts, &[("content-type", "application/json; charset=utf-8")], "{needle", 400, "malformed_json"),
        ("POST", accounts, &[JSON], &large, 413, "body"),
        ("POST", accounts, &[JSON], "[]", 422, ":object"),
        (
            "POST",
            accounts,
            &[JSON],
            "{}",
            422,
            "name:required sender:required reply_to:required return_path:required confirmation:required host:required",
        ),
        ("POST", accounts, &[JSON], r#"{"colour": "needle", "id": 7}"#, 422, "colour:unknown_field id:read_only"),
        ("POST", accounts, &[JSON], r#"{"name": ["needle"], "enabled": "needle"}"#, 422, "enabled:type name:type"),
        ("POST", accounts, &[JSON], r#"{"security_type": "needle"}"#, 422, "security_type:choice"),
        ("PUT", one, &[JSON], "{}", 428, "if_match"),
        ("PATCH", one, &[PATCH], "{}", 428, "if_match"),
        ("PATCH", one, &[PATCH, ("if-match", "\"9\"")], "{}", 412, "version_moved"),
        ("PATCH", one, &[PATCH, ("if-match", "W/\"1\"")], "{}", 412, "version_moved"),
        ("PATCH", one, &[PATCH, ANY], r#"{"version": 9}"#, 422, "version:read_only"),
        ("PATCH", one, &[PATCH, ANY], r#"{"port": 70000}"#, 422, "port:port_range"),
        ("PATCH", one, &[PATCH, ANY], r#"{"port": 2.5}"#, 422, "port:type"),
        ("PATCH", one, &[PATCH, ANY], r#"{"host": "smtp://needle"}"#, 422, "host:host_url"),
        ("PATCH", one, &[PATCH, ANY], r#"{"is_default": false}"#, 422, "is_default:default_account"),
        ("PATCH", one, &[PATCH, ANY], r#"{"credential_id": 99}"#, 422, "credential_id:not_found"),
        ("PATCH", one, &[PATCH, ANY], r#"{"name": null}"#, 422, "name:required"),
        ("PATCH", "/api/v1/accounts/9", &[PATCH, ANY], "{}", 404, "not_found"),
        (
            "POST",
            accounts,
            &[JSON],
            r#"{"name": "ALERTS", "sender": "a@example.com", "host": "h"}"#,
            422,
            "name:name_taken",
        ),
        ("POST", "/api/v1/credentials", &[JSON], r#"{"name": "a"}"#, 422, "user_name:required secret:required"),
        ("POST", "/api/v1/connectors", &[JSON], r#"{"kind": "ssh", "port": "x"}"#, 422, "kind:choice"),
        ("POST", "/api/v1/accounts/1/test", &[JSON], r#"{"to": "nobody", "colour": 1}"#, 422, "colour:unknown_field"),
        (
            "POST",
            "/api/v1/test",
            &[JSON],
            r#"{"to": 5, "enabled": 1, "mode": "x"}"#,
            422,
            "enabled:type mode:choice to:type",
        ),
    ];
    for (method, path, headers, body, status, wrong) in cases {
        let reply = api.send(method, path, headers, body).await;
        let what = format!("{method} {path} {}", &body[..body.len().min(80)]);
        assert_eq!(reply.status, *status, "{what}: {}", reply.body);
        let got = if reply.kind() == "invalid_fields" { reply.errors().join(" ") } else { reply.kind().to_owned() };
        assert_eq!(got, *wrong, "{what}");
        assert_eq!(reply.body["status"], *status, "{what}");
        assert!(!reply.body.to_string().contains("needle"), "{what}: {}", reply.body);
        assert!(!reply.body["detail"].as_str().expect("words").is_empty(), "{what}");
    }
    assert!(!server.log().await.contains("needle"));
}

#[tokio::test]
async fn refusals_say_in_headers_what_would_be_right() {
    let server = Server::start().await;
    let api = Api::of(&server, "administrator").await;
    for (path, allowed) in [
        ("/api/v1/accounts", "GET,HEAD,POST"),
        ("/api/v1/accounts/1", "GET,HEAD,PUT,PATCH,DELETE"),
        ("/api/v1/test", "POST"),
    ] {
        assert_eq!(api.send("OPTIONS", path, &[], "").await.header("allow"), allowed, "{path}");
    }
    let text = api.send("POST", "/api/v1/accounts", &[("content-type", "text/plain")], "").await;
    assert_eq!(text.header("accept"), "application/json");
    let text = api.send("PATCH", "/api/v1/accounts/1", &[("content-type", "text/plain")], "").await;
    assert_eq!(text.header("accept-patch"), "application/merge-patch+json");
}
