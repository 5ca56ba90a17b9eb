//! Spanish: assembles the parts. The words stand in `es/`.
//!
//! Terms, decided once: account *cuenta*, sender *remitente*, return address *correo de retorno*, bounce *aviso de devolución*,
//! credential *credencial*, secret *secreto*, network connector *conector de red*, Outbox *Bandeja de salida*, message
//! *mensaje*, scheduled report *informe programado*, footer *pie*, health check *comprobación de estado*, audit log
//! *registro de auditoría*, to sign in and to log in to a server *iniciar sesión*, frame *marco*, fail-over account *cuenta
//! de relevo*. The reader is *usted*. Quotation marks are «these».

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

use crate::{Framed, Language, Later, Paper, Words, number, shape::Whole};

pub static PAPER: Paper = report::PAPER;

pub static ES: Words = Words {
    language: Language::Spanish,
    moment: number::day_first,
    whole: Some(Whole { later: &LATER, framed: &FRAMED }),
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

static FRAMED: Framed = embed::FRAMED;

static LATER: Later = Later {
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
    step: crate::diagnosis::es::stage,
    outcome: test::outcome,
};
