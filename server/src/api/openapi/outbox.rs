//! The document's part for messages: handing over, the Outbox, how accounts send.

use super::{
    id_parameter, list_operation, query, responses,
    schemas::{input, output, page, reference},
};
use crate::api::fields::{ATTACHMENT, NOTIFICATION, SENDING};
use domain::{
    message::{AttemptOutcome, MessageStatus},
    notification::Priority,
    report::ReportName,
    session_test::Step,
};
use serde_json::{Map, Value, json};

pub fn add_paths(paths: &mut Map<String, Value>) {
    let mut add = |path: &str, item: Value| drop(paths.insert(format!("/api/v1{path}"), item));
    let mut key = query(
        "Idempotency-Key",
        "1 to 255 visible ASCII characters. For a week the same key with the same body is the same message, however \
         often it is sent; with another body it is refused (409). Keys of different tokens have nothing to do with each other.",
        json!({ "type": "string" }),
    );
    key["in"] = json!("header");
    add(
        "/notifications",
        json!({ "post": {
            "operationId": "submitNotification", "summary": "Hand over a message to be sent", "parameters": [key],
            "requestBody": body("NotificationInput"),
            "responses": responses(
                &[("202", accepted("It is on the disk, and will be sent."))],
                &[400, 401, 403, 409, 413, 415, 422, 429, 507],
            ),
        } }),
    );
    add("/messages", json!({ "get": list_operation(ReportName::Outbox.spec(), "message", "Message") }));
    add(
        "/messages/{id}",
        json!({
            "parameters": [id_parameter()],
            "get": {
                "operationId": "getMessage", "summary": "Read a message, with what became of each try",
                "responses": responses(&[("200", json_answer("As it is.", "Message"))], &[401, 404, 429]),
            },
        }),
    );
    let mut resend =
        action("resendMessage", "Make a new message like one that was sent, given up or cancelled", &[409, 507]);
    resend["post"]["responses"]["201"] = accepted("The new message is on the disk, and will be sent.");
    if let Some(answers) = resend["post"]["responses"].as_object_mut() {
        answers.remove("204");
    }
    add("/messages/{id}/resend", resend);
    for (verb, summary) in [
        ("cancel", "Send a message no more: one that waits or is paused"),
        ("pause", "Let a message that waits wait until it is resumed"),
        ("resume", "Let a paused message go on, at once"),
    ] {
        add(&format!("/messages/{{id}}/{verb}"), action(&format!("{verb}Message"), summary, &[409]));
    }
    let mut send = action("sendSchedule", "Send a scheduled report now; its next time stays", &[409, 507]);
    send["post"]["responses"]["202"] = accepted("The report is on the disk as a message, and will be sent.");
    if let Some(answers) = send["post"]["responses"].as_object_mut() {
        answers.remove("204");
    }
    add("/schedules/{id}/send", send);
    let sending = |about: &str| json_answer(about, "Sending");
    add(
        "/accounts/{id}/sending",
        json!({
            "parameters": [id_parameter()],
            "get": {
                "operationId": "getSending", "summary": "How an account sends, and what is wrong with it",
                "responses": responses(&[("200", sending("As it is."))], &[401, 404, 429]),
            },
            "put": {
                "operationId": "replaceSending", "summary": "Set an account's limits: what is left out takes its default",
                "requestBody": body("SendingInput"),
                "responses":
                    responses(&[("200", sending("As it is now."))], &[400, 401, 403, 404, 413, 415, 422, 429]),
            },
        }),
    );
    for (verb, summary) in [
        ("pause", "Let all messages of an account wait; what is under way is finished"),
        ("resume", "Let an account that is paused, or halted for a failure, send again"),
    ] {
        add(&format!("/accounts/{{id}}/sending/{verb}"), action(&format!("{verb}Sending"), summary, &[]));
    }
}

fn body(schema: &str) -> Value {
    json!({ "required": true, "content": { "application/json": { "schema": reference(schema) } } })
}

fn json_answer(description: &str, schema: &str) -> Value {
    json!({ "description": description, "content": { "application/json": { "schema": reference(schema) } } })
}

fn accepted(description: &str) -> Value {
    let mut answer = json_answer(description, "Accepted");
    answer["headers"] = json!({
        "Location": { "description": "Where the message is.", "schema": { "type": "string" } },
    });
    answer
}

/// Something to be done, without a body in either direction.
fn action(id: &str, summary: &str, refused: &[u16]) -> Value {
    let refused: Vec<_> = [401, 403, 404, 429].into_iter().chain(refused.iter().copied()).collect();
    json!({
        "parameters": [id_parameter()],
        "post": {
            "operationId": id, "summary": summary,
            "responses": responses(&[("204", json!({ "description": "Done." }))], &refused),
        },
    })
}

pub fn add_schemas(all: &mut Map<String, Value>) {
    let mut add = |name: &str, schema: Value| drop(all.insert(name.to_owned(), schema));
    add("NotificationInput", input(NOTIFICATION.iter(), true));
    let texts: Map<_, _> = ATTACHMENT.iter().map(|name| ((*name).to_owned(), json!({ "type": "string" }))).collect();
    let mut file = json!({ "type": "object", "properties": texts, "required": ["name", "content"], "additionalProperties": false });
    file["properties"]["media_type"]["default"] = json!("application/octet-stream");
    file["properties"]["content"]["description"] = json!("Base64 (RFC 4648 section 4).");
    add("AttachmentInput", file);
    add("Accepted", whole(&[("id", integer("The message's.")), ("status", json!({ "const": "waiting" }))]));
    add("Reason", reason());
    add("Attempt", attempt());
    add("Message", message());
    add("MessageSummary", summary());
    add("MessageList", page("MessageSummary"));
    add("SendingInput", input(SENDING.iter(), true));
    let mut sending = vec![("account_id", integer("The account's."))];
    sending.extend(SENDING.iter().map(|field| (field.name, output(field))));
    sending.extend([
        ("paused", json!({ "type": "boolean", "description": "By somebody, until resumed." })),
        ("reason", reason_or_null("What is wrong with it.")),
        ("halted_at", time_or_null("Since then nothing is sent, until it is repaired or resumed.")),
        ("failures", integer("Connections that failed one after another.")),
        ("retry_at", time_or_null("After such failures: when the next one is tried.")),
    ]);
    add("Sending", whole(&sending));
}

/// An object with exactly these.
fn whole(fields: &[(&str, Value)]) -> Value {
    let properties: Map<_, _> = fields.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    let required: Vec<_> = fields.iter().map(|(name, _)| name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// What a message and its line in a list have in common.
fn common() -> Vec<(&'static str, Value)> {
    vec![
        ("id", integer("Never used again.")),
        ("status", json!({ "enum": MessageStatus::CODES })),
        ("kind", json!({ "enum": ["notification", "schedule", "health"] })),
        ("priority", json!({ "enum": Priority::ALL.map(Priority::code) })),
        ("subject", text("")),
        ("from", text("")),
        ("account", text("The account's name, as it was.")),
        ("created_at", time("When it was handed over.")),
        ("created_by", text("The token's or the user's name.")),
        ("due", time_or_null("While it waits: when it is tried next.")),
        ("mta", text("The server's reply that took it.")),
        (
            "possible_duplicate",
            json!({
                "type": "boolean", "description": "A try ended without anybody knowing whether it was delivered, and another was made.",
            }),
        ),
        ("opened_at", time_or_null("When somebody first opened it in the Outbox. Reading it here is no opening.")),
    ]
}

fn summary() -> Value {
    let mut fields = common();
    let why = json!({
        "type": ["object", "null"], "description": "Why it waits or was given up.",
        "properties": { "code": text("For programs to branch on."), "params": texts() },
        "required": ["code", "params"], "additionalProperties": false,
    });
    fields.extend([("to", text("All recipients.")), ("reason", why)]);
    whole(&fields)
}

fn message() -> Value {
    let recipient = whole(&[
        ("address", text("")),
        ("status", json!({ "enum": ["waiting", "sent", "error"] })),
        ("reply", text("The server's own words, where they differ from one recipient to another.")),
    ]);
    let file = whole(&[("name", text("")), ("media_type", text("")), ("octets", integer("Of its content."))]);
    let mut fields = common();
    fields.extend([
        ("recipients", json!({ "type": "array", "items": recipient })),
        ("account_id", json!({ "type": ["integer", "null"], "description": "Null once the account is deleted." })),
        ("expires_at", time("Then it is given up.")),
        ("message_id", text("The header Message-ID, without angle brackets: the same in every try.")),
        ("reason", reason_or_null("Why it waits or was given up.")),
        ("resent_from", json!({ "type": ["integer", "null"], "description": "The message it was made from." })),
        ("text", text("")),
        ("html", text("")),
        ("attachments", json!({ "type": "array", "items": file })),
        ("attempt_count", integer("Tries so far.")),
        ("attempts", json!({ "type": "array", "items": reference("Attempt"), "description": "At most 200." })),
    ]);
    whole(&fields)
}

fn attempt() -> Value {
    let mut outcomes: Vec<_> = AttemptOutcome::ALL.iter().map(|outcome| json!(outcome.code())).collect();
    outcomes.push(Value::Null);
    let step = whole(&[("step", json!({ "enum": Step::ALL.map(Step::code) })), ("ms", integer("How long it took."))]);
    whole(&[
        ("at", time("When it ended.")),
        ("number", integer("From 1.")),
        ("account", text("The account's name, as it was.")),
        (
            "outcome",
            json!({
                "enum": outcomes,
                "description": "Null: the final dot was about to go out; how it ended is in another line, or nobody knows.",
            }),
        ),
        ("stage", json!({ "type": ["string", "null"], "description": "The step it ended in." })),
        ("reason", reason_or_null("Why it ended so.")),
        ("ms", integer("How long it took.")),
        ("stages", json!({ "type": "array", "items": step })),
    ])
}

fn reason() -> Value {
    whole(&[
        ("code", text("For programs to branch on: `auth_refused`, `expired`, …")),
        ("params", texts()),
        ("reply", text("The server's own words, where it said any.")),
    ])
}

fn reason_or_null(about: &str) -> Value {
    json!({ "oneOf": [reference("Reason"), { "type": "null" }], "description": about })
}

fn text(about: &str) -> Value {
    json!({ "type": "string", "description": about })
}

fn texts() -> Value {
    json!({ "type": "array", "items": { "type": "string" } })
}

fn integer(about: &str) -> Value {
    json!({ "type": "integer", "description": about })
}

fn time(about: &str) -> Value {
    json!({ "type": "string", "format": "date-time", "description": about })
}

fn time_or_null(about: &str) -> Value {
    json!({ "type": ["string", "null"], "format": "date-time", "description": about })
}
