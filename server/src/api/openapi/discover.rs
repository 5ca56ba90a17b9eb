//! Finding settings, in the document.

use super::{reference, responses, schemas::input};
use crate::api::fields::DISCOVER;
use domain::discovery::Source;
use serde_json::{Map, Value, json};

pub fn add_paths(paths: &mut Map<String, Value>) {
    let told = json!({
        "description": "What the domain proposes, the best first; nothing is stored.",
        "content": { "application/json": { "schema": reference("Discovery") } },
    });
    let item = json!({ "post": {
        "operationId": "discoverSettings",
        "summary": "Ask an address' domain for its mail server",
        "requestBody": { "required": true, "content": { "application/json": { "schema": reference("DiscoveryInput") } } },
        "responses": responses(&[("200", told)], &[400, 401, 403, 413, 415, 422, 429]),
    } });
    paths.insert("/api/v1/discover".to_owned(), item);
}

pub fn add_schemas(all: &mut Map<String, Value>) {
    let source = json!({
        "type": "string", "enum": Source::ALL.map(Source::code),
        "description": "SRV of _submissions or _submission, the domain's autoconfig file, or what is known of its provider.",
    });
    let found = json!({
        "source": source,
        "host": { "type": "string" },
        "port": { "type": "integer", "minimum": 1, "maximum": 65535 },
        "secure": { "type": "boolean" },
        "security_type": { "type": "string", "enum": ["tls", "ssl"] },
        "authentication": { "type": ["boolean", "null"], "description": "Null where it depends." },
        "user_name": { "type": ["string", "null"], "description": "What to log in as, where it is known." },
        "outside": {
            "type": "boolean",
            "description": "The host lies outside the address' domain: a person has to look at it first (RFC 6186 section 6).",
        },
    });
    let silent = json!({
        "source": source,
        "code": {
            "type": "string", "enum": ["name_server", "web_server", "forbidden"],
            "description": "Who did not answer in time; or the operator's settings do not allow to ask.",
        },
    });
    all.insert("DiscoveryInput".to_owned(), input(DISCOVER.iter(), true));
    all.insert("Found".to_owned(), whole(&found));
    let told = json!({
        "found": { "type": "array", "items": reference("Found") },
        "silent": { "type": "array", "items": whole(&silent) },
    });
    all.insert("Discovery".to_owned(), whole(&told));
}

/// An object with exactly these.
fn whole(properties: &Value) -> Value {
    let required: Vec<_> = properties.as_object().map(|all| all.keys().collect()).unwrap_or_default();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}
