//! MTA-STS (RFC 8461): the policy that mail to the domain travels encrypted. One that its own MX hosts break keeps replies away.

use crate::{
    found::{With, found, no_answer, record},
    lookup::Lookup,
    tags::{is_version, tag, tags},
};
use domain::arrival::{Check, Finding, Record, Verdict};

/// A year, roughly (section 3.2).
const MAX_AGE: u64 = 31_557_600;
/// Kept for less, an attacker need not wait long.
const SHORT_AGE: u64 = 86_400;
const PATH: &str = "/.well-known/mta-sts.txt";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Enforce,
    Testing,
    None,
}

#[derive(Debug, PartialEq, Eq)]
struct Policy {
    kind: Kind,
    max_age: u64,
    mx: Vec<String>,
}

pub(crate) async fn mta_sts(lookup: &impl Lookup, domain: &str, mx: &[String]) -> Finding {
    let name = format!("_mta-sts.{domain}");
    let make = |verdict, code: &str| found(Check::MtaSts, verdict, domain, code);
    let texts = match lookup.txt(&name).await {
        Ok(texts) => texts,
        Err(why) if why.is_nothing() => Vec::new(),
        Err(why) => return no_answer(Check::MtaSts, domain, record("TXT", &name, ""), why),
    };
    let mut found_there: Vec<Record> =
        texts.iter().filter(|text| is_version(text, "STSv1")).map(|text| record("TXT", &name, text)).collect();
    match found_there.as_slice() {
        [] => {
            return make(Verdict::Good, "mta_sts_missing").record(record("TXT", &name, "")).fix("mta_sts_publish");
        }
        [text] => {
            let id = tags(&text.value).and_then(|tags| tag(&tags, "id").map(str::to_owned)).unwrap_or_default();
            let is_id = (1..=32).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
            if !is_id {
                return make(Verdict::Warning, "mta_sts_malformed").records(found_there).fix("mta_sts_id");
            }
        }
        _ => return make(Verdict::Warning, "mta_sts_many").records(found_there).fix("one_record"),
    }
    let host = format!("mta-sts.{domain}");
    let address = format!("https://{host}{PATH}");
    let text = match lookup.file(&host, PATH).await {
        Ok(text) => text,
        Err(trouble) => {
            let mut finding = make(Verdict::Warning, "mta_sts_no_file").param(&address).param(&trouble.code);
            finding.params.extend(trouble.params);
            return finding.records(found_there).record(record("HTTPS", &address, "")).fix("mta_sts_serve");
        }
    };
    found_there.push(record("HTTPS", &address, &text));
    let policy = match parse(&text) {
        Ok(policy) => policy,
        Err(line) => {
            let finding = make(Verdict::Warning, "mta_sts_policy_malformed").param(line);
            return finding.records(found_there).fix("mta_sts_correct");
        }
    };
    let unlisted: Vec<&str> =
        mx.iter().map(String::as_str).filter(|host| !policy.mx.iter().any(|pattern| covers(pattern, host))).collect();
    match policy.kind {
        Kind::None => make(Verdict::Good, "mta_sts_none").records(found_there),
        kind if !unlisted.is_empty() => {
            let verdict = if kind == Kind::Enforce { Verdict::Bad } else { Verdict::Warning };
            make(verdict, "mta_sts_mx_unlisted").param(unlisted.join(", ")).records(found_there).fix("mta_sts_list_mx")
        }
        Kind::Testing => make(Verdict::Good, "mta_sts_testing").records(found_there).fix("mta_sts_enforce"),
        Kind::Enforce if policy.max_age < SHORT_AGE => {
            make(Verdict::Warning, "mta_sts_short").param(policy.max_age).records(found_there).fix("mta_sts_longer")
        }
        Kind::Enforce => make(Verdict::Good, "mta_sts_good").param(policy.max_age / 86_400).records(found_there),
    }
}

/// The policy, or the line (or field) that is wrong.
fn parse(text: &str) -> Result<Policy, String> {
    let (mut version, mut mode, mut max_age, mut mx) = (None, None, None, Vec::new());
    for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        let wrong = || line.chars().take(80).collect::<String>();
        let (key, value) = line.split_once(':').ok_or_else(wrong)?;
        let value = value.trim();
        // Of a field that stands there twice, the first one counts; only mx is a list.
        match key {
            "version" if version.is_none() => version = Some(value),
            "mode" if mode.is_none() => {
                mode = Some(match value {
                    "enforce" => Kind::Enforce,
                    "testing" => Kind::Testing,
                    "none" => Kind::None,
                    _ => return Err(wrong()),
                });
            }
            "max_age" if max_age.is_none() => {
                let digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
                let age = digits.then(|| value.parse().ok()).flatten().filter(|age| *age <= MAX_AGE);
                max_age = Some(age.ok_or_else(wrong)?);
            }
            "mx" => mx.push(value.trim_end_matches('.').to_ascii_lowercase()),
            _ => {}
        }
    }
    if version != Some("STSv1") {
        return Err("version".to_owned());
    }
    let kind = mode.ok_or("mode")?;
    if mx.is_empty() && kind != Kind::None {
        return Err("mx".to_owned());
    }
    Ok(Policy { kind, max_age: max_age.ok_or("max_age")?, mx })
}

/// `*.example.com` stands for one label (section 4.1).
fn covers(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix("*.") {
        Some(parent) => host.split_once('.').is_some_and(|(_, rest)| rest == parent),
        None => pattern == host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies() {
        let check = |text: &str, wanted: Result<(Kind, u64, &[&str]), &str>| {
            let got = parse(text);
            let got = got.as_ref().map(|p| (p.kind, p.max_age, p.mx.iter().map(String::as_str).collect::<Vec<_>>()));
            let wanted = wanted.map(|(kind, age, mx)| (kind, age, mx.to_vec())).map_err(str::to_owned);
            assert_eq!(got.map_err(Clone::clone), wanted, "{text:?}");
        };
        let whole =
            "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.Example.net\r\nmax_age: 604800\r\n";
        check(whole, Ok((Kind::Enforce, 604_800, &["mail.example.com", "*.example.net"])));
        check("version: STSv1\nmode: none\nmax_age: 0", Ok((Kind::None, 0, &[])));
        check("version: STSv1\nmode: testing\nmax_age: 1\nmx: a.b\nextra: x", Ok((Kind::Testing, 1, &["a.b"])));
        check("mode: enforce\nmax_age: 1\nmx: a.b", Err("version"));
        check("version: STSv1\nmax_age: 1\nmx: a.b", Err("mode"));
        check("version: STSv1\nmode: enforce\nmx: a.b", Err("max_age"));
        check("version: STSv1\nmode: enforce\nmax_age: 9", Err("mx"));
        check("version: STSv1\nmode: strict\nmax_age: 9", Err("mode: strict"));
        check("version: STSv1\nmode: enforce\nmax_age: 31557601\nmx: a.b", Err("max_age: 31557601"));
        check("<html>", Err("<html>"));
        assert!(covers("*.example.com", "a.example.com") && !covers("*.example.com", "a.b.example.com"));
        assert!(!covers("*.example.com", "example.com") && covers("mx.a", "mx.a"));
    }
}
