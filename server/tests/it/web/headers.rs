//! What every answer carries: policies, types, referrers, cookies.

use super::over_https;
use crate::harness::{PASSWORD, Server, Session, account};
use crate::http::Response;
use serde_json::json;
use std::{collections::BTreeSet, sync::Arc};
use tempfile::TempDir;

fn header(answer: &Response, name: &str) -> String {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// One answer of every kind: pages, what is not there, files, data, refusals, streams, failures.
async fn of_every_kind(server: &Server, session: &Session) -> Vec<(String, Response)> {
    let anonymous = server.anonymous();
    session.ask("account_create", json!({ "draft": account("Alerts") })).await;
    let mut answers = Vec::new();
    for path in [
        "/settings/email/smtp",
        "/settings/email/smtp/new",
        "/settings/email/smtp/1/edit",
        "/settings/users",
        "/settings/audit",
        "/settings/parameters",
        "/no/such/page",
        "/settings/no-such-page",
        "/pkg/none.js",
        "/favicon.svg",
        "/healthz",
        "/readyz",
        "/reports/accounts.csv",
        "/reports/accounts/print",
        "/reports/nobody.csv",
        "/api/v1/accounts",
        "/api/v1/openapi.json",
        "/api/v1/nothing",
        "/api/v1/",
    ] {
        answers.push((path.to_owned(), session.get(path).await));
    }
    for path in ["/sign-in", "/setup", "/settings/audit", "/api/v1/accounts"] {
        answers.push((format!("{path}, signed out"), anonymous.get(path).await));
    }
    let test = json!({ "to": "ann@example.com", "subject": "s", "message": "m" });
    answers.push(("a stream".to_owned(), session.post("/api/v1/accounts/1/test", &test).await));
    answers.push(("no right".to_owned(), anonymous.post("/api/v1/test", &json!({})).await));
    answers.push(("no session".to_owned(), anonymous.post("/api/ui/account_get", &json!({ "id": 1 })).await));
    let foreign = [("origin", "https://evil.example")];
    answers.push(("refused".to_owned(), session.send("POST", "/sign-out", &foreign, "").await.expect("answers")));
    answers.push(("not allowed".to_owned(), session.send("PUT", "/healthz", &[], "").await.expect("answers")));
    server.sql("ALTER TABLE accounts RENAME TO gone").await;
    let failed = session.get("/api/v1/accounts").await;
    assert_eq!(failed.status(), 500);
    answers.push(("a failure".to_owned(), failed));
    server.sql("ALTER TABLE gone RENAME TO accounts").await;
    answers
}

#[tokio::test]
async fn w1_w12_every_kind_of_answer_carries_its_policy() {
    let (server, session) = Server::with_administrator().await;
    for (what, answer) in of_every_kind(&server, &session).await {
        let policy = header(&answer, "content-security-policy");
        for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{what}: {policy}");
        }
        for never in ["unsafe-inline", "'unsafe-eval'", "*", "http:", "https:"] {
            assert!(!policy.contains(never), "{what}: {policy}");
        }
        let is_page = header(&answer, "content-type").starts_with("text/html") && policy.contains("connect-src");
        assert!(
            !is_page || (policy.contains("object-src 'none'") && policy.contains("'wasm-unsafe-eval'")),
            "{policy}"
        );
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{what}");
        assert_eq!(header(&answer, "referrer-policy"), "same-origin", "{what}");
        assert_eq!(header(&answer, "cross-origin-opener-policy"), "same-origin", "{what}");
        assert_eq!(header(&answer, "cross-origin-resource-policy"), "same-origin", "{what}");
        assert!(!header(&answer, "cache-control").is_empty(), "{what}");
        assert!(header(&answer, "access-control-allow-origin").is_empty(), "{what}");
    }
}

#[tokio::test]
async fn w2_the_nonce_is_fresh_each_time() {
    let (_server, session) = Server::with_administrator().await;
    let mut seen = BTreeSet::new();
    let nonce_of = |page: &Response| {
        let policy = header(page, "content-security-policy");
        policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned()
    };
    for path in ["/settings/parameters", "/sign-in", "/reports/accounts/print"].iter().cycle().take(1000) {
        let page = session.get(path).await;
        let nonce = nonce_of(&page);
        assert!(nonce.len() >= 22, "128 bits: {nonce}");
        assert_eq!(page.headers()["cache-control"], "no-store");
        assert!(page.text().await.expect("html").contains(&nonce));
        assert!(seen.insert(nonce), "{path}");
    }
    assert_eq!(seen.len(), 1000);
}

#[tokio::test]
async fn w4_a_report_is_one_line_without_queries_and_there_are_few() {
    let (server, session) = Server::with_administrator().await;
    for path in ["/settings/email/smtp", "/sign-in", "/reports/accounts/print"] {
        let page = session.get(path).await;
        assert_eq!(header(&page, "reporting-endpoints"), "csp=\"/csp-reports\"");
        assert!(
            header(&page, "content-security-policy").contains("; report-to csp; report-uri /csp-reports"),
            "{path}"
        );
    }
    let violation = json!({ "documentURL": "https://x.example/settings/users?name=s3cret-Zx81",
        "blockedURL": "https://evil.example/a?token=s3cret-Zx81", "effectiveDirective": "img-src", "disposition": "enforce" });
    let body = json!([
        { "type": "csp-violation", "url": "https://x.example/?s3cret-Zx81", "body": violation },
        { "type": "deprecation", "body": { "message": "s3cret-Zx81" } },
    ]);
    // A browser sends them by itself, with no session and not always an origin.
    let anonymous = server.anonymous();
    let send = async |media: &str, body: &str| {
        let answer = anonymous.send("POST", "/csp-reports", &[("content-type", media)], body).await.expect("answers");
        (answer.status(), header(&answer, "retry-after"))
    };
    assert_eq!(send("application/reports+json", &body.to_string()).await.0, 204);
    let old = json!({ "csp-report": { "document-uri": "https://x.example/old?s3cret-Zx81", "effective-directive": "style-src" } });
    assert_eq!(send("application/csp-report; charset=utf-8", &old.to_string()).await.0, 204);
    assert!(server.logs("https://x.example/old").await);
    let log = server.log().await;
    let lines: Vec<_> = log.lines().filter(|line| line.contains("a page's policy does not allow")).collect();
    assert_eq!(lines.len(), 2, "{log}");
    assert!(lines[0].contains("img-src") && lines[0].contains("\"https://evil.example/a\""), "{}", lines[0]);
    assert!(!log.contains("s3cret-Zx81"));
    for (media, body, status) in [
        ("text/plain", "[]".to_owned(), 415),
        ("application/json", "[]".to_owned(), 415),
        ("application/reports+json", "{".to_owned(), 400),
        ("application/reports+json", format!("[{}]", " ".repeat(8 * 1024)), 413),
        ("application/csp-report", format!("\"{}\"", "x".repeat(100_000)), 413),
    ] {
        assert_eq!(send(media, &body).await.0, status, "{media} {}", body.len());
    }
    let mut taken = 2;
    let retry = loop {
        match send("application/csp-report", &old.to_string()).await {
            (204, _) => taken += 1,
            (status, retry) => {
                assert_eq!(status, 429);
                break retry;
            }
        }
    };
    assert_eq!(taken, 30, "in a minute");
    assert!(retry.parse::<u64>().is_ok_and(|seconds| (1..=60).contains(&seconds)), "{retry}");
    assert_eq!(anonymous.get("/csp-reports").await.status(), 405);
}

#[tokio::test]
async fn w5_pages_ask_for_trusted_types_and_no_data_becomes_markup() {
    let (_server, session) = Server::with_administrator().await;
    for path in ["/settings/email/smtp", "/sign-in", "/no-such-page"] {
        let page = session.get(path).await;
        let only = header(&page, "content-security-policy-report-only");
        assert_eq!(only, "require-trusted-types-for 'script'", "{path}");
    }
    // Whatever makes markup of a text. Each would be a decision, and there is none.
    let mut files = 0;
    for folder in ["app", "frontend"] {
        super::supply::each_file(folder, &mut |path, text| {
            files += 1;
            for door in ["inner_html", "set_inner_html", "outer_html", "insert_adjacent", "document.write", "eval("] {
                assert!(!text.contains(door), "{}: {door}", path.display());
            }
        });
    }
    assert!(files > 50, "{files}");
}

#[tokio::test]
async fn w9_w14_over_https_the_cookie_belongs_to_this_host_alone() {
    let (_server, session, headers) = over_https().await;
    let cookie = headers["set-cookie"].to_str().expect("ascii");
    assert!(cookie.starts_with("__Host-postroom="), "{cookie}");
    for part in ["; Secure", "; HttpOnly", "; Path=/", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.to_lowercase().contains("domain"), "{cookie}");
    assert_eq!(headers["strict-transport-security"], "max-age=31536000");
    for path in ["/settings/email/smtp", "/sign-in", "/pkg/none.js", "/api/v1/accounts", "/healthz", "/no-such"] {
        let seconds = header(&session.get(path).await, "strict-transport-security");
        assert!(
            seconds.strip_prefix("max-age=").is_some_and(|s| s.parse::<u32>().is_ok_and(|s| s >= 31_536_000)),
            "{path}: {seconds}"
        );
    }
    // A cookie of the other name, as another application of the host could plant it, is nobody's.
    let planted = Session { cookie: session.cookie.replace("__Host-", ""), ..session.clone() };
    assert_eq!(planted.get("/settings/email/smtp").await.status(), 303);
    let left = session.form("/sign-out", &[]).await;
    let gone = header(&left, "set-cookie");
    assert!(gone.starts_with("__Host-postroom=;") && gone.contains("; Secure") && gone.contains("Max-Age=0"), "{gone}");
}

#[tokio::test]
async fn w14_the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let server = Server::start().await;
    let form =
        [("token", server.set_up_token.as_deref().expect("first")), ("user_name", "root"), ("password", PASSWORD)];
    let response = server.anonymous().form("/setup", &form).await;
    let cookie = response.headers()["set-cookie"].to_str().expect("ascii");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

#[tokio::test]
async fn w10_every_file_of_a_page_has_its_type() {
    let folder = Arc::new(TempDir::new().expect("a folder"));
    let theme = folder.path().join("theme.json");
    std::fs::write(&theme, r##"{"accent": "#7a1fa2"}"##).expect("written");
    let server = Server::start_with(folder, &[("POSTROOM_THEME_FILE", &theme.display().to_string())]).await;
    let session = server.set_up().await;
    let html = session.get("/settings/email/smtp").await.text().await.expect("html");
    let named = html
        .split(['"', '\'', ' '])
        .filter(|part| part.starts_with("/pkg/") || part.starts_with("/theme.css") || *part == "/favicon.svg");
    let files: BTreeSet<&str> = named.collect();
    assert!(files.len() > 5, "{files:?}");
    let mut kinds = BTreeSet::new();
    for file in files {
        for coding in ["", "gzip", "br"] {
            let asked = [("accept-encoding", coding)];
            let answer = server.anonymous().send("GET", file, &asked, "").await.expect("answers");
            assert_eq!(answer.status(), 200, "{file}");
            let path = file.split('?').next().unwrap_or_default();
            let wanted = match path.rsplit('.').next().unwrap_or_default() {
                "js" => "text/javascript; charset=utf-8",
                "wasm" => "application/wasm",
                "css" => "text/css; charset=utf-8",
                "svg" => "image/svg+xml",
                other => panic!("{other}"),
            };
            assert_eq!(header(&answer, "content-type"), wanted, "{file} {coding}");
            assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{file}");
            kinds.insert(wanted);
        }
    }
    assert_eq!(kinds.len(), 4, "{kinds:?}");
    // What it looks like comes with it, and not as a file.
    assert!(html.contains("@layer") && server.anonymous().get("/style.css").await.status() == 404);
}

#[tokio::test]
async fn w13_no_other_origin_is_let_in_by_any_answer() {
    let (server, session) = Server::with_administrator().await;
    let origins = ["https://evil.example", "null", "http://localhost", server.url.as_str(), "https://mail.example.com"];
    for origin in origins {
        for path in ["/settings/email/smtp", "/api/v1/accounts", "/api/v1/openapi.json", "/favicon.svg", "/healthz"] {
            let asked = [
                ("origin", origin),
                ("access-control-request-method", "POST"),
                ("access-control-request-headers", "authorization, content-type"),
            ];
            for method in ["GET", "OPTIONS"] {
                let answer = session.send(method, path, &asked, "").await.expect("answers");
                let lets_in = answer.headers().keys().find(|name| name.as_str().starts_with("access-control-"));
                assert_eq!(lets_in, None, "{method} {path} for {origin}");
            }
        }
    }
}
