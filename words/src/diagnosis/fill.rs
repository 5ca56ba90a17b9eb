//! Templates: `[, at {0}]` is said only where every value named in the brackets is known. Values are never read as templates.

use super::Happened;
use crate::number::digits;
use domain::{diagnosis::Diagnosis, session_test::Step};

/// More would bury the sentence.
const MAX_LISTED: usize = 6;

pub(super) fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, from_group)) = rest.split_once('[') {
        let (group, after) = from_group.split_once(']').unwrap_or((from_group, ""));
        text.push_str(before);
        text.push_str(&group_of(group, &value).unwrap_or_default());
        rest = after;
    }
    text.push_str(rest);
    text
}

fn group_of(group: &str, value: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut text = String::new();
    let mut rest = group;
    while let Some((before, from_name)) = rest.split_once('{') {
        let (name, after) = from_name.split_once('}')?;
        text.push_str(before);
        text.push_str(&value(name)?);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

/// What a diagnosis has to say for a name in a template: a param by its place, or by what it is where that hangs on the step.
pub(super) fn value(diagnosis: &Diagnosis, name: &str, written: &Happened) -> Option<String> {
    let at = |index: usize| diagnosis.params.get(index).map(|param| param.trim()).filter(|param| !param.is_empty());
    let observed = if diagnosis.cause.is_empty() { &diagnosis.code } else { &diagnosis.cause };
    let first =
        |cause: &str, step: Step| at(0).filter(|_| observed == cause || diagnosis.stage == step).map(str::to_owned);
    match name {
        "sender" => first("sender_refused", Step::Mail),
        "recipient" => first("recipient_refused", Step::Rcpt),
        "helo" => first("ehlo_refused", Step::Ehlo),
        "all" => listed(&diagnosis.params),
        _ => at(name.parse().ok()?).map(|param| shown(&diagnosis.code, param, written)),
    }
}

fn listed(params: &[String]) -> Option<String> {
    let known: Vec<&str> = params.iter().map(|param| param.trim()).filter(|param| !param.is_empty()).collect();
    let more = if known.len() > MAX_LISTED { ", …" } else { "" };
    let first: Vec<&str> = known.into_iter().take(MAX_LISTED).collect();
    (!first.is_empty()).then(|| format!("{}{more}", first.join(", ")))
}

fn shown(code: &str, param: &str, written: &Happened) -> String {
    match code {
        // `ssh`, `http`: names of protocols.
        "not_smtp" => param.to_uppercase(),
        "certificate_expired" | "certificate_not_yet_valid" => {
            moment(param).map_or_else(|| param.to_owned(), |moment| (written.moment)(&moment))
        }
        // Octets and seconds.
        "message_too_large" | "deadline" | "no_confirmation" | "token_timeout" => digits(param, written.number),
        _ => param.to_owned(),
    }
}

/// RFC 3339 in UTC, to the minute.
fn moment(text: &str) -> Option<String> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    Some(format!("{date} {} UTC", time.get(..5)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_without_values_are_left_out() {
        let check = |template: &str, expected: &str| {
            let value = |name: &str| match name {
                "0" => Some("[{1}]".to_owned()),
                _ => None,
            };
            assert_eq!(fill(template, value), expected, "{template}");
        };
        check("A.", "A.");
        check("A[ {0}].", "A [{1}].");
        check("A[ {1}].", "A.");
        check("A[ {0} of {1}]. B[ {0}].", "A. B [{1}].");
        check("A[ b].", "A b.");
        check("A[ {0", "A");
        check("", "");
    }

    #[test]
    fn values_are_what_the_step_makes_them() {
        let check = |code: &str, cause: &str, stage: Step, name: &str, expected: Option<&str>| {
            let params = vec!["a@b.c".to_owned()];
            let diagnosis = Diagnosis { cause: cause.to_owned(), ..Diagnosis::of_settings(code, stage, params) };
            assert_eq!(
                value(&diagnosis, name, &super::super::en::HAPPENED).as_deref(),
                expected,
                "{code} {cause} {name}"
            );
        };
        check("sender_not_owned", "sender_refused", Step::Mail, "sender", Some("a@b.c"));
        // Postfix checks the sender late: the address is the recipient's.
        check("sender_not_owned", "recipient_refused", Step::Rcpt, "sender", None);
        check("recipient_unknown", "recipient_refused", Step::Rcpt, "recipient", Some("a@b.c"));
        check("recipient_refused", "", Step::Data, "recipient", Some("a@b.c"));
        check("helo_not_fqdn", "recipient_refused", Step::Rcpt, "helo", None);
        check("internal", "", Step::Data, "0", Some("a@b.c"));
        check("internal", "", Step::Data, "1", None);
    }

    #[test]
    fn moments_and_lists_are_short() {
        assert_eq!(moment("2026-01-02T03:04:05.678Z").as_deref(), Some("2026-01-02 03:04 UTC"));
        for nonsense in ["", "Z", "TZ", "2026-01-02", "2026-01-02T1Z", "aTñññZ"] {
            assert_eq!(moment(nonsense), None, "{nonsense}");
        }
        let names: Vec<String> = (1..=7).map(|n| n.to_string()).collect();
        assert_eq!(listed(&names).as_deref(), Some("1, 2, 3, 4, 5, 6, …"));
        assert_eq!(listed(&names[..2]).as_deref(), Some("1, 2"));
        assert_eq!(listed(&[String::new()]), None);
    }
}
