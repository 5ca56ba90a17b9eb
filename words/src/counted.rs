//! Holds every text with a number against its singular, its plural and its separators, in each language. Tests only.

use crate::{Language, Words, on_paper, words};
use domain::{
    Failure, FieldError,
    diagnosis::Diagnosis,
    report::ReportName,
    session_test::{Fact, Step},
};

const COUNTS: [u64; 4] = [0, 1, 2, 12345];

type Said = fn(&'static Words, u64) -> String;
type Four = [&'static str; 4];

/// English, Portuguese, Spanish.
fn check(said: Said, expected: [Four; 3]) {
    for (language, texts) in Language::ALL.into_iter().zip(expected) {
        assert_eq!(COUNTS.map(|count| said(words(language), count)), texts, "{}", language.tag());
    }
}

/// Where the noun is the same whatever the number: around it.
fn around(said: Said, expected: [[&str; 2]; 3]) {
    let written = [["0", "1", "2", "12,345"], ["0", "1", "2", "12.345"], ["0", "1", "2", "12.345"]];
    for ((language, [before, after]), numbers) in Language::ALL.into_iter().zip(expected).zip(written) {
        let texts = numbers.map(|number| format!("{before}{number}{after}"));
        assert_eq!(COUNTS.map(|count| said(words(language), count)), texts, "{}", language.tag());
    }
}

fn size(count: u64) -> usize {
    usize::try_from(count).expect("fits")
}

fn small(count: u64) -> u32 {
    u32::try_from(count).expect("fits")
}

fn fact(words: &Words, code: &str, params: &[String]) -> String {
    let fact = params.iter().fold(Fact::new(code), Fact::with);
    (words.later().test.fact)(&fact)
}

fn refused(words: &Words, code: &str, count: u64) -> String {
    (words.failure)(&Failure::Refused { code: code.to_owned(), params: vec![count.to_string()] })
}

#[test]
fn lines_characters_and_records() {
    check(
        |words, count| (words.later().audit.more)(size(count)),
        [
            ["0 more lines", "1 more line", "2 more lines", "12,345 more lines"],
            ["Mais 0 linha", "Mais 1 linha", "Mais 2 linhas", "Mais 12.345 linhas"],
            ["0 líneas más", "1 línea más", "2 líneas más", "12.345 líneas más"],
        ],
    );
    check(
        |words, count| (words.later().parameters.left)(size(count)),
        [
            ["0 characters left", "1 character left", "2 characters left", "12,345 characters left"],
            ["0 caractere restante", "1 caractere restante", "2 caracteres restantes", "12.345 caracteres restantes"],
            ["Quedan 0 caracteres", "Queda 1 carácter", "Quedan 2 caracteres", "Quedan 12.345 caracteres"],
        ],
    );
    check(
        |words, count| (words.later().arrival.rests_on)(size(count)),
        [
            ["Rests on 0 records", "Rests on 1 record", "Rests on 2 records", "Rests on 12,345 records"],
            [
                "Apoia-se em 0 registro",
                "Apoia-se em 1 registro",
                "Apoia-se em 2 registros",
                "Apoia-se em 12.345 registros",
            ],
            [
                "Se apoya en 0 registros",
                "Se apoya en 1 registro",
                "Se apoya en 2 registros",
                "Se apoya en 12.345 registros",
            ],
        ],
    );
    check(
        |words, count| (words.later().test.lines)(size(count)),
        [
            ["0 lines said", "1 line said", "2 lines said", "12,345 lines said"],
            ["0 linha trocada", "1 linha trocada", "2 linhas trocadas", "12.345 linhas trocadas"],
            [
                "0 líneas intercambiadas",
                "1 línea intercambiada",
                "2 líneas intercambiadas",
                "12.345 líneas intercambiadas",
            ],
        ],
    );
    check(
        |words, count| (words.later().test.certificates)(size(count)),
        [
            ["0 certificates", "Certificate", "2 certificates", "12,345 certificates"],
            ["0 certificado", "Certificado", "2 certificados", "12.345 certificados"],
            ["0 certificados", "Certificado", "2 certificados", "12.345 certificados"],
        ],
    );
}

#[test]
fn messages_incidents_and_failures() {
    check(
        |words, count| (words.later().incident.waiting)(count, false),
        [
            ["0 messages wait", "1 message waits", "2 messages wait", "12,345 messages wait"],
            ["0 mensagem espera", "1 mensagem espera", "2 mensagens esperam", "12.345 mensagens esperam"],
            ["0 mensajes esperan", "1 mensaje espera", "2 mensajes esperan", "12.345 mensajes esperan"],
        ],
    );
    check(
        |words, count| (words.later().incident.waiting)(count, true),
        [
            [
                "at least 0 messages wait",
                "at least 1 message waits",
                "at least 2 messages wait",
                "at least 12,345 messages wait",
            ],
            [
                "pelo menos 0 mensagem espera",
                "pelo menos 1 mensagem espera",
                "pelo menos 2 mensagens esperam",
                "pelo menos 12.345 mensagens esperam",
            ],
            [
                "al menos 0 mensajes esperan",
                "al menos 1 mensaje espera",
                "al menos 2 mensajes esperan",
                "al menos 12.345 mensajes esperan",
            ],
        ],
    );
    check(
        |words, count| (words.frame.incidents)(size(count)).to_owned(),
        [
            ["incidents", "incident", "incidents", "incidents"],
            ["incidente", "incidente", "incidentes", "incidentes"],
            ["incidencias", "incidencia", "incidencias", "incidencias"],
        ],
    );
    check(
        |words, count| {
            let text = (words.later().sending.failing_text)(small(count));
            text.split_once(". ").expect("two sentences").0.to_owned()
        },
        [
            ["0 failed one after another", "1 failed", "2 failed one after another", "12,345 failed one after another"],
            ["0 falhou", "1 falhou", "2 falharam seguidas", "12.345 falharam seguidas"],
            ["Fallaron 0 seguidas", "Falló 1", "Fallaron 2 seguidas", "Fallaron 12.345 seguidas"],
        ],
    );
    check(
        |words, count| (words.later().schedule.missed)(small(count)),
        [
            [
                "late, 0 missed before it",
                "late, 1 missed before it",
                "late, 2 missed before it",
                "late, 12,345 missed before it",
            ],
            [
                "atrasado, 0 perdido antes dele",
                "atrasado, 1 perdido antes dele",
                "atrasado, 2 perdidos antes dele",
                "atrasado, 12.345 perdidos antes dele",
            ],
            [
                "con retraso, 0 perdidas antes",
                "con retraso, 1 perdida antes",
                "con retraso, 2 perdidas antes",
                "con retraso, 12.345 perdidas antes",
            ],
        ],
    );
    check(
        |words, count| (words.report.changed_elsewhere)(count, (words.texts)(ReportName::Users)),
        [
            ["0 users changed", "1 user changed", "2 users changed", "12,345 users changed"],
            ["0 alteração: Usuários", "1 alteração: Usuários", "2 alterações: Usuários", "12.345 alterações: Usuários"],
            ["0 cambios: Usuarios", "1 cambio: Usuarios", "2 cambios: Usuarios", "12.345 cambios: Usuarios"],
        ],
    );
    check(
        |words, count| (words.later().history.sum)(size(count), 20000),
        [
            [
                "0 of the last 20,000 tests passed.",
                "1 of the last 20,000 tests passed.",
                "2 of the last 20,000 tests passed.",
                "12,345 of the last 20,000 tests passed.",
            ],
            [
                "0 dos últimos 20.000 testes passou.",
                "1 dos últimos 20.000 testes passou.",
                "2 dos últimos 20.000 testes passaram.",
                "12.345 dos últimos 20.000 testes passaram.",
            ],
            [
                "0 de las últimas 20.000 pruebas se superaron.",
                "1 de las últimas 20.000 pruebas se superó.",
                "2 de las últimas 20.000 pruebas se superaron.",
                "12.345 de las últimas 20.000 pruebas se superaron.",
            ],
        ],
    );
}

#[test]
fn seconds_and_days() {
    let seconds = [
        ["0 seconds.", "1 second.", "2 seconds.", "12,345 seconds."],
        ["0 segundo.", "1 segundo.", "2 segundos.", "12.345 segundos."],
        ["0 segundos.", "1 segundo.", "2 segundos.", "12.345 segundos."],
    ];
    let last =
        |text: &str| text.rsplitn(3, ' ').take(2).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join(" ");
    for (language, texts) in Language::ALL.into_iter().zip(seconds) {
        for (count, text) in COUNTS.into_iter().zip(texts) {
            let failure = (words(language).failure)(&Failure::TooMany { retry_after_s: count });
            assert_eq!(last(&failure), text);
            assert_eq!(last(&(words(language).people.too_many)(&count.to_string())), text);
        }
    }
    check(
        |words, count| {
            let days = i64::try_from(count).expect("fits");
            let text = (words.later().incident.expiring)("A", days);
            assert_eq!((on_paper(words.language).health.ends)("A", days), text);
            text.rsplit(" A").next().unwrap_or_default().trim_start_matches("'s server ").trim().to_owned()
        },
        [
            ["ends today", "ends tomorrow", "ends in 2 days", "ends in 12,345 days"],
            ["vence hoje", "vence amanhã", "vence em 2 dias", "vence em 12.345 dias"],
            ["caduca hoy", "caduca mañana", "caduca en 2 días", "caduca en 12.345 días"],
        ],
    );
}

#[test]
fn many_rows_at_once() {
    check(
        |words, count| (words.later().bulk.count)(count),
        [
            ["0 selected", "1 selected", "2 selected", "12,345 selected"],
            ["0 item selecionado", "1 item selecionado", "2 itens selecionados", "12.345 itens selecionados"],
            ["0 seleccionados", "1 seleccionado", "2 seleccionados", "12.345 seleccionados"],
        ],
    );
    check(
        |words, count| (words.later().bulk.again)(count),
        [
            [
                "Try again with those 0",
                "Try again with that one",
                "Try again with those 2",
                "Try again with those 12,345",
            ],
            [
                "Tentar de novo com esses 0",
                "Tentar de novo com esse",
                "Tentar de novo com esses 2",
                "Tentar de novo com esses 12.345",
            ],
            ["Reintentar con esos 0", "Reintentar con ese", "Reintentar con esos 2", "Reintentar con esos 12.345"],
        ],
    );
    check(
        |words, count| (words.later().bulk.tested)(count, count),
        [
            ["0 passed, 0 not", "1 passed, 1 not", "2 passed, 2 not", "12,345 passed, 12,345 not"],
            ["0 passou, 0 não", "1 passou, 1 não", "2 passaram, 2 não", "12.345 passaram, 12.345 não"],
            ["0 superadas, 0 no", "1 superada, 1 no", "2 superadas, 2 no", "12.345 superadas, 12.345 no"],
        ],
    );
    for (language, written) in Language::ALL.into_iter().zip(["12,345", "12.345", "12.345"]) {
        let bulk = &words(language).later().bulk;
        for said in [bulk.count_all, bulk.page_full, bulk.select_all] {
            assert!(!said(1).contains('1'), "one of several: {}", said(1));
            assert!(said(2).contains('2') && said(12345).contains(written), "{}", said(12345));
        }
        for said in [bulk.unfinished, bulk.more_not] {
            assert!(said(1).contains('1') && said(12345).contains(written), "{}", said(12345));
        }
        for said in [bulk.progress, bulk.summary] {
            assert_eq!(said(12345, 12345).matches(written).count(), 2);
        }
        assert!((bulk.and_more)("A", 12345).contains(written));
    }
}

#[test]
fn on_paper_and_in_mails() {
    check(
        |words, count| {
            let text = (on_paper(words.language).late)("T", small(count));
            text.split_once('.').map_or("", |(_, others)| others.trim()).to_owned()
        },
        [
            [
                "",
                "One earlier time passed meanwhile; it is not made up for.",
                "2 earlier times passed meanwhile; they are not made up for.",
                "12,345 earlier times passed meanwhile; they are not made up for.",
            ],
            [
                "",
                "Enquanto isso passou um horário anterior; ele não é recuperado.",
                "Enquanto isso passaram 2 horários anteriores; eles não são recuperados.",
                "Enquanto isso passaram 12.345 horários anteriores; eles não são recuperados.",
            ],
            [
                "",
                "Entretanto pasó una hora anterior; no se recupera.",
                "Entretanto pasaron 2 horas anteriores; no se recuperan.",
                "Entretanto pasaron 12.345 horas anteriores; no se recuperan.",
            ],
        ],
    );
    check(
        |words, count| (on_paper(words.language).health.subject)(size(count), 0, size(count)),
        [
            [
                "Postroom: ",
                "Postroom: 1 account fails, 1 certificate ends soon",
                "Postroom: 2 accounts fail, 2 certificates end soon",
                "Postroom: 12,345 accounts fail, 12,345 certificates end soon",
            ],
            [
                "Postroom: ",
                "Postroom: 1 conta falha, 1 certificado vence em breve",
                "Postroom: 2 contas falham, 2 certificados vencem em breve",
                "Postroom: 12.345 contas falham, 12.345 certificados vencem em breve",
            ],
            [
                "Postroom: ",
                "Postroom: 1 cuenta falla, 1 certificado caduca pronto",
                "Postroom: 2 cuentas fallan, 2 certificados caducan pronto",
                "Postroom: 12.345 cuentas fallan, 12.345 certificados caducan pronto",
            ],
        ],
    );
    around(
        |words, count| (on_paper(words.language).sheet_of)("1", &count.to_string()),
        [["Page 1 of ", ""], ["Página 1 de ", ""], ["Página 1 de ", ""]],
    );
    for (language, written) in Language::ALL.into_iter().zip(["12,345", "12.345", "12.345"]) {
        let health = &on_paper(language).health;
        assert!((health.more)(12345).contains(written) && (health.foot)(12345).contains(written));
    }
}

#[test]
fn milliseconds_octets_and_limits() {
    around(|words, count| (words.row.ms)(count), [["", " ms"]; 3]);
    around(
        |words, count| (words.later().connector.answered)("A", count),
        [["A answers, in ", " ms."], ["A responde, em ", " ms."], ["A responde, en ", " ms."]],
    );
    for (language, written) in Language::ALL.into_iter().zip(["12,345", "12.345", "12.345"]) {
        let words = words(language);
        let number = "12345".to_owned();
        let mut said: Vec<String> = ["size", "token", "token_renewed", "octets"]
            .map(|code| fact(words, code, std::slice::from_ref(&number)))
            .into();
        said.push((words.later().test.message_octets)(&number));
        said.push(fact(words, "attempt", &["A".to_owned(), number.clone(), "connect_timeout".to_owned()]));
        said.extend(["too_many_views", "too_many_rows", "message_too_large"].map(|code| refused(words, code, 12345)));
        said.extend(
            ["range", "too_many", "message_too_large"]
                .map(|code| (words.field_error)(&FieldError::new("field", code).with(&number).with(&number))),
        );
        said.push((words.later().diagnosis)(&Diagnosis::of_settings(
            "message_too_large",
            Step::Mail,
            vec![number.clone(), number.clone()],
        )));
        for text in said {
            assert!(text.contains(written) && !text.contains(&number), "{text}");
        }
    }
}
