//! Holds the languages against each other: the same codes, nothing left in English, plurals and separators. Tests only.

use crate::{Language, words};
use domain::{Failure, FieldError, message::MessageStatus, report::ReportName, session_test::Fact};
use std::{collections::BTreeSet, fs, path::PathBuf};

#[rustfmt::skip]
const FILES: [&str; 16] = [
    "account", "arrival", "bulk", "columns", "comforts", "discover", "embed", "errors", "health", "outbox", "pages", "preset", "report",
    "schedule", "sending", "test",
];

/// Names, codes and words that another language shares with English.
#[rustfmt::skip]
const SAME: [&str; 32] = [
    "3, 7, 10-20", "CSV", "Client credentials", "DKIM", "DMARC", "Google (refresh token)", "HTML", "HTTP CONNECT", "Host", "Host SMTP", "ID", "Login", "MTA-STS",
    "MX", "Message-ID", "Microsoft 365 (client credentials)", "No", "Normal", "PDF", "PTR", "Postroom", "Postroom: {}", "Refresh token", "SHA-256", "SOCKS5", "SPF", "SSL", "TLS", "TLS-RPT", "UTC", "{name} – {title}", "{} ms",
];

/// Words alone: what looks like a code in them is one of English.
const WITHOUT_CODES: [&str; 4] = ["health", "pages", "report", "schedule"];
const NO_CODES: [&str; 4] = ["again", "is", "pending", "since"];

/// The string literals of a file but those of its tests, in their order.
fn literals(language: &str, file: &str) -> BTreeSet<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src").join(language).join(format!("{file}.rs"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('"') {
        let mut end = 0;
        while !after[end..].starts_with('"') {
            end +=
                if after[end..].starts_with('\\') { 2 } else { after[end..].chars().next().map_or(1, char::len_utf8) };
        }
        found.insert(after[..end].to_owned());
        rest = &after[end + 1..];
    }
    found
}

/// Read by programs: what words are looked up by.
fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._".contains(&b))
}

fn has_words(text: &str) -> bool {
    let mut outside = true;
    text.chars().any(|c| {
        outside = c != '{' && (outside || c == '}');
        outside && c.is_alphabetic()
    })
}

#[test]
fn every_code_that_has_words_in_english_has_them_in_each_language() {
    for file in FILES.into_iter().filter(|file| !WITHOUT_CODES.contains(file)) {
        let codes = literals("en", file).into_iter().filter(|text| is_code(text) && !NO_CODES.contains(&text.as_str()));
        let codes: BTreeSet<_> = codes.collect();
        for other in ["pt", "es"] {
            let missing: Vec<_> = codes.difference(&literals(other, file)).cloned().collect();
            assert_eq!(missing, Vec::<String>::new(), "{other}/{file}.rs");
        }
    }
}

#[test]
fn nothing_is_left_in_english() {
    for file in FILES {
        let english = literals("en", file);
        for other in ["pt", "es"] {
            let same: BTreeSet<_> = literals(other, file)
                .into_iter()
                .filter(|text| has_words(text) && !is_code(text) && english.contains(text))
                .filter(|text| !SAME.contains(&text.as_str()))
                .collect();
            assert_eq!(same, BTreeSet::new(), "{other}/{file}.rs");
        }
    }
}

#[test]
fn a_count_has_its_noun_and_its_separators() {
    let check = |language: Language, counts: &[(u64, u64, &str)]| {
        let words = words(language);
        for (matching, all, text) in counts {
            assert_eq!((words.report.matching)(*matching, *all, (words.texts)(ReportName::Accounts)), *text);
        }
    };
    check(
        Language::English,
        &[
            (0, 0, "0 accounts"),
            (1, 1, "1 account"),
            (2, 2, "2 accounts"),
            (0, 1, "0 of 1 account"),
            (1, 12345, "1 of 12,345 accounts"),
        ],
    );
    check(
        Language::Portuguese,
        &[
            (0, 0, "0 conta"),
            (1, 1, "1 conta"),
            (2, 2, "2 contas"),
            (0, 1, "0 de 1 conta"),
            (1, 1234, "1 de 1.234 contas"),
        ],
    );
    check(
        Language::Spanish,
        &[
            (0, 0, "0 cuentas"),
            (1, 1, "1 cuenta"),
            (2, 2, "2 cuentas"),
            (0, 1, "0 de 1 cuenta"),
            (1, 1234, "1 de 1234 cuentas"),
        ],
    );
    let range = |language: Language| (words(language).report.range)(1201, 1230, 20000);
    assert_eq!(Language::ALL.map(range), ["1,201–1,230 of 20,000", "1.201–1.230 de 20.000", "1201–1230 de 20.000"]);
}

#[test]
fn the_products_own_words_are_as_its_people_know_them() {
    let account = &words(Language::Portuguese).later().account;
    let labels = [
        account.name,
        account.enabled,
        account.sender,
        account.reply_to,
        account.return_path,
        account.confirmation,
        account.is_default,
        account.read_receipt,
        account.force_settings,
        account.footnote,
        account.port,
        account.secure,
        account.security_type,
        account.ignore_certificate,
        account.credential,
    ];
    let known = [
        "Nome da conta",
        "Ativo",
        "E-mail do remetente",
        "E-mail de resposta",
        "E-mail de retorno",
        "E-mail de confirmação",
        "Conta padrão",
        "Enviar confirmação de leitura",
        "Obrigar o uso da configuração",
        "Habilitar rodapé",
        "Porta",
        "Usar conexão segura?",
        "Tipo de conexão segura",
        "Ignorar erro de certificado",
        "Credencial para autenticação",
    ];
    assert_eq!(labels, known);
    assert_eq!(account.authentication, "Usar autenticação?");
    let test = &words(Language::Portuguese).later().test;
    assert_eq!(test.default_subject, "MENSAGEM DE TESTE!");
    assert_eq!(test.default_message, "ATENÇÃO: ESTA É UMA MENSAGEM DE TESTE!");
}

#[test]
fn what_diagnoses_call_a_field_is_what_it_is_called() {
    let labels = |language: Language| {
        let a = &words(language).later().account;
        [a.host, a.port, a.secure, a.security_type, a.authentication, a.sender, a.return_path, a.use_connector]
    };
    for (language, folder, open, close) in [(Language::Portuguese, "pt", '“', '”'), (Language::Spanish, "es", '«', '»')]
    {
        let labels = labels(language);
        let mut used = BTreeSet::new();
        for file in ["connector", "happened", "login", "mail", "protection", "reach", "token"] {
            for text in literals(&format!("diagnosis/{folder}"), file) {
                let quoted = text.split(open).skip(1).filter_map(|rest| rest.split_once(close));
                used.extend(quoted.map(|(label, _)| label.to_owned()));
            }
        }
        for label in labels {
            assert!(used.contains(label), "{folder}: {label} in {used:?}");
        }
    }
}

/// Whether it stands there as a word of its own.
fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|part| part == word)
}

/// Every cause that a dial can end with, by its code.
fn causes_of_dialling() -> BTreeSet<String> {
    let text = include_str!("../../mailer/src/fault.rs");
    let body = text.split_once("fn from_io").and_then(|(_, rest)| rest.split_once("#[must_use]")).expect("there").0;
    let names = body.split("Cause::").skip(1);
    names.map(|rest| snake(rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default())).collect()
}

fn snake(name: &str) -> String {
    let parts = name.chars().enumerate().flat_map(|(index, c)| {
        let before = (c.is_uppercase() && index > 0).then_some('_');
        before.into_iter().chain(c.to_lowercase())
    });
    parts.collect()
}

#[test]
fn no_code_stands_raw_in_a_sentence() {
    let mut said: BTreeSet<String> = BTreeSet::new();
    let mut check = |language: Language, code: &str, text: String| {
        // Of English some codes are words: its sentences may say `sent`.
        assert!(language == Language::English || !has_word(&text, code), "{code} in {}: {text}", language.tag());
        assert!(said.insert(text.clone()), "said before, perhaps in another language: {text}");
    };
    let causes = causes_of_dialling();
    assert!(causes.len() >= 6 && causes.contains("connect_timeout"), "{causes:?}");
    for language in Language::ALL {
        let words = words(language);
        for code in MessageStatus::CODES.iter().copied() {
            for refusal in ["message_status", "message_not_ended"] {
                let failure = Failure::Refused { code: refusal.to_owned(), params: vec![code.to_owned()] };
                let text = (words.failure)(&failure);
                assert!((words.code)(code).is_some_and(|word| text.contains(word)), "{code}: {text}");
                check(language, code, text);
            }
        }
        for code in &causes {
            let fact = Fact::new("attempt").with("192.0.2.1:25").with(7).with(code);
            let text = (words.later().test.fact)(&fact);
            assert!(!text.contains(&code.replace('_', " ")), "{text}");
            check(language, code, text);
        }
    }
}

#[test]
fn fields_and_columns_have_their_names_in_a_sentence() {
    let wrong = |language: Language, code: &str, key: &str| {
        (words(language).field_error)(&FieldError::new("field", code).with(key))
    };
    for language in Language::ALL {
        for report in ReportName::ALL {
            let spec = report.spec();
            for key in spec.fields.iter().map(|field| field.key) {
                for code in ["unknown_filter", "unreadable_filter"] {
                    let text = wrong(language, code, key);
                    assert!(
                        language == Language::English || !has_word(&text, key),
                        "{key} in {}: {text}",
                        language.tag()
                    );
                }
            }
            for key in spec.columns.iter().filter(|column| column.shown).map(|column| column.key) {
                for code in ["unknown_column", "unknown_sort"] {
                    let text = wrong(language, code, key);
                    assert!(
                        language == Language::English || !has_word(&text, key),
                        "{key} in {}: {text}",
                        language.tag()
                    );
                }
            }
        }
        assert!(wrong(language, "unknown_filter", "nme").contains("nme"));
    }
}
