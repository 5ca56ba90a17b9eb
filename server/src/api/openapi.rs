//! The `OpenAPI` 3.1 document: paths and answers. What is in the answers stands in `schemas`.

mod arrival;
mod discover;
mod outbox;
mod schemas;
mod test;

use super::{
    accounts::Accounts, connectors::Connectors, credentials::Credentials, list, resource::Resource,
    schedules::Schedules,
};
use axum::{
    body::Body,
    http::{HeaderValue, Response, header},
};
use domain::report::{FieldKind, ReportSpec};
use schemas::reference;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

static TEXT: LazyLock<String> = LazyLock::new(|| whole().to_string());

/// For everybody: it says nothing of what is stored.
pub async fn document() -> Response<Body> {
    let mut response = Response::new(Body::from(TEXT.as_str()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

pub fn whole() -> Value {
    let mut paths = Map::new();
    paths.insert("/api/v1/openapi.json".to_owned(), document_path());
    add_resource::<Accounts>(&mut paths, "account", "Account");
    add_resource::<Credentials>(&mut paths, "credential", "Credential");
    add_resource::<Connectors>(&mut paths, "connector", "Connector");
    add_resource::<Schedules>(&mut paths, "scheduled report", "Schedule");
    // Nothing points to a scheduled report.
    if let Some(answers) = paths["/api/v1/schedules/{id}"]["delete"]["responses"].as_object_mut() {
        answers.remove("409");
    }
    outbox::add_paths(&mut paths);
    let mut saved = test_path("testAccount", "Test a stored account", "TestInput", &[401, 403, 404, 422, 429]);
    saved["parameters"] = json!([id_parameter()]);
    paths.insert("/api/v1/accounts/{id}/test".to_owned(), saved);
    let unsaved =
        test_path("testUnsaved", "Test values that are not saved", "UnsavedTestInput", &[401, 403, 404, 422, 429]);
    paths.insert("/api/v1/test".to_owned(), unsaved);
    arrival::add_path(&mut paths);
    test::add_path(&mut paths);
    writes_need_room(&mut paths);
    // After it: nothing is written.
    discover::add_paths(&mut paths);
    let mut all_schemas = schemas::all();
    outbox::add_schemas(&mut all_schemas);
    arrival::add_schemas(&mut all_schemas);
    discover::add_schemas(&mut all_schemas);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Postroom",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "SMTP accounts, tested and watched.",
            "description": "Viewers read, operators test and send, administrators change. Refusals are problem details (RFC 9457).",
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }, { "session": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": "Made in the Users page or by `postroom token add`." },
                "session": {
                    "type": "apiKey", "in": "cookie", "name": "postroom",
                    "description": "Of a person who is signed in (`__Host-postroom` over https). Requests from other sites are refused.",
                },
            },
            "schemas": all_schemas,
            "responses": refusals(),
        },
    })
}

fn document_path() -> Value {
    let answer = json!({
        "description": "This document.",
        "content": { "application/json": { "schema": { "type": "object", "required": ["openapi", "paths"] } } },
    });
    json!({ "get": {
        "operationId": "getDocument", "summary": "This document", "security": [{}], "responses": { "200": answer },
    } })
}

/// The usual verbs of a resource.
fn add_resource<R: Resource>(paths: &mut Map<String, Value>, one: &str, schema: &str) {
    let shown = reference(schema);
    let tag = json!({ "ETag": { "description": "The version.", "schema": { "type": "string" } } });
    let whole = |description: &str| {
        json!({
            "description": description, "headers": tag, "content": { "application/json": { "schema": shown } },
        })
    };
    let input =
        |media: &str, name: String| json!({ "required": true, "content": { media: { "schema": reference(&name) } } });
    let id = |verb: &str| format!("{verb}{schema}");
    let mut made = whole("Made.");
    made["headers"]["Location"] = json!({ "description": "Where it is.", "schema": { "type": "string" } });
    paths.insert(
        format!("/api/v1/{}", R::NAME),
        json!({
            "get": list_operation(R::REPORT.spec(), one, schema),
            "post": {
                "operationId": id("create"), "summary": format!("Make a {one}"),
                "requestBody": input("application/json", format!("{schema}Input")),
                "responses": responses(&[("201", made)], &[400, 401, 403, 413, 415, 422, 429]),
            },
        }),
    );
    let (must, may) = (if_match(true), if_match(false));
    let change = [400, 401, 403, 404, 412, 413, 415, 422, 428, 429];
    paths.insert(format!("/api/v1/{}/{{id}}", R::NAME), json!({
        "parameters": [id_parameter()],
        "get": {
            "operationId": id("get"), "summary": format!("Read a {one}"),
            "responses": responses(&[("200", whole("As it is."))], &[401, 404, 429]),
        },
        "put": {
            "operationId": id("replace"), "summary": format!("Replace a {one}: what is left out takes its default"),
            "parameters": [must],
            "requestBody": input("application/json", format!("{schema}Input")),
            "responses": responses(&[("200", whole("As it is now."))], &change),
        },
        "patch": {
            "operationId": id("patch"), "summary": format!("Change a {one}: what is left out stays, null takes its default"),
            "parameters": [must],
            "requestBody": input("application/merge-patch+json", format!("{schema}Patch")),
            "responses": responses(&[("200", whole("As it is now."))], &change),
        },
        "delete": {
            "operationId": id("delete"), "summary": format!("Delete a {one}"), "parameters": [may],
            "responses": responses(&[("204", json!({ "description": "Deleted." }))], &[401, 403, 404, 409, 412, 429]),
        },
    }));
}

fn list_operation(spec: &ReportSpec, one: &str, schema: &str) -> Value {
    let mut parameters = filters(spec);
    parameters.push(query(
        "limit",
        "How many at most.",
        json!({
            "type": "integer", "minimum": 1, "maximum": list::LIMIT_MAX, "default": list::LIMIT_DEFAULT,
        }),
    ));
    parameters.push(query(
        "after",
        "Go on behind this id: `next_after` of the list before.",
        json!({ "type": "integer", "minimum": 0 }),
    ));
    let page = json!({
        "description": "Those that match, upwards by id. The header Link leads to what follows.",
        "headers": { "Link": { "schema": { "type": "string" } } },
        "content": { "application/json": { "schema": reference(&format!("{schema}List")) } },
    });
    json!({
        "operationId": format!("list{schema}"), "summary": format!("List {one}s"), "parameters": parameters,
        "responses": responses(&[("200", page)], &[401, 422, 429]),
    })
}

fn test_path(id: &str, summary: &str, input: &str, refused: &[u16]) -> Value {
    let lines = json!({
        "description": "A JSON object a line, as it happens; the last has step `done`. Closing the connection ends the session.",
        "content": { "application/x-ndjson": { "schema": reference("TestEvent") } },
    });
    let refused: Vec<_> = [400, 413, 415].into_iter().chain(refused.iter().copied()).collect();
    json!({ "post": {
        "operationId": id, "summary": summary,
        "requestBody": { "required": true, "content": { "application/json": { "schema": reference(input) } } },
        "responses": responses(&[("200", lines)], &refused),
    } })
}

/// Whatever writes says so where the disk is full.
fn writes_need_room(paths: &mut Map<String, Value>) {
    for item in paths.values_mut().filter_map(Value::as_object_mut) {
        for (_, operation) in item.iter_mut().filter(|(method, _)| !["get", "parameters"].contains(&method.as_str())) {
            operation["responses"]["507"] = json!({ "$ref": "#/components/responses/507" });
        }
    }
}

fn responses(well: &[(&str, Value)], refused: &[u16]) -> Value {
    let mut all: Map<String, Value> =
        well.iter().map(|(status, answer)| ((*status).to_owned(), answer.clone())).collect();
    for status in refused {
        all.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/{status}") }));
    }
    all.insert("500".to_owned(), json!({ "$ref": "#/components/responses/500" }));
    Value::Object(all)
}

fn refusals() -> Value {
    let all = [
        (400, "The body is not JSON."),
        (401, "No token, or one that is not in force."),
        (403, "The role does not allow it."),
        (404, "Nothing has this id."),
        (409, "Refused by a rule, which `type` names; `params` says by whom or what, such as the message's state."),
        (412, "The version meant is not the one stored."),
        (413, "The body is too large."),
        (415, "The body is of another media type."),
        (422, "Fields are wrong: `errors` says which and how, all at once."),
        (428, "If-Match is missing."),
        (429, "Too many requests; Retry-After says when."),
        (500, "Something went wrong here; the log has it under the reference."),
        (507, "The server's disk is full; nothing was kept."),
    ];
    let one = |(status, description): (u16, &str)| {
        let content = json!({ "application/problem+json": { "schema": reference("Problem") } });
        (status.to_string(), json!({ "description": description, "content": content }))
    };
    Value::Object(all.into_iter().map(one).collect())
}

/// The report's search fields, as query parameters.
fn filters(spec: &ReportSpec) -> Vec<Value> {
    let about = |kind| match kind {
        FieldKind::Ids => ("One id, a list or a range: `3,7,10-20`.", json!({ "type": "string" })),
        FieldKind::Text => ("Anywhere in the text, without regard to case or accents.", json!({ "type": "string" })),
        FieldKind::Choice(codes) => {
            let codes: Vec<_> = codes.iter().map(|code| list::shown(code)).collect();
            ("Exactly.", json!({ "type": "string", "enum": codes }))
        }
        FieldKind::Since | FieldKind::Until => ("A date, YYYY-MM-DD.", json!({ "type": "string", "format": "date" })),
    };
    let one = |field: &domain::report::FieldSpec| {
        let (words, schema) = about(field.kind);
        query(field.key, words, schema)
    };
    spec.fields.iter().map(one).collect()
}

fn query(name: &str, about: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "description": about, "schema": schema })
}

fn id_parameter() -> Value {
    json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } })
}

fn if_match(required: bool) -> Value {
    json!({
        "name": "If-Match", "in": "header", "required": required, "schema": { "type": "string" },
        "description": "The ETag that was read.",
    })
}
