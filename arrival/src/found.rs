//! Findings, made briefly.

use crate::lookup::{Answer, Missing};
use domain::arrival::{Check, Finding, Record, Verdict};

/// A record is shown up to here; no honest one is longer.
const MAX_SHOWN: usize = 4096;

/// A finding without parameters, records and fix; these are added.
pub(crate) fn found(check: Check, verdict: Verdict, subject: &str, code: &str) -> Finding {
    Finding {
        check,
        verdict,
        subject: subject.to_owned(),
        code: code.to_owned(),
        params: Vec::new(),
        records: Vec::new(),
        fix: String::new(),
        publish: Vec::new(),
    }
}

/// Nobody knows, since nobody answered: `<check>_no_answer`.
pub(crate) fn no_answer(check: Check, subject: &str, asked: Record, why: Missing) -> Finding {
    let code = format!("{}_no_answer", check.code());
    found(check, Verdict::Unknown, subject, &code).param(&asked.name).param(why.code()).record(asked).fix("ask_again")
}

pub(crate) fn record(kind: &str, name: &str, value: &str) -> Record {
    let mut value: String = value.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect();
    if value.len() > MAX_SHOWN {
        value.truncate(value.floor_char_boundary(MAX_SHOWN));
        value.push('…');
    }
    Record { name: name.to_owned(), kind: kind.to_owned(), value }
}

/// An answer's texts as records, or an empty one.
pub(crate) fn records(kind: &str, name: &str, answer: &Answer<String>) -> Vec<Record> {
    match answer {
        Ok(values) => values.iter().map(|value| record(kind, name, value)).collect(),
        Err(_) => vec![record(kind, name, "")],
    }
}

pub(crate) trait With: Sized {
    fn param(self, param: impl ToString) -> Self;
    fn record(self, record: Record) -> Self;
    fn records(self, records: Vec<Record>) -> Self;
    fn fix(self, code: &str) -> Self;
}

impl With for Finding {
    fn param(mut self, param: impl ToString) -> Self {
        self.params.push(param.to_string());
        self
    }

    fn record(mut self, record: Record) -> Self {
        self.records.push(record);
        self
    }

    fn records(mut self, mut records: Vec<Record>) -> Self {
        self.records.append(&mut records);
        self
    }

    fn fix(mut self, code: &str) -> Self {
        code.clone_into(&mut self.fix);
        self
    }
}
