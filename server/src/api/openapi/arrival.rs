//! The document's part for "Will it arrive?".

use super::{
    id_parameter, responses,
    schemas::{input, reference},
};
use crate::api::fields::ARRIVAL;
use domain::arrival::{Check, Verdict};
use serde_json::{Map, Value, json};

pub fn add_path(paths: &mut Map<String, Value>) {
    let report = json!({
        "description": "What was found, within 20 seconds. What has no answer by then is `unknown`.",
        "content": { "application/json": { "schema": reference("ArrivalReport") } },
    });
    let body = json!({ "required": true, "content": { "application/json": { "schema": reference("ArrivalInput") } } });
    let operation = json!({
        "operationId": "checkArrival",
        "summary": "Look at an account's sender: MX, SPF, DKIM, DMARC, PTR, MTA-STS, TLS-RPT. Nothing is sent",
        "parameters": [id_parameter()],
        "requestBody": body,
        "responses": responses(&[("200", report)], &[400, 401, 403, 404, 413, 415, 422, 429]),
    });
    paths.insert("/api/v1/accounts/{id}/arrival".to_owned(), json!({ "post": operation }));
}

pub fn add_schemas(all: &mut Map<String, Value>) {
    all.insert("ArrivalInput".to_owned(), input(ARRIVAL.iter(), true));
    let text = |about: &str| json!({ "type": "string", "description": about });
    let texts = |about: &str| json!({ "type": "array", "items": { "type": "string" }, "description": about });
    let verdict = json!({ "enum": Verdict::ALL.map(Verdict::code) });
    let record = object(&json!({
        "name": text("Where it stands."),
        "kind": text("`TXT`, `MX`, `PTR`, `A`, `AAAA`, or `HTTPS` for a file."),
        "value": text("Empty where there is none."),
    }));
    let finding = object(&json!({
        "check": { "enum": Check::ALL.map(Check::code) },
        "verdict": verdict,
        "subject": text("The domain or address that it is about."),
        "code": text("What was found; docs/arrival.md has them all."),
        "params": texts("What it is about: an address, a number, a term."),
        "records": { "type": "array", "items": record, "description": "What it rests on." },
        "publish": { "type": "array", "items": record, "description": "What should stand there instead, where that can be told." },
        "fix": text("What to do about it; empty where nothing is to be done."),
    }));
    let basis = json!({
        "enum": ["typed", "host", "host_behind_connector", "none"],
        "description": "Where the sending addresses come from: given, or assumed to be those of the account's host.",
    });
    let report = object(&json!({
        "sender_domain": text("Of the From address."),
        "envelope_domain": text("Of the envelope sender."),
        "sending_addresses": texts("Those that were looked at."),
        "basis": basis,
        "verdict": verdict,
        "findings": { "type": "array", "items": finding },
        "ms": { "type": "integer" },
    }));
    all.insert("ArrivalReport".to_owned(), report);
}

/// All properties are always there.
fn object(properties: &Value) -> Value {
    let required: Vec<_> = properties.as_object().into_iter().flat_map(Map::keys).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}
