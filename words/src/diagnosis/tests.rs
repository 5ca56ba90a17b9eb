//! Every code in every language: complete, whole sentences, of a sane length; and what a reply adds to them.

use super::*;
use domain::{
    account::{Proposal, Security},
    diagnosis::{Enhanced, table},
};
use std::collections::BTreeSet;

/// Found out before anything is dialled, told to who may know no more, or no failure at all.
const APART: [&str; 6] =
    ["secret_missing", "connector_disabled", "secret_again", "secret_needed", "tunnel_ok", "no_mail_server"];

fn codes() -> BTreeSet<&'static str> {
    table::codes().into_iter().chain(table::CAUSES.iter().copied()).chain(APART).chain(VARIANTS).collect()
}

fn each(check: impl Fn(Language, &'static str, &Texts, Help)) {
    for language in Language::ALL {
        let texts = texts(language);
        for code in codes() {
            let help = (texts.help)(code).unwrap_or_else(|| panic!("no help for {code} in {}", language.tag()));
            check(language, code, texts, help);
        }
    }
}

fn refused(code: &str, cause: &str, stage: Step, reply: &str) -> Diagnosis {
    Diagnosis {
        cause: cause.to_owned(),
        class: if reply.starts_with('4') { FaultClass::Temporary } else { FaultClass::Permanent },
        reply: reply.to_owned(),
        enhanced: Enhanced::find(reply),
        ..Diagnosis::of_settings(code, stage, vec![])
    }
}

#[test]
fn every_code_is_told_in_whole_sentences() {
    each(|language, code, texts, help| {
        let at = format!("{code} in {}", language.tag());
        let template = (texts.happened.find)(code).unwrap_or_else(|| panic!("nothing happened: {at}"));
        sentence(template, 220, &at);
        assert!(help.why.len() <= 3 && (1..=3).contains(&help.advice.len()), "{at}");
        for said in help.why.iter().chain(help.advice) {
            sentence(said, 260, &at);
            assert!(!said.contains(['{', '}', '[', ']']), "{at}: {said}");
        }
    });
}

fn sentence(said: &str, longest: usize, at: &str) {
    let length = said.chars().count();
    assert!((10..=longest).contains(&length), "{at}: {length} characters: {said}");
    assert!(said.ends_with('.') && !said.ends_with(".."), "{at}: {said}");
    let first = said.trim_start_matches(['“', '«', '¿']).chars().next();
    assert!(first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()), "{at}: {said}");
    assert!(!said.contains('!') && !said.contains("  ") && !said.contains(" ."), "{at}: {said}");
}

#[test]
fn languages_say_the_same_and_none_says_it_in_english() {
    let english = texts(Language::English);
    each(|language, code, texts, help| {
        let at = format!("{code} in {}", language.tag());
        let (template, told) = ((texts.happened.find)(code), (english.happened.find)(code));
        let theirs = (english.help)(code).expect("checked above");
        assert_eq!(help.why.len(), theirs.why.len(), "{at}");
        assert_eq!(help.advice.len(), theirs.advice.len(), "{at}");
        assert_eq!(names(template.unwrap_or_default()), names(told.unwrap_or_default()), "{at}");
        if language == Language::English {
            return;
        }
        assert_ne!(template, told, "{at}");
        let theirs: BTreeSet<_> = theirs.why.iter().chain(theirs.advice).collect();
        assert!(help.why.iter().chain(help.advice).all(|said| !theirs.contains(said)), "{at}");
    });
    let portuguese = texts(Language::Portuguese);
    each(|language, code, texts, _| {
        if language == Language::Spanish {
            assert_ne!((texts.happened.find)(code), (portuguese.happened.find)(code), "{code}");
        }
    });
}

/// Of the values that a template asks for.
fn names(template: &str) -> BTreeSet<&str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn nothing_is_left_open_whatever_the_params() {
    let params = |list: &[&str]| list.iter().map(|&param| param.to_owned()).collect::<Vec<_>>();
    let lists =
        [params(&[]), params(&[""]), params(&["", ""]), params(&["a@b.c"]), params(&["mail.example", "self_signed"])];
    each(|language, code, _, _| {
        for (list, stage) in lists.iter().zip([Step::Mail, Step::Rcpt, Step::Ehlo, Step::Data, Step::Tcp]) {
            let said = explain(language, &Diagnosis::of_settings(code, stage, list.clone()));
            for sentence in [&said.happened].into_iter().chain(&said.why).chain(&said.advice) {
                assert!(!sentence.contains(['{', '}', '[', ']']), "{code} {list:?}: {sentence}");
                for odd in ["  ", " .", " ,", "()", ": .", "?."] {
                    assert!(!sentence.contains(odd), "{code} {list:?}: {sentence}");
                }
            }
            assert_eq!(said.language, language.tag());
            assert_eq!(said.happened, happened(language, &Diagnosis::of_settings(code, stage, list.clone())));
        }
    });
}

#[test]
fn params_are_named_where_they_belong() {
    let check = |code: &str, stage: Step, params: &[&str], expected: &str| {
        let params = params.iter().map(|&param| param.to_owned()).collect();
        assert_eq!(happened(Language::English, &Diagnosis::of_settings(code, stage, params)), expected);
    };
    check("sender_not_owned", Step::Mail, &["a@b.c"], "This login may not send with the envelope sender a@b.c.");
    check("sender_not_owned", Step::Rcpt, &["a@b.c"], "This login may not send with the envelope sender.");
    check("not_smtp", Step::Greeting, &["ssh"], "What answers there is not an SMTP server: it looks like SSH.");
    check(
        "certificate_expired",
        Step::Tls,
        &["2024-05-06T07:08:09.000Z"],
        "The server's certificate has expired: it was valid until 2024-05-06 07:08 UTC. No secret was sent.",
    );
    check(
        "message_too_large",
        Step::Mail,
        &["1000", "2000"],
        "The message is larger than the server takes: it has 2,000 bytes, the limit is 1,000.",
    );
    // MAIL FROM refused with 552: there is an address and no sizes.
    check("message_too_large", Step::Mail, &["a@b.c"], "The message is larger than the server takes.");
    check(
        "tunnel_refused",
        Step::Tcp,
        &["office", "rules"],
        "The connector office works, but its rules do not allow this SMTP server and port.",
    );
    check(
        "tunnel_refused",
        Step::Tcp,
        &["office", "503"],
        "The connector office works, but refused the way to the SMTP server with HTTP status 503.",
    );
    check(
        "auth_no_mechanism",
        Step::Auth,
        &["PLAIN LOGIN", "oauth"],
        "The server offers no login with an access token, only PLAIN LOGIN.",
    );
    check(
        "token_timeout",
        Step::Auth,
        &["", "15"],
        "The token endpoint gave no access token in time: 15 seconds were waited.",
    );
    check("of a newer version", Step::Auth, &[], "The session could not go on at this step: Log in.");
}

#[test]
fn a_reply_that_no_row_knows_is_explained_by_its_codes() {
    let check = |code: &str, stage: Step, reply: &str, first: &str, last: &str| {
        let why = explain(Language::English, &refused(code, code, stage, reply)).why;
        assert_eq!(why.first().map(String::as_str), Some(first), "{code} {reply}");
        assert!(why.last().is_some_and(|said| said.contains(last)), "{code} {reply}: {why:?}");
    };
    let mailbox = "Enhanced status code 5.2.1 means: the mailbox is disabled, or takes no messages.";
    check("recipient_refused", Step::Rcpt, "550 5.2.1 no", mailbox, "begins with 5");
    let unknown = "Enhanced status code 4.3.99 means: something is wrong with the receiving mail system.";
    check("message_refused", Step::Data, "451 4.3.99 later", unknown, "begins with 4");
    let general = "This login may not send with this address, or the address does not exist there.";
    check("sender_refused", Step::Mail, "550 no", general, "begins with 5");
    let login = "The secret is mistyped, expired or has been changed.";
    check("auth_refused", Step::Auth, "535 5.7.13 no", login, "the user's account is disabled");
    // A row that knows the reply says it all.
    let why = explain(Language::English, &refused("relay_denied", "recipient_refused", Step::Rcpt, "554 5.7.1 no")).why;
    assert!(why.iter().all(|said| !said.contains("5.7.1") && !said.contains("begins with")), "{why:?}");
}

#[test]
fn a_code_from_a_newer_version_is_explained_by_its_cause_or_its_class() {
    for language in Language::ALL {
        let known = explain(language, &refused("newer", "recipient_refused", Step::Rcpt, ""));
        assert_eq!(
            known.happened,
            (texts(language).happened.find)("recipient_refused").unwrap().replace("[ {recipient}]", "")
        );
        for class in [FaultClass::Temporary, FaultClass::Permanent, FaultClass::Settings] {
            let unknown = Diagnosis { class, ..refused("newer", "newer too", Step::Auth, "550 5.7.1 no") };
            let said = explain(language, &unknown);
            assert!(said.happened.contains(stage(language, Step::Auth)), "{}", said.happened);
            assert_eq!((said.why.len(), said.advice.len()), (1, 1));
        }
    }
}

#[test]
fn a_connector_out_of_reach_is_told_with_its_cause() {
    let params = vec!["office".to_owned(), "connection_refused".to_owned()];
    let said = explain(Language::English, &Diagnosis::of_settings("tunnel_unreachable", Step::Connector, params));
    assert_eq!(said.why[0], "Nothing listens there: the connection was refused.");
}

#[test]
fn what_a_token_endpoint_says_is_no_reply_of_smtp() {
    let why = |code: &str, cause: &str, params: &[&str], reply: &str| {
        let params = params.iter().map(|&param| param.to_owned()).collect();
        let diagnosis = Diagnosis { params, enhanced: None, ..refused(code, cause, Step::Auth, reply) };
        explain(Language::English, &diagnosis).why
    };
    let temporary = why("token_temporary", "token_temporary", &["id.example", "503"], "503");
    let refused = why("token_refused", "token_refused", &["id.example", "invalid_request"], "400 invalid_request");
    assert!(temporary.iter().chain(&refused).all(|said| !said.contains("begins with")), "{temporary:?} {refused:?}");
    let closed = why("token_unreachable", "token_unreachable", &["id.example", "connection_closed"], "");
    assert_eq!(closed[0], "The other side closed the connection where an answer was due.");
    let name = why("token_certificate", "token_certificate", &["id.example", "certificate_wrong_name"], "");
    assert!(name.iter().all(|said| !said.contains("Host SMTP")), "{name:?}");
}

#[test]
fn enhanced_codes_have_a_meaning_each_in_every_language() {
    let last = [0, 10, 4, 6, 7, 6, 10, 30];
    for language in Language::ALL {
        let meaning = texts(language).enhanced;
        for (subject, last) in (0..).zip(last) {
            for detail in 0..=last {
                let said = meaning(subject, detail);
                assert!(said.ends_with('.') && said.chars().count() < 120, "{subject}.{detail}: {said}");
                assert!(
                    said.chars()
                        .next()
                        .is_some_and(|c| c.is_lowercase() || said.starts_with("SPF") || said.starts_with("UTF"))
                );
                // X.6.10 is a double of X.6.8.
                let others = (0..detail).filter(|other| (subject, *other, detail) != (6, 8, 10));
                assert!(others.into_iter().all(|other| meaning(subject, other) != said), "{subject}.{detail}");
                if language != Language::English {
                    assert_ne!(said, (texts(Language::English).enhanced)(subject, detail));
                }
            }
            assert_eq!(meaning(subject, 999), meaning(subject, 0), "what is not registered is told by its subject");
        }
        assert_eq!(meaning(999, 1), meaning(0, 0));
    }
}

#[test]
fn buttons_say_what_they_fill_in() {
    let of = |code: &str, proposal: Proposal| Remedy { code: code.to_owned(), proposal, certificate: None };
    let check = |proposed: &Remedy, expected: [&str; 3]| {
        assert_eq!(Language::ALL.map(|language| remedy(language, proposed)), expected);
    };
    check(
        &of("use_implicit_tls", Proposal::secured(Security::ImplicitTls)),
        ["Switch to SSL on port 465", "Mudar para SSL na porta 465", "Cambiar a SSL en el puerto 465"],
    );
    check(
        &of("use_starttls", Proposal::secured(Security::StartTls)),
        [
            "Switch to TLS (STARTTLS) on port 587",
            "Mudar para TLS (STARTTLS) na porta 587",
            "Cambiar a TLS (STARTTLS) en el puerto 587",
        ],
    );
    check(
        &of("use_host", Proposal { host: Some("mail.example".into()), ..Proposal::default() }),
        ["Use mail.example as host", "Usar mail.example como host", "Usar mail.example como host"],
    );
    let codes = ["use_implicit_tls", "use_starttls", "use_clear_text", "enable_authentication", "use_host", "trust_ca"];
    for language in Language::ALL {
        let labels: BTreeSet<_> = codes
            .iter()
            .chain(&["pin_certificate", "of a newer version"])
            .map(|code| remedy(language, &of(code, Proposal::default())))
            .collect();
        assert_eq!(labels.len(), 8);
        assert!(labels.iter().all(|label| !label.contains(['{', '[']) && !label.ends_with('.')), "{labels:?}");
    }
}

#[test]
fn steps_and_classes_are_named_in_every_language() {
    for language in Language::ALL {
        let steps: BTreeSet<_> = Step::ALL.iter().map(|step| stage(language, *step)).collect();
        assert_eq!(steps.len(), Step::ALL.len());
        let all = [FaultClass::Temporary, FaultClass::Permanent, FaultClass::Settings];
        assert_eq!(all.map(|one| class(language, one)).into_iter().collect::<BTreeSet<_>>().len(), 3);
    }
}
