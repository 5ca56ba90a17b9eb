//! Access tokens: what their endpoint is asked, what it answers, and how a session uses them.

mod faults;
mod mechanisms;
mod refusals;

use crate::support::*;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::account::Security;
use mailer::{AccessToken, AccountLogin, Grant, Mailer, Route, TokenFault, TokenRequest, TokenSource};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use std::{
    pin::Pin,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use testkit::{TokenAnswer, TokenForm, TokenServer, token::RSA_KEY, token::RSA_PUBLIC_KEY};

/// With the word that the harness looks for in everything a session tells.
const CLIENT_SECRET: &str = "s3cret & +client/~";
const TOKEN: &str = "ya29.s3cret-TOKEN-0123456789-abcdefghijklmnopqrstuvwxyz";
const NEWER: &str = "ya29.s3cret-NEWER-9876543210-zyxwvutsrqponmlkjihgfedcba";
const MAILBOX: &str = "reports@example.com";

fn client_credentials() -> Grant {
    Grant::ClientCredentials { client_id: "app-1".into(), client_secret: CLIENT_SECRET.into() }
}

fn refresh_token(client_secret: Option<&str>) -> Grant {
    Grant::RefreshToken {
        client_id: "app-2".into(),
        client_secret: client_secret.map(SecretString::from),
        refresh_token: "1//s3cret-refresh".into(),
    }
}

fn service_account(private_key: &str) -> Grant {
    Grant::ServiceAccount {
        issuer: "robot@project.iam.example.com".into(),
        subject: MAILBOX.into(),
        key_id: Some("key-7".into()),
        private_key: private_key.into(),
    }
}

async fn endpoint(answers: impl Into<Vec<TokenAnswer>>) -> TokenServer {
    TokenServer::start(good_tls(), answers).await
}

fn request(endpoint: &str, scope: &str, grant: Grant) -> TokenRequest {
    TokenRequest { endpoint: endpoint.to_owned(), scope: scope.to_owned(), grant }
}

async fn fetch_with(mailer: &Mailer, request: &TokenRequest, limit: Duration) -> Result<AccessToken, TokenFault> {
    let (_server, names) = names().await;
    mailer.fetch_token(request, &names, limit).await
}

async fn fetch(request: &TokenRequest) -> Result<AccessToken, TokenFault> {
    fetch_with(&mailer(), request, Duration::from_secs(10)).await
}

/// Asks the endpoint each time, and keeps how it was asked itself.
#[derive(Debug)]
struct Source {
    mailer: Mailer,
    request: TokenRequest,
    limit: Duration,
    asked: Mutex<Vec<bool>>,
}

impl Source {
    fn of(url: &str, grant: Grant) -> Arc<Self> {
        let request = request(url, "https://mail.google.com/", grant);
        Arc::new(Self { mailer: mailer(), request, limit: Duration::from_secs(5), asked: Mutex::default() })
    }

    fn asked(&self) -> Vec<bool> {
        self.asked.lock().expect("unpoisoned").clone()
    }
}

impl TokenSource for Source {
    fn token(&self, fresh: bool) -> Pin<Box<dyn Future<Output = Result<SecretString, TokenFault>> + Send + '_>> {
        self.asked.lock().expect("unpoisoned").push(fresh);
        Box::pin(async move { Ok(fetch_with(&self.mailer, &self.request, self.limit).await?.token) })
    }
}

/// A route that logs in with tokens of that endpoint.
async fn route_with(port: u16, security: Security, answers: &[TokenAnswer]) -> (Route, Arc<Source>, TokenServer) {
    let server = endpoint(answers).await;
    let source = Source::of(&server.url("mail.test"), client_credentials());
    (bearing(port, security, &source), source, server)
}

fn bearing(port: u16, security: Security, source: &Arc<Source>) -> Route {
    let tokens: Arc<dyn TokenSource> = Arc::clone(source) as _;
    Route { login: Some(AccountLogin::OAuth { user_name: MAILBOX.into(), tokens }), ..route(port, security) }
}

fn fields(form: &TokenForm) -> Vec<(&str, &str)> {
    form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn an_application_asks_for_itself() {
    let server = endpoint([TokenAnswer::token(TOKEN, 3599)]).await;
    let asked = request(&server.url("mail.test"), "https://outlook.office365.com/.default", client_credentials());
    let token = fetch(&asked).await.expect("a token");
    assert_eq!((token.token.expose_secret(), token.expires_in), (TOKEN, Duration::from_secs(3599)));
    assert!(token.refresh_token.is_none());
    let forms = server.forms();
    let wanted = [
        ("grant_type", "client_credentials"),
        ("client_id", "app-1"),
        ("client_secret", CLIENT_SECRET),
        ("scope", "https://outlook.office365.com/.default"),
    ];
    assert_eq!(fields(&forms[0]), wanted);
    assert_eq!(forms[0].head[0], "POST /tenant/token HTTP/1.1");
    let head = forms[0].head.join("\n").to_ascii_lowercase();
    assert!(head.contains("\ncontent-type: application/x-www-form-urlencoded"), "{head}");
    assert!(head.contains(&format!("\nhost: mail.test:{}", server.port())), "{head}");
    assert!(head.contains("\naccept: application/json") && !head.contains("authorization"), "{head}");
}

#[tokio::test]
async fn a_refresh_token_is_sent_and_may_be_rotated() {
    for (rotated, wanted) in [("1//s3cret-next", Some("1//s3cret-next")), ("1//s3cret-refresh", None)] {
        let body = format!(r#"{{"access_token":"{TOKEN}","expires_in":"60","refresh_token":"{rotated}"}}"#);
        let server = endpoint([TokenAnswer::json(200, &body)]).await;
        let token = fetch(&request(&server.url("mail.test"), "", refresh_token(None))).await.expect("a token");
        assert_eq!(token.refresh_token.as_ref().map(ExposeSecret::expose_secret), wanted);
        assert_eq!(token.expires_in, Duration::from_mins(1));
        let wanted = [("grant_type", "refresh_token"), ("client_id", "app-2"), ("refresh_token", "1//s3cret-refresh")];
        assert_eq!(fields(&server.forms()[0]), wanted);
    }
    let server = endpoint([TokenAnswer::token(TOKEN, 1)]).await;
    fetch(&request(&server.url("mail.test"), "a b", refresh_token(Some(CLIENT_SECRET)))).await.expect("a token");
    let form = server.forms().remove(0);
    assert_eq!((form.field("client_secret"), form.field("scope")), (Some(CLIENT_SECRET), Some("a b")));
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "an assertion is for the real time")]
async fn a_service_account_signs_for_its_mailbox() {
    // As in the file that Google gives, and as somebody copies it out of there.
    for key in [RSA_KEY.to_owned(), RSA_KEY.replace('\n', "\\n")] {
        let server = endpoint([TokenAnswer::token(TOKEN, 3600)]).await;
        let url = server.url("mail.test");
        let before = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        fetch(&request(&url, "https://mail.google.com/", service_account(&key))).await.expect("a token");
        let form = server.forms().remove(0);
        assert_eq!(form.fields.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["grant_type", "assertion"]);
        assert_eq!(form.field("grant_type"), Some("urn:ietf:params:oauth:grant-type:jwt-bearer"));
        let assertion = form.field("assertion").expect("an assertion");
        let (signed, signature) = assertion.rsplit_once('.').expect("three parts");
        let decode = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).expect("base64url");
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, RSA_PUBLIC_KEY)
            .verify(signed.as_bytes(), &decode(signature))
            .expect("the key's signature");
        let (header, claims) = signed.split_once('.').expect("two parts");
        let parsed = |part: &str| serde_json::from_slice::<Value>(&decode(part)).expect("JSON");
        assert_eq!(parsed(header), json!({ "alg": "RS256", "typ": "JWT", "kid": "key-7" }));
        let claims = parsed(claims);
        let now = claims["iat"].as_u64().expect("a time");
        assert!((before..before + 60).contains(&now), "{claims}");
        let wanted = json!({
            "iss": "robot@project.iam.example.com",
            "sub": MAILBOX,
            "scope": "https://mail.google.com/",
            "aud": url,
            "iat": now,
            "exp": now + 3600,
        });
        assert_eq!(claims, wanted);
    }
}

#[tokio::test]
async fn answers_are_read_leniently() {
    let minutes = |minutes: u64| Ok(Duration::from_secs(60 * minutes));
    for (body, wanted) in [
        (r#"{"access_token":"a","token_type":"bearer","expires_in":120}"#, minutes(2)),
        (r#"{"access_token":"a","token_type":"BEARER","expires_in":" 120 ","more":[]}"#, minutes(2)),
        (r#"{"access_token":"a","expires_in":120.9}"#, minutes(2)),
        (r#"{"access_token":"a"}"#, minutes(5)),
        (r#"{"access_token":"a","expires_in":null}"#, minutes(5)),
        (r#"{"access_token":"a","expires_in":-1}"#, minutes(5)),
        (r#"{"access_token":"a","expires_in":18446744073709551615}"#, minutes(30 * 24 * 60)),
        (r#"{"access_token":"a","token_type":"mac"}"#, Err("token_type")),
        (r#"{"access_token":""}"#, Err("no_token")),
        (r#"{"access_token":7}"#, Err("no_token")),
        (r#"{"access_token":"a\u0001b"}"#, Err("no_token")),
        (r#"{"access_token":"a b"}"#, Err("no_token")),
        (r#"{"token":"a"}"#, Err("no_token")),
        (r#"["a"]"#, Err("not_json")),
        ("access_token=a", Err("not_json")),
        ("", Err("not_json")),
    ] {
        let server = endpoint([TokenAnswer::json(200, body)]).await;
        let got = fetch(&request(&server.url("mail.test"), "", client_credentials())).await;
        match (got, wanted) {
            (Ok(token), Ok(wanted)) => assert_eq!(token.expires_in, wanted, "{body}"),
            (Err(fault), Err(reason)) => {
                assert_eq!((fault.cause.code(), fault.params[1].as_str()), ("token_protocol", reason), "{body}");
                assert!(!fault.answer.contains("a b") && fault.answer.starts_with("200"), "{fault}");
            }
            (got, wanted) => panic!("{body}: {got:?} instead of {wanted:?}"),
        }
    }
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    for grant in [client_credentials(), refresh_token(Some(CLIENT_SECRET)), service_account(RSA_KEY)] {
        let body = format!(r#"{{"access_token":"{TOKEN}","refresh_token":"s3cret-other"}}"#);
        let server = endpoint([TokenAnswer::json(200, &body)]).await;
        let source = Source::of(&server.url("mail.test"), grant);
        let token = fetch(&source.request).await.expect("a token");
        let shown = format!("{:?} {token:?} {:#?}", source.request, bearing(25, Security::None, &source));
        assert!(!shown.contains("s3cret") && !shown.contains("PRIVATE"), "{shown}");
    }
}
