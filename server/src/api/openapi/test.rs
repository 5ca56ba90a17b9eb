//! The document's part for tests: the events of a running one, and what is kept of those that have ended.

use super::{id_parameter, responses, schemas::reference};
use domain::session_test::Step;
use serde_json::{Map, Value, json};

pub fn add_path(paths: &mut Map<String, Value>) {
    let history = json!({
        "description": "The latest first, 100 at most.",
        "content": { "application/json": { "schema": reference("TestHistory") } },
    });
    let operation = json!({
        "operationId": "listAccountTests",
        "summary": "An account's latest tests with their steps, and the certificate its server showed last",
        "parameters": [id_parameter()],
        "responses": responses(&[("200", history)], &[401, 404, 429]),
    });
    paths.insert("/api/v1/accounts/{id}/tests".to_owned(), json!({ "get": operation }));
}

pub fn add_schemas(all: &mut Map<String, Value>) {
    all.insert("TestEvent".to_owned(), test_event());
    all.insert("TestHistory".to_owned(), history());
}

fn texts() -> Value {
    json!({ "type": "array", "items": { "type": "string" } })
}

fn stage() -> Value {
    let mut stages: Vec<_> = Step::ALL.iter().map(|step| json!(step.code())).collect();
    stages.push(Value::Null);
    json!({ "enum": stages })
}

fn test_event() -> Value {
    let steps = Step::ALL.map(Step::code);
    let fact = json!({
        "type": "object",
        "properties": { "code": { "type": "string" }, "params": texts() },
        "required": ["code"],
        "additionalProperties": false,
    });
    let step = json!({
        "type": "object",
        "properties": {
            "step": { "enum": steps },
            "state": { "enum": ["running", "passed", "failed", "skipped"] },
            "ms": { "type": "integer" },
            "detail": { "type": "string" },
            "facts": { "type": "array", "items": fact, "description": "What was learnt, piece by piece." },
            "certificates": { "type": "array", "items": certificate(), "description": "What the server showed, its own first." },
        },
        "required": ["step", "state", "ms"],
        "additionalProperties": false,
    });
    let done = json!({
        "type": "object",
        "properties": {
            "step": { "const": "done" },
            "outcome": { "enum": ["delivered", "passed", "failed", "unknown", "cancelled"] },
            "ms": { "type": "integer" },
            "stage": stage(),
            "reply": { "type": "string" },
            "diagnosis": diagnosis(true),
        },
        "required": ["step", "outcome", "ms", "stage"],
        "additionalProperties": false,
    });
    let beat = json!({
        "type": "object",
        "properties": { "heartbeat": { "type": "integer" } },
        "required": ["heartbeat"],
        "additionalProperties": false,
    });
    let line = json!({
        "type": "object",
        "description": "A line of the transcript, secrets masked; of the message its octets alone.",
        "properties": {
            "line": { "enum": ["client", "server", "message"] },
            "during": { "enum": steps },
            "ms": { "type": "integer", "description": "Since the test began." },
            "text": { "type": "string" },
        },
        "required": ["line", "during", "ms", "text"],
        "additionalProperties": false,
    });
    json!({ "oneOf": [step, done, line, beat] })
}

fn history() -> Value {
    let step = json!({
        "type": "object",
        "properties": {
            "step": { "enum": Step::ALL.map(Step::code) },
            "state": { "enum": ["passed", "failed", "skipped"] },
            "ms": { "type": "integer" },
        },
        "required": ["step", "state", "ms"],
        "additionalProperties": false,
    });
    let test = json!({
        "type": "object",
        "properties": {
            "id": { "type": "integer" },
            "at": { "type": "string", "format": "date-time" },
            "actor": { "type": "string", "description": "Who asked." },
            "mode": { "enum": ["send", "check"] },
            "outcome": { "enum": ["delivered", "passed", "failed", "unknown", "cancelled"] },
            "duration_ms": { "type": "integer" },
            "stage": stage(),
            "reply": { "type": "string", "description": "The server's own words, or the local error's code." },
            "steps": { "type": "array", "items": step },
            "diagnosis": { "oneOf": [diagnosis(false), { "type": "null" }] },
        },
        "required": ["id", "at", "actor", "mode", "outcome", "duration_ms", "stage", "reply", "steps", "diagnosis"],
        "additionalProperties": false,
    });
    let certificate = json!({
        "type": ["object", "null"],
        "description": "What the server showed last.",
        "properties": {
            "subject": { "type": "string" },
            "fingerprint": { "type": "string" },
            "not_after": { "type": "string", "format": "date-time" },
            "seen_at": { "type": "string", "format": "date-time" },
        },
        "required": ["subject", "fingerprint", "not_after", "seen_at"],
        "additionalProperties": false,
    });
    json!({
        "type": "object",
        "properties": { "items": { "type": "array", "items": test }, "certificate": certificate },
        "required": ["items", "certificate"],
        "additionalProperties": false,
    })
}

/// `explained`: in the language that was asked for, too.
fn diagnosis(explained: bool) -> Value {
    let steps = Step::ALL.map(Step::code);
    let mut required = vec!["code", "cause", "stage", "class"];
    required.extend(explained.then_some("explanation"));
    let proposal = json!({
        "type": "object",
        "description": "Settings of the account that would be changed; what it leaves out stays.",
        "properties": {
            "host": { "type": "string" },
            "port": { "type": "integer" },
            "security": { "enum": ["none", "start_tls", "implicit_tls"] },
            "authentication": { "type": "boolean" },
            "trusted_ca": { "type": "string", "description": "PEM of an authority to trust." },
            "pinned_certificate": { "type": "string", "description": "The fingerprint of the one certificate to accept." },
        },
        "additionalProperties": false,
    });
    let remedy = json!({
        "type": "object",
        "properties": {
            "code": { "type": "string" },
            "proposal": proposal,
            "certificate": certificate(),
        },
        "required": ["code", "proposal"],
        "additionalProperties": false,
    });
    let explanation = json!({
        "type": "object",
        "description": "The diagnosis in the language that Accept-Language asks for: English, Portuguese or Spanish.",
        "properties": {
            "language": { "type": "string" },
            "happened": { "type": "string" },
            "why": texts(),
            "advice": texts(),
        },
        "required": ["language", "happened", "why", "advice"],
        "additionalProperties": false,
    });
    json!({
        "type": "object",
        "properties": {
            "code": { "type": "string", "description": "What it most likely means." },
            "cause": { "type": "string", "description": "What was observed." },
            "stage": { "enum": steps },
            "class": { "enum": ["temporary", "permanent", "settings"] },
            "reply": { "type": "string" },
            "enhanced": { "type": "string", "description": "The enhanced status code in the reply (RFC 3463)." },
            "params": texts(),
            "remedies": { "type": "array", "items": remedy, "description": "Settings that would help, the likeliest first." },
            "explanation": explanation,
        },
        "required": required,
        "additionalProperties": false,
    })
}

fn certificate() -> Value {
    json!({
        "type": "object",
        "properties": {
            "subject": { "type": "string" },
            "issuer": { "type": "string" },
            "names": texts(),
            "not_before": { "type": "string", "format": "date-time" },
            "not_after": { "type": "string", "format": "date-time" },
            "key": { "type": "string" },
            "fingerprint": { "type": "string", "description": "SHA-256 of the certificate." },
            "self_signed": { "type": "boolean" },
            "pem": { "type": "string", "description": "Of a certificate authority's." },
        },
        "required": ["subject", "issuer", "names", "not_before", "not_after", "key", "fingerprint", "self_signed"],
        "additionalProperties": false,
    })
}
