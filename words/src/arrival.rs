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
}
