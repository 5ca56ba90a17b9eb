//! A filter in words: under a report without a match, on paper, in a schedule's window.

use crate::Words;
use domain::report::{FieldKind, Query, ReportName};

/// `Name “a”, Enabled “Yes”`: the fields in force, in their order; empty where there is none.
pub fn filter_in_words(words: &Words, report: ReportName, query: &Query) -> String {
    let spec = report.spec();
    let mut parts = Vec::new();
    for field in spec.fields {
        let Some(text) = query.filter.get(field.key).map(|text| text.trim()).filter(|text| !text.is_empty()) else {
            continue;
        };
        let choice = if let FieldKind::Choice(_) = field.kind { (words.code)(text) } else { None };
        parts.push((words.report.filter_part)((words.search)(report, field.key), choice.unwrap_or(text)));
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ENGLISH;

    #[test]
    fn fields_stand_in_their_order_and_codes_as_words() {
        let check = |report: ReportName, pairs: &[(&str, &str)], wanted: &str| {
            let query = Query::from_pairs(report, pairs.iter().copied());
            assert_eq!(filter_in_words(ENGLISH, report, &query), wanted);
        };
        check(ReportName::Accounts, &[], "");
        check(ReportName::Accounts, &[("sort", "-name"), ("page", "3"), ("unknown", "x"), ("name", "  ")], "");
        check(
            ReportName::Accounts,
            &[("sender", "one"), ("enabled", "yes"), ("name", "yes")],
            "Name “yes”, Enabled “Yes”, Sender e-mail “one”",
        );
        check(ReportName::Connectors, &[("kind", "http_connect")], "Kind “HTTP CONNECT”");
        check(ReportName::Audit, &[("since", "2026-11-01")], "From date “2026-11-01”");
    }
}
