//! Accounts as a resource.

use super::{
    auth::Asker,
    fields::{ACCOUNT, Field, Object},
    resource::{Id, Outcome, Resource, Shown, answer},
};
use crate::router::AppState;
use axum::{extract::State, http::StatusCode};
use domain::{
    AccountId, Action,
    account::{Account, AccountDraft},
    history::PastTest,
    report::{Query, ReportName},
};
use serde_json::{Value, json};
use service::{Actor, Answer, Service};

pub struct Accounts;

impl Resource for Accounts {
    const NAME: &'static str = "accounts";
    const REPORT: ReportName = ReportName::Accounts;
    const CHANGE: Action = Action::AccountsChange;
    const FIELDS: &'static [Field] = ACCOUNT;
    const READ_ONLY: &'static [&'static str] = &["last_test"];
    type Draft = AccountDraft;

    fn complete(checked: &mut Object) {
        follow_sender(checked);
    }

    async fn list(service: &Service, actor: &Actor, filter: &Query, after: i64, limit: u32) -> Answer<Vec<Shown>> {
        Ok(service.account_list(actor, filter, after, limit).await?.iter().map(shown).collect())
    }

    async fn get(service: &Service, actor: &Actor, id: i64) -> Answer<Shown> {
        service.account_get(actor, AccountId(id)).await.map(|account| shown(&account))
    }

    async fn create(service: &Service, actor: &Actor, draft: AccountDraft) -> Answer<Shown> {
        service.account_create(actor, draft).await.map(|account| shown(&account))
    }

    async fn update(service: &Service, actor: &Actor, id: i64, version: i64, draft: AccountDraft) -> Answer<Shown> {
        service.account_update(actor, AccountId(id), version, draft).await.map(|account| shown(&account))
    }

    async fn delete(service: &Service, actor: &Actor, id: i64, version: Option<i64>) -> Answer<()> {
        service.account_delete_version(actor, AccountId(id), version).await
    }
}

/// Its latest tests, and the certificate seen last.
pub async fn tests(State(state): State<AppState>, Asker(actor): Asker, Id(id): Id) -> Outcome {
    let history = state.service.account_history(&actor, AccountId(id)).await?;
    let certificate = history.certificate.map(|certificate| {
        json!({
            "subject": certificate.subject,
            "fingerprint": certificate.fingerprint,
            "not_after": certificate.not_after.to_rfc3339(),
            "seen_at": certificate.seen_at.to_rfc3339(),
        })
    });
    let items: Vec<_> = history.tests.iter().map(past_test).collect();
    Ok(answer(StatusCode::OK, &json!({ "items": items, "certificate": certificate })))
}

fn past_test(test: &PastTest) -> Object {
    let mut object = object(json!(test));
    let ms = object.remove("ms").unwrap_or_default();
    object.insert("duration_ms".to_owned(), ms);
    object.insert("at".to_owned(), test.at.to_rfc3339().into());
    object
}

/// As in the window, where these addresses follow the sender until they are edited.
pub fn follow_sender(checked: &mut Object) {
    let Some(sender) = checked.get("sender").cloned() else { return };
    for name in ["reply_to", "return_path", "confirmation"] {
        checked.entry(name).or_insert_with(|| sender.clone());
    }
}

fn shown(account: &Account) -> Shown {
    let mut object = object(json!(account));
    let last_test = account.last_test.as_ref().map(|test| {
        json!({
            "passed": test.passed,
            "at": test.at.to_rfc3339(),
            "duration_ms": test.duration_ms,
            "stage": test.stage,
            "reply": test.reply,
        })
    });
    object.insert("last_test".to_owned(), last_test.into());
    for name in ["trusted_ca", "pinned_certificate"] {
        if object.get(name).is_none_or(Value::is_null) {
            object.insert(name.to_owned(), "".into());
        }
    }
    Shown { id: account.id.0, version: account.version, object }
}

/// A struct's JSON is an object.
pub fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        _ => Object::new(),
    }
}
