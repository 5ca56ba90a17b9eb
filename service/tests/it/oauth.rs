//! OAuth 2.0 from a credential to the mailbox: tokens fetched, kept sealed, renewed in time, and what of it nobody ever sees.

use crate::{
    harness::{World, account_draft, actor, diagnosis, errors, settings, silent, test_draft},
    outbox::draft,
};
use domain::{
    Role, Secret,
    account::{Account, AccountDraft},
    connector::ConnectorDraft,
    credential::{Credential, CredentialDraft, CredentialKind, Grant},
    session_test::{Outcome, TestEvent},
};
use service::{CancellationToken, Settings};
use std::sync::{Arc, Mutex};
use testkit::{
    Authority, Leaf, NameServer, Protection, SinkOptions, SmtpSink, TokenAnswer, TokenServer, Zone, token::RSA_KEY,
};

const MAILBOX: &str = "reports@example.com";
const CLIENT_SECRET: &str = "Kx7-geheim-client";
const REFRESH: &str = "1//Kx7-geheim-refresh";
const TOKEN: &str = "ya29.Kx7-geheim-token-0123456789-abcdefghijkl";
const NEWER: &str = "ya29.Kx7-geheim-newer-9876543210-zyxwvutsrqpo";
const HOUR: i64 = 3_600_000;

/// A service, a token endpoint and a mail server that takes these tokens, all of one authority.
struct Stage {
    w: World,
    endpoint: TokenServer,
    sink: SmtpSink,
    _names: NameServer,
}

async fn stage(answers: impl Into<Vec<TokenAnswer>>, tokens: &[&str]) -> Stage {
    let authority = Authority::new("Postroom test CA");
    let names = NameServer::start(Zone::default().a("mail.test", [127, 0, 0, 1])).await;
    let directory = tempfile::tempdir().expect("a directory");
    let ca = directory.path().join("ca.pem");
    std::fs::write(&ca, authority.pem()).expect("writes");
    let settings = Settings { resolver: Some(names.address()), extra_roots: Some(ca), ..settings(&directory) };
    let tls = authority.issue(Leaf::Good).config();
    let options = SinkOptions {
        protection: Protection::Implicit,
        tls: Some(Arc::clone(&tls)),
        tokens: tokens.iter().map(|token| (MAILBOX.to_owned(), (*token).to_owned())).collect(),
        mechanisms: "XOAUTH2",
        ..SinkOptions::default()
    };
    let (endpoint, sink) = (TokenServer::start(tls, answers).await, SmtpSink::start(options).await);
    Stage { w: World::open(directory, settings).await, endpoint, sink, _names: names }
}

impl Stage {
    fn credential_draft(&self, kind: CredentialKind) -> CredentialDraft {
        CredentialDraft {
            name: kind.code().into(),
            kind,
            user_name: MAILBOX.into(),
            client_id: "app-1".into(),
            tenant: "contoso.example".into(),
            token_url: self.endpoint.url("mail.test"),
            secret: Some(Secret::new(CLIENT_SECRET)),
            ..CredentialDraft::default()
        }
    }

    async fn credential(&self, draft: CredentialDraft) -> Credential {
        self.w.service.credential_create(&self.w.admin, draft).await.expect("a credential")
    }

    fn account_draft(&self, credential: &Credential) -> AccountDraft {
        AccountDraft {
            host: "localhost".into(),
            port: self.sink.port().to_string(),
            secure: true,
            authentication: true,
            credential_id: Some(credential.id),
            ..account_draft("Alerts")
        }
    }

    async fn account(&self, credential: &Credential) -> Account {
        self.w.account(self.account_draft(credential)).await
    }

    fn asked(&self, field: &str) -> Vec<String> {
        self.endpoint.forms().iter().map(|form| form.field(field).unwrap_or_default().to_owned()).collect()
    }
}

#[tokio::test]
async fn each_kind_asks_for_its_token_and_sends_with_it() {
    let key_file = format!(
        r#"{{"type": "service_account", "client_email": "robot@project.example", "private_key_id": "key-7", "private_key": {}}}"#,
        serde_json::Value::from(RSA_KEY)
    );
    let refresh = |draft: CredentialDraft| CredentialDraft {
        secret: Some(Secret::new(REFRESH)),
        client_secret: Some(Secret::new(CLIENT_SECRET)),
        ..draft
    };
    for (kind, grant) in [
        (CredentialKind::MicrosoftClientCredentials, "client_credentials"),
        (CredentialKind::GoogleServiceAccount, "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        (CredentialKind::GoogleRefreshToken, "refresh_token"),
        (CredentialKind::OauthTokenEndpoint, "refresh_token"),
    ] {
        let s = stage([TokenAnswer::token(TOKEN, 3600)], &[TOKEN]).await;
        let mut draft = s.credential_draft(kind);
        match kind {
            CredentialKind::GoogleServiceAccount => draft.secret = Some(Secret::new(key_file.as_str())),
            CredentialKind::GoogleRefreshToken => draft = refresh(draft),
            CredentialKind::OauthTokenEndpoint => {
                draft = CredentialDraft { grant: Grant::RefreshToken, ..refresh(draft) }
            }
            _ => {}
        }
        let credential = s.credential(draft).await;
        let account = s.account(&credential).await;
        let done = s.w.test(&account).await;
        assert_eq!(done.outcome, Outcome::Delivered, "{kind:?} {done:?}");
        assert_eq!(s.asked("grant_type"), [grant], "{kind:?}");
        if grant == "refresh_token" {
            assert_eq!(
                (s.asked("refresh_token"), s.asked("client_secret")),
                (vec![REFRESH.to_owned()], vec![CLIENT_SECRET.to_owned()])
            );
        }
    }
}

#[tokio::test]
async fn a_token_is_kept_until_shortly_before_its_end_also_over_a_restart_and_for_deliveries() {
    let s = stage([TokenAnswer::token(TOKEN, 3600), TokenAnswer::token(NEWER, 3600)], &[TOKEN, NEWER]).await;
    let credential = s.credential(s.credential_draft(CredentialKind::MicrosoftClientCredentials)).await;
    let account = s.account(&credential).await;
    s.w.test(&account).await;
    s.w.test(&account).await;
    s.w.submit(draft("one")).await;
    s.w.pump().await;
    assert_eq!((s.endpoint.forms().len(), s.sink.messages().len()), (1, 3));
    s.w.clock.advance(HOUR - 3 * 60_000);
    s.w.test(&account).await;
    assert_eq!(s.endpoint.forms().len(), 1);
    s.w.clock.advance(2 * 60_000);
    s.w.test(&account).await;
    assert_eq!(s.endpoint.forms().len(), 2, "renewed before it ends");
    // Nothing of it stands in the file.
    s.w.service.close().await;
    for name in ["postroom.db", "postroom.db-wal"] {
        let octets = std::fs::read(s.w.directory.path().join(name)).unwrap_or_default();
        for secret in [CLIENT_SECRET, TOKEN, NEWER, "geheim"] {
            assert!(!octets.windows(secret.len()).any(|part| part == secret.as_bytes()), "{name}: {secret}");
        }
    }
}

#[tokio::test]
async fn f77_a_token_that_is_refused_is_renewed_once() {
    let s = stage([TokenAnswer::token("revoked", 3600), TokenAnswer::token(NEWER, 3600)], &[NEWER]).await;
    let credential = s.credential(s.credential_draft(CredentialKind::MicrosoftClientCredentials)).await;
    let account = s.account(&credential).await;
    assert_eq!(s.w.test(&account).await.outcome, Outcome::Delivered);
    s.endpoint.say([TokenAnswer::token("revoked too", 3600)]);
    assert_eq!(s.w.test(&account).await.outcome, Outcome::Delivered, "the newer one was kept");
    assert_eq!(s.endpoint.forms().len(), 2);
}

#[tokio::test]
async fn a_rotated_refresh_token_takes_the_place_of_the_old_one() {
    let rotated = r#"{"access_token": "short-lived", "expires_in": 1, "refresh_token": "1//Kx7-geheim-second"}"#;
    let s = stage([TokenAnswer::json(200, rotated), TokenAnswer::token(TOKEN, 3600)], &["short-lived", TOKEN]).await;
    let draft = CredentialDraft {
        secret: Some(Secret::new(REFRESH)),
        client_secret: Some(Secret::new(CLIENT_SECRET)),
        ..s.credential_draft(CredentialKind::GoogleRefreshToken)
    };
    let credential = s.credential(draft).await;
    let account = s.account(&credential).await;
    for _ in 0..2 {
        assert_eq!(s.w.test(&account).await.outcome, Outcome::Delivered);
    }
    assert_eq!(s.asked("refresh_token"), [REFRESH, "1//Kx7-geheim-second"]);
    assert_eq!(s.asked("client_secret"), [CLIENT_SECRET, CLIENT_SECRET], "which stays with it");
}

#[tokio::test]
async fn what_an_endpoint_refuses_is_told_and_halts_the_account_until_the_secret_changes() {
    let said = TokenAnswer::error(401, "invalid_client", "AADSTS7000222: The provided client secret keys are expired.");
    let s = stage([said], &[TOKEN]).await;
    let credential = s.credential(s.credential_draft(CredentialKind::MicrosoftClientCredentials)).await;
    let account = s.account(&credential).await;
    let done = s.w.test(&account).await;
    assert_eq!((done.outcome, diagnosis(&done)), (Outcome::Failed, "token_client_secret"));
    s.w.submit(draft("one")).await;
    s.w.pump().await;
    let asked = s.endpoint.forms().len();
    s.w.clock.advance(HOUR);
    s.w.pump().await;
    assert_eq!(s.endpoint.forms().len(), asked, "halted");
    s.endpoint.say([TokenAnswer::token(TOKEN, 3600)]);
    let again = CredentialDraft {
        secret: Some(Secret::new("Kx7-geheim-renewed")),
        ..s.credential_draft(CredentialKind::MicrosoftClientCredentials)
    };
    s.w.service.credential_update(&s.w.admin, credential.id, credential.version, again).await.expect("saves");
    s.w.clock.advance(HOUR);
    s.w.pump().await;
    assert_eq!(s.sink.messages().len(), 1);
}

#[tokio::test]
async fn no_secret_and_no_token_is_in_events_log_or_answers() {
    let s = stage([TokenAnswer::token(TOKEN, 3600)], &["another"]).await;
    let credential = s.credential(s.credential_draft(CredentialKind::MicrosoftClientCredentials)).await;
    let account = s.account(&credential).await;
    let told = Arc::new(Mutex::new(String::new()));
    let heard = Arc::clone(&told);
    let events = Arc::new(move |event: TestEvent| {
        let line = serde_json::to_string(&event).expect("serialises");
        heard.lock().expect("unpoisoned").push_str(&line);
    });
    let done =
        s.w.service
            .account_test(&s.w.admin, account.id, test_draft(), events, CancellationToken::new())
            .await
            .expect("ends");
    assert_eq!(diagnosis(&done), "oauth_token_refused", "{done:?}");
    let history = s.w.service.account_history(&s.w.admin, account.id).await.expect("there");
    let stored = s.w.service.credential_get(&s.w.admin, credential.id).await.expect("there");
    let log = s.w.log().await;
    let all = format!("{}{log:?}{history:?}{stored:?}", told.lock().expect("unpoisoned"));
    for secret in [CLIENT_SECRET, TOKEN, "geheim"] {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn an_endpoint_moved_by_hand_gets_no_secret() {
    let s = stage([TokenAnswer::token(TOKEN, 3600)], &[TOKEN]).await;
    let credential = s.credential(s.credential_draft(CredentialKind::MicrosoftClientCredentials)).await;
    let account = s.account(&credential).await;
    let store = s.w.by_hand().await;
    let mut moved = s.credential_draft(CredentialKind::MicrosoftClientCredentials);
    moved.token_url = "https://mail.test:9/token".into();
    let new = moved.parse(None).expect("valid");
    let mut tx = store.write().await.expect("writes");
    assert!(tx.credential_update(credential.id, credential.version, &new).await.expect("updates"));
    tx.commit().await.expect("commits");
    let done = s.w.test(&account).await;
    assert_eq!(diagnosis(&done), "secret_missing");
    assert_eq!(s.endpoint.forms(), []);
}

#[tokio::test]
async fn a_connector_takes_no_token() {
    let s = stage([TokenAnswer::token(TOKEN, 3600)], &[]).await;
    let credential = s.credential(s.credential_draft(CredentialKind::MicrosoftClientCredentials)).await;
    let draft = ConnectorDraft {
        name: "Door".into(),
        host: "127.0.0.1".into(),
        credential_id: Some(credential.id),
        ..ConnectorDraft::default()
    };
    assert_eq!(errors(s.w.service.connector_create(&s.w.admin, draft).await), ["credential_id:credential_for_mail"]);
    let operator = actor(Role::Operator);
    let refused = s.w.service.credential_create(&operator, s.credential_draft(CredentialKind::Password)).await;
    assert_eq!(refused.err(), Some(domain::Failure::Forbidden));
}

#[tokio::test]
async fn of_two_sessions_whose_token_is_refused_one_renews_it() {
    let rotated = format!(r#"{{"access_token": "{NEWER}", "expires_in": 3600, "refresh_token": "1//second"}}"#);
    let answers = [TokenAnswer::token("revoked", 3600), TokenAnswer::json(200, &rotated)];
    let s = stage(answers, &[NEWER]).await;
    let draft = CredentialDraft {
        secret: Some(Secret::new(REFRESH)),
        client_secret: Some(Secret::new(CLIENT_SECRET)),
        ..s.credential_draft(CredentialKind::GoogleRefreshToken)
    };
    let credential = s.credential(draft).await;
    let account = s.account(&credential).await;
    let (first, second) = tokio::join!(s.w.test(&account), s.w.test(&account));
    assert_eq!((first.outcome, second.outcome), (Outcome::Delivered, Outcome::Delivered));
    assert_eq!(s.asked("refresh_token"), [REFRESH, REFRESH], "and nobody shows the one that is used up");
}

#[tokio::test]
async fn a_refresh_token_replaced_in_a_test_of_values_not_saved_is_the_one_that_is_saved() {
    let rotated = format!(r#"{{"access_token": "{TOKEN}", "expires_in": 3600, "refresh_token": "1//second"}}"#);
    let s = stage([TokenAnswer::json(200, &rotated), TokenAnswer::token(NEWER, 3600)], &[TOKEN, NEWER]).await;
    let draft = CredentialDraft {
        secret: Some(Secret::new(REFRESH)),
        client_secret: Some(Secret::new(CLIENT_SECRET)),
        ..s.credential_draft(CredentialKind::GoogleRefreshToken)
    };
    let credential = s.credential(draft).await;
    let unsaved = s.account_draft(&credential);
    let cancel = CancellationToken::new();
    let done = s.w.service.draft_test(&s.w.admin, None, unsaved, test_draft(), silent(), cancel).await.expect("ends");
    assert_eq!(done.outcome, Outcome::Delivered);
    let account = s.account(&credential).await;
    assert_eq!(s.w.test(&account).await.outcome, Outcome::Delivered);
    assert_eq!(s.asked("refresh_token"), [REFRESH, "1//second"]);
}
