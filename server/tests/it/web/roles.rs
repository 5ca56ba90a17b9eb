//! W41: every way in, for everybody. A route, a function or an operation that the tables do not name fails the test.

use super::supply::each_file;
use crate::{
    api::token,
    downloads::person,
    harness::{PASSWORD, Server, Session, account},
};
use domain::{Role, report::Query};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Who may, at least; `None`: whoever asks.
type Least = Option<Role>;
const ANYBODY: Least = None;
const VIEWER: Least = Some(Role::Viewer);
const OPERATOR: Least = Some(Role::Operator);
const ADMINISTRATOR: Least = Some(Role::Administrator);

/// Server functions. One that a signed-out browser asks answers with nothing rather than refusing: `session_info`.
const FUNCTIONS: &[(Least, &[&str])] = &[
    (ANYBODY, &["session_info"]),
    (
        VIEWER,
        &[
            "report_page",
            "view_list",
            "view_create",
            "view_rename",
            "view_update",
            "view_delete",
            "report_rows",
            "connector_get",
            "message_read",
            "credential_get",
            "diagnosis_explain",
            "incident_count",
            "incident_list",
            "account_get",
            "account_choices",
            "account_history",
            "sending_get",
            "password_change",
            "parameters_get",
            "schedule_get",
            "schedule_choices",
            "schedule_coming",
        ],
    ),
    (
        OPERATOR,
        &[
            "connector_test",
            "message_resend",
            "message_cancel",
            "message_pause",
            "message_resume",
            "sending_pause",
            "sending_resume",
            "schedule_send",
            "arrival_check",
        ],
    ),
    (
        ADMINISTRATOR,
        &[
            "connector_create",
            "connector_update",
            "connector_delete",
            "user_get",
            "user_create",
            "user_update",
            "user_delete",
            "token_create",
            "token_revoke",
            "credential_create",
            "credential_update",
            "credential_delete",
            "account_create",
            "account_update",
            "account_set_default",
            "account_set_enabled",
            "account_delete",
            "discover",
            "sending_update",
            "parameters_update",
            "embedding_get",
            "schedule_create",
            "schedule_update",
            "schedule_set_enabled",
            "schedule_delete",
            "schedule_send_draft",
        ],
    ),
];

/// Operations of the API, below `/api/v1`.
const OPERATIONS: &[(Least, &[&str])] = &[
    (ANYBODY, &["get /openapi.json"]),
    (
        VIEWER,
        &[
            "get /accounts",
            "get /accounts/{id}",
            "get /accounts/{id}/sending",
            "get /accounts/{id}/tests",
            "get /messages",
            "get /messages/{id}",
            "get /credentials",
            "get /credentials/{id}",
            "get /connectors",
            "get /connectors/{id}",
            "get /schedules",
            "get /schedules/{id}",
        ],
    ),
    (
        OPERATOR,
        &[
            "post /accounts/{id}/sending/pause",
            "post /accounts/{id}/sending/resume",
            "post /notifications",
            "post /messages/{id}/resend",
            "post /messages/{id}/cancel",
            "post /messages/{id}/pause",
            "post /messages/{id}/resume",
            "post /accounts/{id}/test",
            "post /accounts/{id}/arrival",
            "post /test",
            "post /schedules/{id}/send",
        ],
    ),
    (
        ADMINISTRATOR,
        &[
            "post /accounts",
            "put /accounts/{id}",
            "patch /accounts/{id}",
            "delete /accounts/{id}",
            "put /accounts/{id}/sending",
            "post /discover",
            "post /credentials",
            "put /credentials/{id}",
            "patch /credentials/{id}",
            "delete /credentials/{id}",
            "post /connectors",
            "put /connectors/{id}",
            "patch /connectors/{id}",
            "delete /connectors/{id}",
            "post /schedules",
            "put /schedules/{id}",
            "patch /schedules/{id}",
            "delete /schedules/{id}",
        ],
    ),
];

/// Files and prints of reports.
const REPORTS: &[(Least, &[&str])] = &[
    (VIEWER, &["accounts", "credentials", "connectors", "outbox", "schedules"]),
    (ADMINISTRATOR, &["users", "tokens", "audit"]),
];

/// Every route of the sources, and where it is played: here, or by the test that is named.
const ROUTES: &[(&str, &str)] = &[
    ("/settings/{*place}", "pages"),
    ("/embed/settings/{*place}", "the same in a frame: w28, w29"),
    ("/api/ui/embed/session", "w25, w28"),
    ("/api/ui/embed/end", "w34"),
    ("/embed.js", "for portals' pages"),
    ("/embed.d.ts", "for portals' engineers"),
    ("/embed.schema.json", "for portals' engineers"),
    ("/theme.css", "for everybody"),
    ("/events", "w41 below, live.rs"),
    ("/reports/{file}", "REPORTS"),
    ("/reports/{report}/print", "REPORTS"),
    ("/api/ui/bulk", "bulk.rs"),
    ("/api/ui/{*function}", "FUNCTIONS"),
    ("/api/v1/", "nothing is there"),
    ("/sign-in", "w19, w33, w38"),
    ("/sign-out", "w34"),
    ("/language", "languages.rs"),
    ("/taste", "tastes.rs"),
    ("/setup", "w40"),
    ("/csp-reports", "w4"),
    ("/pkg/{*name}", "files of the site, for everybody"),
    ("/favicon.svg", "for everybody"),
    ("/healthz", "for everybody"),
    ("/readyz", "for everybody"),
    ("/metrics", "a listener of its own, off unless asked for"),
];

/// The names of all server functions, from the sources.
pub(super) fn functions() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    each_file("app", &mut |_, text| {
        for (_, rest) in text.match_indices("#[server(").map(|(at, _)| text.split_at(at)) {
            let name = rest.split("async fn ").nth(1).and_then(|rest| rest.split(['(', '<']).next());
            found.insert(name.expect("a function after its attribute").to_owned());
        }
    });
    found
}

/// All operations of the API as `(method, path)`, from its document.
pub(super) async fn operations(session: &Session) -> Vec<(String, String)> {
    let text = session.get("/api/v1/openapi.json").await.text().await.expect("json");
    let document: Value = serde_json::from_str(&text).expect("json");
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let methods = item.as_object().expect("methods").keys().filter(|key| *key != "parameters");
        found.extend(methods.map(|method| (method.clone(), path.clone())));
    }
    found
}

/// What any function can be called with. What it asks for is not there.
pub(super) fn whole_body() -> Value {
    json!({
        "id": 999, "version": 1, "enabled": false, "report": "accounts", "query": Query::default(), "draft": {},
        "parameters": { "footer": "" }, "current": "a wrong password", "new": "another password", "address": "nobody",
        "language": "en", "name": "a name",
        "diagnosis": { "code": "connection_refused", "stage": "tcp", "class": "temporary" },
    })
}

fn least(table: &[(Least, &[&'static str])]) -> BTreeMap<String, Least> {
    let rows = table.iter().flat_map(|(least, names)| names.iter().map(move |name| ((*name).to_owned(), *least)));
    rows.collect()
}

/// Somebody of each role, and nobody.
async fn everybody(server: &Server, root: &Session) -> Vec<(Least, Session)> {
    vec![
        (None, server.anonymous()),
        (VIEWER, person(server, "vera", "viewer").await),
        (OPERATOR, person(server, "otto", "operator").await),
        (ADMINISTRATOR, root.clone()),
    ]
}

/// 401 for who is not signed in, 403 for whom the role does not allow it, something else for all others.
fn check(what: &str, who: Least, least: Least, status: u16, said: &str) {
    let wanted = match (who, least) {
        (_, None) => None,
        (None, Some(_)) => Some(401),
        (Some(role), Some(least)) => (role < least).then_some(403),
    };
    match wanted {
        Some(wanted) => assert_eq!(status, wanted, "{what} as {who:?}: {said}"),
        None => assert!(![401, 403, 500].contains(&status), "{what} as {who:?}: {status} {said}"),
    }
}

#[tokio::test]
async fn w41_every_server_function_for_every_role() {
    let (server, root) = Server::with_administrator().await;
    let table = least(FUNCTIONS);
    assert_eq!(table.keys().cloned().collect::<BTreeSet<_>>(), functions(), "the table and the sources");
    for (who, session) in everybody(&server, &root).await {
        for (function, least) in &table {
            let (status, said) = session.call(function, whole_body()).await;
            check(function, who, *least, status, &said.to_string());
        }
    }
    assert_eq!(root.call("no_such_function", whole_body()).await.0, 400);
}

#[tokio::test]
async fn w41_every_operation_of_the_api_for_every_role() {
    let (server, root) = Server::with_administrator().await;
    let table = least(OPERATIONS);
    let documented: BTreeSet<_> = operations(&root)
        .await
        .into_iter()
        .map(|(method, path)| format!("{method} {}", path.strip_prefix("/api/v1").expect("below it")))
        .collect();
    assert_eq!(table.keys().cloned().collect::<BTreeSet<_>>(), documented, "the table and the document");
    let people = everybody(&server, &root).await;
    let mut programs = Vec::new();
    for role in Role::ALL {
        programs.push((Some(role), token(&server, role.code(), role.code()).await));
    }
    for (operation, least) in &table {
        let (method, path) = operation.split_once(' ').expect("a method");
        let path = format!("/api/v1{}", path.replace("{id}", "999"));
        let media = if method == "patch" { "application/merge-patch+json" } else { "application/json" };
        let headers = vec![("content-type", media), ("if-match", "\"1\"")];
        let body = if matches!(method, "get" | "delete") { "" } else { "{}" };
        for (who, session) in &people {
            let answer = session.send(&method.to_uppercase(), &path, &headers, body).await.expect("answers");
            check(operation, *who, *least, answer.status(), "with a session");
        }
        for (who, token) in &programs {
            let bearer = format!("Bearer {token}");
            let with: Vec<_> = headers.iter().copied().chain([("authorization", bearer.as_str())]).collect();
            let answer = server.anonymous().send(&method.to_uppercase(), &path, &with, body).await.expect("answers");
            check(operation, *who, *least, answer.status(), "with a token");
        }
    }
}

#[tokio::test]
async fn w41_every_report_and_page_for_every_role() {
    let (server, root) = Server::with_administrator().await;
    root.ask("token_create", json!({ "draft": { "name": "Needle token", "role": "viewer" } })).await;
    person(&server, "Needle person", "viewer").await;
    let table = least(REPORTS);
    let all: BTreeSet<_> = domain::report::ReportName::ALL.into_iter().map(|report| report.code().to_owned()).collect();
    assert_eq!(table.keys().cloned().collect::<BTreeSet<_>>(), all, "the table and the reports");
    for (who, session) in everybody(&server, &root).await {
        for (report, least) in &table {
            let files = ["csv", "rows"].map(|kind| format!("/reports/{report}.{kind}"));
            for path in files.into_iter().chain([format!("/reports/{report}/print")]) {
                check(&path, who, *least, session.get(&path).await.status(), "");
            }
            let rows = session.call("report_page", json!({ "report": report, "query": Query::default() })).await;
            check(report, who, *least, rows.0, &rows.1.to_string());
        }
        for page in ["/settings/users", "/settings/users/tokens", "/settings/audit"] {
            let answer = session.get(page).await;
            let wanted = match who {
                None => 303,
                ADMINISTRATOR => 200,
                Some(_) => 403,
            };
            assert_eq!(answer.status(), wanted, "{page} as {who:?}");
            let html = answer.text().await.unwrap_or_default();
            assert_eq!(html.contains("Needle"), who == ADMINISTRATOR, "{page} as {who:?}");
        }
    }
}

#[tokio::test]
async fn w41_every_route_of_the_sources_is_in_a_table() {
    let mut found = BTreeSet::new();
    each_file("server", &mut |_, text| {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for rest in text.split(".route(").skip(1) {
            // What is not written out comes from a table of its own.
            if let Some(path) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                found.insert(path.to_owned());
            }
        }
    });
    let table: BTreeSet<_> = ROUTES.iter().map(|(path, _)| (*path).to_owned()).collect();
    let unknown: Vec<_> = found.difference(&table).collect();
    assert!(unknown.is_empty(), "routes that no table names: {unknown:?}");
    assert!(found.len() > 10, "{found:?}");
}

#[tokio::test]
async fn w41_each_role_may_do_what_it_may() {
    let (server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("Alerts") })).await;
    person(&server, "vera", "viewer").await;
    person(&server, "otto", "operator").await;
    let draft = json!({ "to": "ann@example.com", "subject": "s", "message": "m" });
    for (name, read, test, change, users) in
        [("vera", 200, 403, 403, 403), ("otto", 200, 200, 403, 403), ("root", 200, 200, 200, 200)]
    {
        let person = server.sign_in(name, PASSWORD).await;
        assert_eq!(person.call("account_get", json!({"id": 1})).await.0, read, "{name} reads");
        assert_eq!(person.post("/api/v1/accounts/1/test", &draft).await.status(), test, "{name} tests");
        let changed = person.call("account_set_enabled", json!({"id": 1, "enabled": true})).await.0;
        assert_eq!(changed, change, "{name} changes");
        assert_eq!(person.call("user_get", json!({"id": 1})).await.0, users, "{name} sees users");
    }
}
