//! As much of JSON Schema 2020-12 as the document uses, and not a keyword more: one it does not know fails the test.
//!
//! Written out rather than taken from a library, whose features would make cargo build the server twice.

use crate::harness::Server;
use serde_json::Value;
use std::{collections::BTreeSet, sync::Mutex};

/// The document as the server gives it, and which of its answers have been seen.
pub struct Document {
    pub whole: Value,
    pub seen: Mutex<BTreeSet<String>>,
}

impl Document {
    pub async fn of(server: &Server) -> Self {
        let response = server.anonymous().get("/api/v1/openapi.json").await;
        assert_eq!(response.status(), 200, "for everybody");
        let whole = serde_json::from_str(&response.text().await.expect("a body")).expect("json");
        Self { whole, seen: Mutex::default() }
    }

    /// Holds an answer against the document. Paths and methods that it does not have must be refused.
    pub fn check(&self, method: &str, path: &str, status: u16, media: &str, body: &str) {
        let what = format!("{method} {path}: {status} {media} {body}");
        let method = method.to_lowercase();
        let Some((template, item)) = self.item(path.split('?').next().unwrap_or_default()) else {
            assert_eq!((status, media), (404, "application/problem+json"), "{what}");
            return self.problem(body, &what);
        };
        let Some(operation) = item.get(&method) else {
            assert_eq!((status, media), (405, "application/problem+json"), "{what}");
            return self.problem(body, &what);
        };
        let described = self.resolved(&operation["responses"][status.to_string()]);
        assert!(!described.is_null(), "not documented: {what}");
        self.seen.lock().expect("unbroken").insert(format!("{method} {template} {status}"));
        let Some(content) = described.get("content") else {
            return assert!(body.is_empty(), "{what}");
        };
        let schema = &content[media]["schema"];
        assert!(!schema.is_null(), "another media type: {what}");
        let lines = if media == "application/x-ndjson" { body.lines().collect() } else { vec![body] };
        for line in lines {
            let value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {what}"));
            self.valid(schema, &value, "").unwrap_or_else(|wrong| panic!("{wrong}: {what}"));
        }
    }

    fn problem(&self, body: &str, what: &str) {
        let schema = &self.whole["components"]["schemas"]["Problem"];
        self.valid(schema, &serde_json::from_str(body).expect("json"), "").unwrap_or_else(|e| panic!("{e}: {what}"));
    }

    /// The path's item, literal parts before placeholders.
    fn item(&self, path: &str) -> Option<(&String, &Value)> {
        let fits = |template: &str| {
            let (ours, theirs): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
            ours.len() == theirs.len()
                && ours.iter().zip(theirs).all(|(ours, theirs)| ours.starts_with('{') || *ours == theirs)
        };
        self.whole["paths"]
            .as_object()?
            .iter()
            .filter(|(template, _)| fits(template))
            .min_by_key(|(t, _)| t.matches('{').count())
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(place) => {
                let found = self.whole.pointer(place.strip_prefix('#').expect("within the document"));
                self.resolved(found.unwrap_or_else(|| panic!("{place} leads nowhere")))
            }
            None => value,
        }
    }

    /// Why a value does not fit, and where.
    pub fn valid(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let schema = self.resolved(schema).as_object().ok_or("no schema")?;
        let fail = |why: &str| Err(format!("{at}: {why}"));
        for (keyword, wanted) in schema {
            match keyword.as_str() {
                "type" => {
                    let names = wanted.as_array().cloned().unwrap_or_else(|| vec![wanted.clone()]);
                    if !names.iter().any(|name| is_a(value, name.as_str().expect("a name"))) {
                        return fail(&format!("{value} is not {wanted}"));
                    }
                }
                "enum" if !wanted.as_array().expect("a list").contains(value) => return fail("not one of them"),
                "const" if wanted != value => return fail("not that"),
                "minimum" if value.as_i64().is_some_and(|number| Some(number) < wanted.as_i64()) => {
                    return fail("too small");
                }
                "maximum" if value.as_i64().is_some_and(|number| Some(number) > wanted.as_i64()) => {
                    return fail("too large");
                }
                "pattern" => {
                    assert_eq!(wanted, "^urn:postroom:problem:[a-z0-9_]+$", "a pattern this does not know");
                    let kind = value.as_str().and_then(|text| text.strip_prefix("urn:postroom:problem:"));
                    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                    if !kind.is_some_and(|kind| !kind.is_empty() && kind.chars().all(fits)) {
                        return fail("another pattern");
                    }
                }
                "format" if value.is_string() => {
                    assert_eq!(wanted, "date-time", "a format this does not know");
                    let shape = |c: char| if c.is_ascii_digit() { '0' } else { c };
                    if value.as_str().map(|t| t.chars().map(shape).collect()) != Some("0000-00-00T00:00:00Z".to_owned())
                    {
                        return fail("no RFC 3339 time");
                    }
                }
                "required" => {
                    for name in wanted.as_array().expect("a list").iter().filter_map(Value::as_str) {
                        if value.is_object() && value.get(name).is_none() {
                            return fail(&format!("{name} is missing"));
                        }
                    }
                }
                "properties" => {
                    for (name, inner) in value.as_object().into_iter().flatten() {
                        if let Some(schema) = wanted.get(name) {
                            self.valid(schema, inner, &format!("{at}/{name}"))?;
                        }
                    }
                }
                "additionalProperties" => {
                    let known = |name: &String| schema.get("properties").is_some_and(|known| known.get(name).is_some());
                    for (name, inner) in value.as_object().into_iter().flatten().filter(|(name, _)| !known(name)) {
                        if wanted == false {
                            return fail(&format!("{name} is not in the schema"));
                        }
                        self.valid(wanted, inner, &format!("{at}/{name}"))?;
                    }
                }
                "items" => {
                    for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
                        self.valid(wanted, inner, &format!("{at}/{index}"))?;
                    }
                }
                "oneOf" => {
                    let fits = |one: &&Value| self.valid(one, value, at).is_ok();
                    if wanted.as_array().expect("a list").iter().filter(fits).count() != 1 {
                        return fail(&format!("{value} fits none, or several"));
                    }
                }
                "enum" | "const" | "format" | "minimum" | "maximum" | "description" | "default" | "readOnly"
                | "writeOnly" => {}
                other => panic!("a keyword this does not know: {other}"),
            }
        }
        Ok(())
    }
}

fn is_a(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        other => panic!("a type this does not know: {other}"),
    }
}
