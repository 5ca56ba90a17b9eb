//! "Will it arrive?" in words, by code: what was found and what to do about it. The texts stand in `arrival/`.
//!
//! Too many for the browser: the server puts them beside the report.

mod en;
mod es;
mod pt;

use crate::Language;
use domain::arrival::{ArrivalReport, Basis, Finding, Told};

type Found = fn(&Finding) -> String;
type Advice = fn(&Finding, bool) -> String;

/// Every finding of a report, in its order.
pub fn told(language: Language, report: &ArrivalReport) -> Vec<Told> {
    let assumed = matches!(report.basis, Basis::Host | Basis::HostBehindConnector);
    let (found, advice) = texts(language);
    let one = |finding| Told { happened: found(finding), advice: advice(finding, assumed) };
    report.findings.iter().map(one).collect()
}

fn texts(language: Language) -> (Found, Advice) {
    match language {
        Language::English => (en::found::found, en::advice::advice),
        Language::Portuguese => (pt::found::found, pt::advice::advice),
        Language::Spanish => (es::found::found, es::advice::advice),
    }
}

/// A parameter, or nothing.
fn param(finding: &Finding, index: usize) -> &str {
    finding.params.get(index).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::arrival::{Check, Record, Verdict};
    use std::collections::{HashMap, HashSet};

    fn languages() -> [(Language, Found, Advice); 3] {
        Language::ALL.map(|language| (language, texts(language).0, texts(language).1))
    }

    fn finding(check: Check, code: &str, fix: &str) -> Finding {
        let params = ["one", "two", "three", "4", "10"].map(str::to_owned).to_vec();
        let record = Record { name: "example.com".into(), kind: "TXT".into(), value: "v=spf1 -all".into() };
        Finding {
            check,
            verdict: Verdict::Bad,
            subject: "example.com".into(),
            code: code.into(),
            params,
            records: vec![record.clone()],
            fix: fix.into(),
            publish: vec![record],
        }
    }

    /// What stands between backticks in these lines of the list of codes.
    fn codes(keep: impl Fn(&str) -> bool) -> Vec<String> {
        let text = include_str!("../../docs/arrival.md");
        let quoted = text.lines().filter(|line| keep(line)).flat_map(|line| line.split('`').skip(1).step_by(2));
        quoted.map(str::to_owned).collect()
    }

    #[test]
    fn every_code_that_is_documented_has_its_words() {
        let (mut count, mut said) = (0, HashSet::new());
        for check in Check::ALL {
            let begins = format!("{}_", check.code());
            let row = |line: &str| line.starts_with("| `") || line.starts_with("Whether the sending");
            for (_, found, _) in languages() {
                for code in codes(row).into_iter().filter(|code| code.starts_with(&begins)) {
                    let text = found(&finding(check, &code, ""));
                    assert!(!text.contains(&code) && text.ends_with('.'), "{code}: {text}");
                    assert!(said.insert(text.clone()), "said before, perhaps in another language: {text}");
                    count += 1;
                }
                let text = found(&finding(check, &format!("{begins}no_answer"), ""));
                assert!(text.contains("one"), "{text}");
            }
        }
        assert_eq!(count, 3 * 72, "codes in the document");
    }

    #[test]
    fn every_fix_that_is_documented_has_its_words() {
        let text = include_str!("../../docs/arrival.md");
        let fixes = text.split("## Fixes").nth(1).expect("a chapter");
        let all: Vec<_> = fixes.split('`').skip(1).step_by(2).collect();
        assert_eq!(all.len(), 40);
        for fix in all {
            let mut said = HashMap::new();
            for (language, _, advice) in languages() {
                for assumed in [true, false] {
                    let text = advice(&finding(Check::Spf, "spf_fail", fix), assumed);
                    assert!(!text.contains(fix) && !text.contains("docs/") && text.ends_with('.'), "{fix}: {text}");
                    let before = said.insert(text, language);
                    assert!(
                        before.is_none_or(|before| before == language),
                        "{fix}: the same in {before:?} and {language:?}"
                    );
                }
            }
        }
        for (_, _, advice) in languages() {
            assert_eq!(advice(&finding(Check::Spf, "spf_pass", ""), true), "");
        }
    }

    #[test]
    fn why_a_file_could_not_be_had_is_told_without_codes() {
        let codes = [
            "no_such_name",
            "no_data",
            "failed",
            "timeout",
            "destination_forbidden",
            "connection_refused",
            "connect_timeout",
            "unreachable",
            "connection_reset",
            "connection_closed",
            "tls_timeout",
            "tls_failed",
            "tls_plaintext_port",
            "certificate_wrong_name",
            "certificate_expired",
            "certificate_not_yet_valid",
            "certificate_unknown_issuer",
            "certificate_invalid",
            "internal",
            "status",
            "content_type",
            "redirected",
            "too_large",
            "not_text",
            "not_http",
            "url",
        ];
        for code in codes {
            let mut said = HashSet::new();
            for (_, found, _) in languages() {
                let params = ["https://x.example/", code, "12345"].map(str::to_owned).to_vec();
                let text = found(&Finding { params, ..finding(Check::MtaSts, "mta_sts_no_file", "") });
                let raw = text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == code);
                assert!(!raw || matches!(code, "status" | "failed"), "{code}: {text}");
                assert!(said.insert(text.clone()), "the same in another language: {text}");
            }
        }
    }

    #[test]
    fn days_and_seconds_of_a_policy_have_their_number() {
        let check = |code: &str, number: &str, texts: [&str; 3]| {
            for ((_, found, _), text) in languages().into_iter().zip(texts) {
                let said = found(&Finding { params: vec![number.to_owned()], ..finding(Check::MtaSts, code, "") });
                assert!(said.contains(text), "{text}: {said}");
            }
        };
        check("mta_sts_good", "1", [" 1 day.", " 1 dia.", " 1 día."]);
        check("mta_sts_good", "2", [" 2 days.", " 2 dias.", " 2 días."]);
        check("mta_sts_short", "0", [" 0 seconds ", " 0 segundo.", " 0 segundos."]);
        check("mta_sts_short", "1", [" 1 second ", " 1 segundo.", " 1 segundo."]);
        check("mta_sts_short", "12345", [" 12,345 seconds ", " 12.345 segundos.", " 12.345 segundos."]);
    }
}
