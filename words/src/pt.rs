//! Portuguese of Brazil: assembles the parts. The words stand in `pt/`.
//!
//! Terms, decided once: account *conta*, sender *remetente*, return address *e-mail de retorno*, bounce *aviso de devolução*,
//! credential *credencial*, secret *segredo*, network connector *conector de rede*, Outbox *Caixa de saída*, message
//! *mensagem*, scheduled report *relatório agendado*, footer *rodapé*, health check *verificação de saúde*, audit log
//! *registro de auditoria*, to sign in *entrar*, to log in to a server *fazer login*, frame *quadro*, fail-over account
//! *conta substituta*. The fields of the settings window are the product's own. Zero counts as one, as CLDR has it.

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

pub static PT: Words = Words {
    language: Language::Portuguese,
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
    step: crate::diagnosis::pt::stage,
    outcome: test::outcome,
};
