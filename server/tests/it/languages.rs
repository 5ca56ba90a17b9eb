//! Which language a request is answered in: by one's own choice, the browser's, a portal's word, or what is asked for.

use crate::{
    downloads::person,
    harness::{Server, Session, account},
    portal::portal,
};
use serde_json::{Value, json};
use std::time::Duration;

const HOME: &str = "/settings/email/smtp";

/// The page's language and its title in the browser of somebody who asks for these languages.
async fn read(session: &Session, path: &str, accepted: &str) -> (String, String) {
    let response = session.send("GET", path, &[("accept-language", accepted)], "").await.expect("answers");
    assert_eq!(response.headers()["vary"], "accept-language, cookie", "{path}");
    assert_eq!(response.headers()["cache-control"], "no-store", "{path}");
    let html = response.text().await.expect("whole");
    let language = html.split("<html lang=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a language");
    assert!(html.contains(" dir=\"ltr\""), "{path}");
    (language.to_owned(), html)
}

async fn choose(session: &Session, language: &str, from: &str) -> (u16, String, String) {
    let referrer = format!("{}{from}", session.url);
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("referer", referrer.as_str()),
    ];
    let body = format!("language={language}");
    let answer = session.send("POST", "/language", &headers, &body).await.expect("answers");
    let header =
        |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    (answer.status(), header("location"), header("set-cookie"))
}

#[tokio::test]
async fn a_page_comes_in_the_readers_language() {
    let (server, session) = Server::with_administrator().await;
    for (accepted, language, title) in [
        ("en", "en", "SMTP Configuration"),
        ("pt-PT,pt;q=0.9,en;q=0.5", "pt-BR", "Configuração de SMTP"),
        ("de, es-MX;q=0.2", "es", "Configuración"),
        ("ja", "en", "SMTP Configuration"),
        ("", "en", "SMTP Configuration"),
    ] {
        let (lang, html) = read(&session, HOME, accepted).await;
        assert_eq!(lang, language, "{accepted}");
        assert!(html.contains(title), "{accepted}");
    }
    let (_, html) = read(&server.anonymous(), "/sign-in", "pt").await;
    assert!(html.contains("Nome de usuário") && !html.contains("User name"));
}

#[tokio::test]
async fn ones_own_choice_counts_in_every_browser_and_another_persons_does_not() {
    let (server, session) = Server::with_administrator().await;
    let vera = person(&server, "vera", "viewer").await;
    let (status, location, cookie) = choose(&vera, "pt-BR", "/settings/credentials?name=a&page=2").await;
    assert_eq!((status, location.as_str()), (303, "/settings/credentials?name=a&page=2"));
    assert!(cookie.starts_with("postroom-language=pt-BR; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
    // Without that cookie, and against what the browser asks for.
    assert_eq!(read(&vera, HOME, "es").await.0, "pt-BR");
    assert_eq!(read(&session, HOME, "es").await.0, "es");
    let elsewhere = server.sign_in("vera", crate::harness::PASSWORD).await;
    assert_eq!(read(&elsewhere, HOME, "en").await.0, "pt-BR");
    // A cookie is for who has chosen nothing.
    let with_cookie = |session: &Session, tag: &str| Session {
        cookie: format!("{}; postroom-language={tag}", session.cookie),
        ..session.clone()
    };
    assert_eq!(read(&with_cookie(&vera, "es"), HOME, "en").await.0, "pt-BR");
    assert_eq!(read(&with_cookie(&session, "es"), HOME, "pt").await.0, "es");
    assert_eq!(read(&with_cookie(&server.anonymous(), "es"), "/sign-in", "pt").await.0, "es");
    assert_eq!(read(&with_cookie(&session, "klingon"), HOME, "pt").await.0, "pt-BR");
}

#[tokio::test]
async fn what_is_no_choice_changes_nothing() {
    let (server, session) = Server::with_administrator().await;
    choose(&session, "es", HOME).await;
    for junk in ["", "xx", "pt", "ES", "%00", "es%0d%0aset-cookie:a=b"] {
        let (status, _, cookie) = choose(&session, junk, HOME).await;
        assert_eq!((status, cookie.as_str()), (303, ""), "{junk}");
        assert_eq!(read(&session, HOME, "en").await.0, "es", "{junk}");
    }
    // Nobody signed in: their browser remembers it, and no row does.
    let (status, _, cookie) = choose(&server.anonymous(), "pt-BR", "/sign-in").await;
    assert_eq!(status, 303);
    assert!(cookie.starts_with("postroom-language=pt-BR"), "{cookie}");
    // Another site's form.
    let headers = [("sec-fetch-site", "cross-site"), ("content-type", "application/x-www-form-urlencoded")];
    let answer = session.send("POST", "/language", &headers, "language=en").await.expect("answers");
    assert_eq!(answer.status(), 403);
    assert_eq!(read(&session, HOME, "en").await.0, "es");
}

#[tokio::test]
async fn in_a_frame_the_portals_word_counts() {
    let server = portal().await;
    server.set_up().await;
    let nobody = server.anonymous();
    let frame = "/embed/settings/email/smtp";
    assert_eq!(read(&nobody, &format!("{frame}?locale=es"), "pt").await.0, "es");
    assert_eq!(read(&nobody, &format!("{frame}?locale=xx"), "pt").await.0, "pt-BR");
    let cookie = Session { cookie: "postroom-language=pt-BR".to_owned(), ..nobody.clone() };
    assert_eq!(read(&cookie, frame, "es").await.0, "es", "chosen on a page of ours, and not in the portal");
    assert!(read(&nobody, &format!("{frame}?locale=pt-BR"), "en").await.1.contains("Aguardando a entrada pelo portal"));
}

#[tokio::test]
async fn files_and_prints_are_in_the_language_of_who_asks() {
    let (server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("First") })).await;
    choose(&session, "pt-BR", HOME).await;
    let csv = session.get("/reports/accounts.csv").await.text().await.expect("whole");
    assert!(csv.trim_start_matches('\u{feff}').starts_with("ID,Nome,E-mail do remetente,E-mail de resposta,"), "{csv}");
    assert!(csv.contains(",Sim,"), "{csv}");
    let html = session.get("/reports/accounts/print?name=first").await.text().await.expect("whole");
    for part in [
        "<html lang=\"pt-BR\">",
        "<dt>Impresso por</dt>",
        "<dt>Filtro</dt><dd>Nome “first”</dd>",
        "<dt>Linhas</dt><dd>1 conta</dd>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    let when = html.split("<dt>Data/Hora</dt><dd>").nth(1).and_then(|rest| rest.split("</dd>").next()).expect("when");
    let shape: String = when.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    assert_eq!(shape, "99/99/9999 99:99:99 UTC, como todos os horários aqui");
    let nobody = server.anonymous();
    let headers = [("accept-language", "es"), ("sec-fetch-mode", "navigate")];
    let answer = session.send("GET", "/reports/nothing.csv", &headers, "").await.expect("answers");
    assert_eq!(answer.text().await.expect("whole"), "Isto não existe mais.");
    assert_eq!(nobody.send("GET", "/reports/accounts.csv", &headers, "").await.expect("answers").status(), 303);
}

#[tokio::test]
async fn a_scheduled_report_is_in_the_language_of_who_saved_it() {
    let (server, session) = Server::with_administrator().await;
    session.ask("account_create", json!({ "draft": account("First") })).await;
    choose(&session, "pt-BR", HOME).await;
    let draft = json!({ "name": "Diário", "recipients": "ann@example.org", "start": "2026-01-01" });
    session.ask("schedule_create", json!({ "draft": draft })).await;
    choose(&session, "es", HOME).await;
    // By hand: for who presses.
    session.ask("schedule_send", json!({ "id": 1 })).await;
    assert_eq!(subjects(&session).await, ["Diário – Configuración de SMTP"]);
    let due =
        "UPDATE schedules SET next_at = max(done_until + 1000, (CAST(strftime('%s', 'now') AS INTEGER) - 3600) * 1000)";
    server.sql(due).await;
    let server = Server::start_in(server.kill().await).await;
    let here = session.at(&server);
    let made = async {
        while subjects(&here).await.len() < 2 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), made).await.expect("made");
    assert!(subjects(&here).await.contains(&"Diário – Configuração de SMTP".to_owned()), "{:?}", subjects(&here).await);
}

async fn subjects(session: &Session) -> Vec<String> {
    let query = json!({ "filter": {}, "sort": null, "page": 1, "size": 10 });
    let page = session.ask("report_page", json!({ "report": "outbox", "query": query })).await;
    let cells = |row: &Value| row.as_array().or_else(|| row["cells"].as_array()).cloned().unwrap_or_default();
    let rows = page["rows"].as_array().cloned().unwrap_or_default();
    let texts = rows.iter().flat_map(cells).filter_map(|cell| cell.as_str().map(str::to_owned));
    texts.filter(|text| text.starts_with("Diário – ")).collect()
}
