//! What is asked of a list: a filter with the report's own search fields, and where to go on.

use crate::problem::Problem;
use domain::{
    Failure, FieldError, FieldErrors,
    report::{FieldKind, Query, ReportName},
};

pub const LIMIT_DEFAULT: u32 = 50;
pub const LIMIT_MAX: u32 = 200;

#[derive(Debug, PartialEq, Eq)]
pub struct Asked {
    pub filter: Query,
    /// Only what has a greater id.
    pub after: i64,
    pub limit: u32,
    /// All of it again but for `after`, for the link to what follows.
    pub rest: String,
}

/// All that is wrong with the parameters, or what they ask for.
pub fn asked(report: ReportName, pairs: &[(String, String)]) -> Result<Asked, Problem> {
    let spec = report.spec();
    let mut errors = FieldErrors::default();
    let (mut after, mut limit) = (0, LIMIT_DEFAULT);
    let mut filter = Vec::new();
    for (name, value) in pairs {
        match (name.as_str(), spec.field(name)) {
            ("limit", _) => match value.parse() {
                Ok(number @ 1..=LIMIT_MAX) => limit = number,
                _ => errors.0.push(FieldError::new("limit", "range").with(1).with(LIMIT_MAX)),
            },
            ("after", _) => match value.parse() {
                Ok(id @ 0..) => after = id,
                _ => errors.0.push(FieldError::new("after", "type").with("a whole number")),
            },
            (_, Some(field)) => filter.push((field.key, spelled(field.kind, value))),
            (_, None) => errors.add(name, "unknown_parameter"),
        }
    }
    let query = Query::from_pairs(report, filter.iter().copied());
    for (name, code) in query.errors(spec) {
        match spec.field(name).map(|field| field.kind) {
            Some(FieldKind::Choice(codes)) => {
                let params = codes.iter().map(|code| shown(code).to_owned()).collect();
                errors.0.push(FieldError { params, ..FieldError::new(name, "choice") });
            }
            _ => errors.add(name, code),
        }
    }
    if !errors.is_empty() {
        return Err(Failure::Invalid { errors }.into());
    }
    let mut rest = format!("limit={limit}");
    for pair in query.to_query_string().split('&').filter(|pair| !pair.is_empty()) {
        rest.push('&');
        rest.push_str(pair);
    }
    Ok(Asked { filter: query, after, limit, rest })
}

/// In JSON it is true or false; the report says yes or no.
fn spelled(kind: FieldKind, value: &str) -> &str {
    match (kind, value) {
        (FieldKind::Choice(["yes", "no"]), "true") => "yes",
        (FieldKind::Choice(["yes", "no"]), "false") => "no",
        _ => value,
    }
}

/// A choice as the API spells it.
pub fn shown(code: &'static str) -> &'static str {
    match code {
        "yes" => "true",
        "no" => "false",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(pairs: &[(&str, &str)]) -> Result<Asked, Problem> {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        asked(ReportName::Accounts, &pairs)
    }

    #[test]
    fn what_follows_is_asked_alike() {
        let all = ask(&[]).expect("nothing wrong");
        assert_eq!((all.after, all.limit, all.rest.as_str()), (0, 50, "limit=50"));
        let some = ask(&[("enabled", "true"), ("name", "böse"), ("limit", "7"), ("after", "12")]).expect("right");
        assert_eq!((some.after, some.limit), (12, 7));
        assert_eq!(some.rest, "limit=7&enabled=yes&name=b%C3%B6se");
        for wrong in
            [("limit", "0"), ("limit", "201"), ("after", "-1"), ("enabled", "maybe"), ("id", "x"), ("page", "1")]
        {
            assert!(ask(&[wrong]).is_err(), "{wrong:?}");
        }
    }
}
