//! What goes in and comes out, as JSON schemas. Inputs are made from the tables that bodies are checked by.

use super::test;
use crate::api::fields::{ACCOUNT, ACCOUNT_OF_TEST, CONNECTOR, CREDENTIAL, Field, Kind, SCHEDULE, TEST};
use serde_json::{Map, Value, json};

pub fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

pub fn all() -> Map<String, Value> {
    let mut all = Map::new();
    let version = ("version", integer("Counts up with each change; the ETag says the same."));
    let used_by =
        ("used_by", json!({ "type": "array", "items": { "type": "string" }, "description": "Names of what uses it." }));
    add(&mut all, "Account", ACCOUNT, &[version.clone(), ("last_test", last_test())]);
    let credential = [
        version.clone(),
        ("secret_set_at", time("When the secret was last written.")),
        used_by.clone(),
        (
            "destinations",
            json!({ "type": "array", "items": { "type": "string" }, "description": "Where its secret may be sent." }),
        ),
        ("unbound", json!({ "type": "boolean", "description": "The first place to use the secret binds it." })),
    ];
    add(&mut all, "Credential", CREDENTIAL, &credential);
    add(&mut all, "Connector", CONNECTOR, &[version.clone(), used_by]);
    let mut next_run = time("When it runs next; null where it is disabled or over.");
    next_run["type"] = json!(["string", "null"]);
    add(&mut all, "Schedule", SCHEDULE, &[version, ("last_run", last_run()), ("next_run", next_run)]);
    all.insert("TestInput".to_owned(), input(TEST.iter(), true));
    let unsaved = ACCOUNT.iter().chain(TEST).chain(&[ACCOUNT_OF_TEST]);
    all.insert("UnsavedTestInput".to_owned(), input(unsaved, true));
    test::add_schemas(&mut all);
    all.insert("Problem".to_owned(), problem());
    all
}

/// A resource: what is read, what is written, what is patched, and a page of it.
fn add(all: &mut Map<String, Value>, name: &str, fields: &[Field], set_by_server: &[(&str, Value)]) {
    let mut shown = Map::new();
    shown.insert("id".to_owned(), integer("Never used again."));
    shown.extend(fields.iter().filter(|field| !field.is_secret()).map(|field| (field.name.to_owned(), output(field))));
    shown.extend(set_by_server.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())));
    let required: Vec<_> = shown.keys().cloned().collect();
    let whole = json!({
        "type": "object", "properties": shown, "required": required, "additionalProperties": false,
    });
    all.insert(name.to_owned(), whole);
    all.insert(format!("{name}Input"), input(fields.iter(), true));
    all.insert(format!("{name}Patch"), input(fields.iter(), false));
    all.insert(format!("{name}List"), page(name));
}

/// A page of a list.
pub fn page(item: &str) -> Value {
    json!({
        "type": "object",
        "properties": {
            "items": { "type": "array", "items": reference(item) },
            "next_after": { "type": ["integer", "null"], "description": "Where the next page begins; null at the end." },
        },
        "required": ["items", "next_after"],
        "additionalProperties": false,
    })
}

/// What is written.
pub fn input<'a>(fields: impl Iterator<Item = &'a Field> + Clone, whole: bool) -> Value {
    let properties: Map<_, _> = fields.clone().map(|field| (field.name.to_owned(), taken(field, whole))).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if whole {
        let required: Vec<_> = fields.filter(|field| field.required).map(|field| field.name).collect();
        schema["required"] = json!(required);
    }
    schema
}

/// As it is taken. Null is "not there" wherever not being there is allowed.
fn taken(field: &Field, whole: bool) -> Value {
    let mut schema = typed(field, !(whole && field.required));
    if let Some(default) = field.default.and_then(|default| serde_json::from_str::<Value>(default).ok()) {
        schema["default"] = default;
    }
    if field.is_secret() {
        schema["writeOnly"] = json!(true);
    }
    schema
}

/// As it is shown.
pub fn output(field: &Field) -> Value {
    typed(field, matches!(field.kind, Kind::Id | Kind::Port))
}

fn typed(field: &Field, or_null: bool) -> Value {
    let mut schema = match field.kind {
        Kind::Text | Kind::Secret => json!({ "type": "string" }),
        Kind::YesNo => json!({ "type": "boolean" }),
        Kind::Port => json!({ "type": "integer", "minimum": 1, "maximum": 65535 }),
        Kind::Id => json!({ "type": "integer" }),
        Kind::Choice(codes) => json!({ "type": "string", "enum": codes }),
        Kind::Count => json!({ "type": "integer", "minimum": 0 }),
        Kind::Addresses => json!({ "type": ["string", "array"], "items": { "type": "string" } }),
        Kind::Account => json!({ "type": ["integer", "string"] }),
        Kind::Filter => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Kind::Choices(codes) => json!({ "type": "array", "items": { "type": "string", "enum": codes } }),
        Kind::Attachments => json!({ "type": "array", "items": reference("AttachmentInput") }),
    };
    if or_null {
        let mut types = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
        types.push("null".into());
        schema["type"] = types.into();
        if let Some(codes) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            codes.push(Value::Null);
        }
    }
    schema["description"] = json!(field.about);
    schema
}

fn integer(about: &str) -> Value {
    json!({ "type": "integer", "readOnly": true, "description": about })
}

fn time(about: &str) -> Value {
    json!({ "type": "string", "format": "date-time", "readOnly": true, "description": about })
}

fn last_test() -> Value {
    let properties = json!({
        "passed": { "type": "boolean" },
        "at": { "type": "string", "format": "date-time" },
        "duration_ms": { "type": "integer" },
        "stage": { "type": "string", "description": "The step it reached." },
        "reply": { "type": "string", "description": "The server's own words, or the local error's code." },
    });
    json!({
        "type": ["object", "null"], "readOnly": true, "description": "How the latest test ended.",
        "properties": properties, "additionalProperties": false,
        "required": ["passed", "at", "duration_ms", "stage", "reply"],
    })
}

fn last_run() -> Value {
    let properties = json!({
        "due": { "type": ["string", "null"], "format": "date-time", "description": "Null where somebody sent it by hand." },
        "at": { "type": "string", "format": "date-time" },
        "missed": { "type": "integer", "description": "Earlier times that passed while nothing ran, for which it stands too." },
        "message_id": { "type": ["integer", "null"], "description": "The message it became." },
        "result": { "type": "string", "description": "That message's status, or the code why there is none." },
    });
    json!({
        "type": ["object", "null"], "readOnly": true, "description": "What became of the latest time.",
        "properties": properties, "additionalProperties": false,
        "required": ["due", "at", "missed", "message_id", "result"],
    })
}

fn problem() -> Value {
    let error = json!({
        "type": "object",
        "properties": {
            "field": { "type": "string", "description": "Empty for the body as a whole." },
            "code": { "type": "string" },
            "detail": { "type": "string" },
            "params": { "type": "array", "items": { "type": "string" } },
        },
        "required": ["field", "code", "detail"],
        "additionalProperties": false,
    });
    json!({
        "type": "object",
        "properties": {
            "type": { "type": "string", "pattern": "^urn:postroom:problem:[a-z0-9_]+$", "description": "What kind; for programs to branch on." },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "params": { "type": "array", "items": { "type": "string" }, "description": "What it is about, such as the names of what uses it." },
            "errors": { "type": "array", "items": error },
            "failure": { "type": ["object", "string"], "description": "The same for the pages of Postroom itself." },
        },
        "required": ["type", "title", "status", "detail"],
        "additionalProperties": false,
    })
}
