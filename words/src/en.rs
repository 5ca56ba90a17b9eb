//! English: assembles the parts. The words stand in `en/`.

mod account;
mod arrival;
mod bulk;
mod columns;
mod comforts;
mod diagnosis;
mod discover;
mod embed;
mod errors;
mod health;
mod outbox;
mod pages;
mod preset;
mod report;
mod schedule;
mod sending;
mod test;

use crate::{Framed, Language, Later, Paper, Words};

pub static PAPER: Paper = report::PAPER;

pub static EN: Words = Words {
    language: Language::English,
    moment: str::to_owned,
    whole: None,
    common: pages::COMMON,
    frame: pages::FRAME,
    report: report::REPORT,
    row: account::ROW,
    people: pages::PEOPLE,
    texts: report::texts,
    column: columns::column,
    search: columns::search,
    code: columns::code,
    role: columns::role,
    field_error: errors::field_error,
    failure: errors::failure,
};

pub static FRAMED: Framed = embed::FRAMED;

pub static LATER: Later = Later {
    comforts: comforts::COMFORTS,
    account: account::ACCOUNT,
    preset: preset::PRESET,
    discover: discover::DISCOVER,
    conflict: pages::CONFLICT,
    keys: pages::KEYS,
    test: test::TEST,
    arrival: arrival::ARRIVAL,
    outbox: outbox::OUTBOX,
    bulk: bulk::BULK,
    schedule: schedule::SCHEDULE,
    history: test::HISTORY,
    incident: sending::INCIDENT,
    sending: sending::SENDING,
    credential: pages::CREDENTIAL,
    connector: pages::CONNECTOR,
    user: pages::USER,
    token: pages::TOKEN,
    audit: pages::AUDIT,
    parameters: pages::PARAMETERS,
    password: pages::PASSWORD,
    embedding: embed::EMBEDDING,
    hint: errors::hint,
    diagnosis: diagnosis::diagnosis,
    reason: outbox::reason,
    step: crate::diagnosis::en::stage,
    outcome: test::outcome,
};
