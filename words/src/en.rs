//! English: assembles the parts. The words stand in `en/`.

mod account;
mod columns;
mod diagnosis;
mod errors;
mod pages;
mod report;
mod test;

use crate::{Paper, Words};

pub static PAPER: Paper = report::PAPER;

pub static EN: Words = Words {
    common: pages::COMMON,
    frame: pages::FRAME,
    report: report::REPORT,
    account: account::ACCOUNT,
    conflict: pages::CONFLICT,
    test: test::TEST,
    credential: pages::CREDENTIAL,
    connector: pages::CONNECTOR,
    user: pages::USER,
    token: pages::TOKEN,
    audit: pages::AUDIT,
    parameters: pages::PARAMETERS,
    password: pages::PASSWORD,
    people: pages::PEOPLE,
    texts: report::texts,
    column: columns::column,
    search: columns::search,
    code: columns::code,
    role: columns::role,
    field_error: errors::field_error,
    failure: errors::failure,
    hint: errors::hint,
    diagnosis: diagnosis::diagnosis,
    step: test::step,
    outcome: test::outcome,
};
