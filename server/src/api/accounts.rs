//! Accounts as a resource.

use super::{
    fields::{ACCOUNT, Field, Object},
    resource::{Resource, Shown},
};
use domain::{
    AccountId, Action,
    account::{Account, AccountDraft},
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
    Shown { id: account.id.0, version: account.version, object }
}

/// A struct's JSON is an object.
pub fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        _ => Object::new(),
    }
}
