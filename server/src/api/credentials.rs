//! Credentials as a resource. Their secrets are written here and read nowhere.

use super::{
    accounts::object,
    fields::{CREDENTIAL, Field},
    resource::{Resource, Shown},
};
use domain::{
    Action, CredentialId,
    credential::{Credential, CredentialDraft},
    report::{Query, ReportName},
};
use serde_json::json;
use service::{Actor, Answer, Service};

pub struct Credentials;

impl Resource for Credentials {
    const NAME: &'static str = "credentials";
    const REPORT: ReportName = ReportName::Credentials;
    const CHANGE: Action = Action::CredentialsChange;
    const FIELDS: &'static [Field] = CREDENTIAL;
    const READ_ONLY: &'static [&'static str] = &["secret_set_at", "used_by", "destinations", "unbound"];
    type Draft = CredentialDraft;

    async fn list(service: &Service, actor: &Actor, filter: &Query, after: i64, limit: u32) -> Answer<Vec<Shown>> {
        Ok(service.credential_list(actor, filter, after, limit).await?.iter().map(shown).collect())
    }

    async fn get(service: &Service, actor: &Actor, id: i64) -> Answer<Shown> {
        service.credential_get(actor, CredentialId(id)).await.map(|credential| shown(&credential))
    }

    async fn create(service: &Service, actor: &Actor, draft: CredentialDraft) -> Answer<Shown> {
        service.credential_create(actor, draft).await.map(|credential| shown(&credential))
    }

    async fn update(service: &Service, actor: &Actor, id: i64, version: i64, draft: CredentialDraft) -> Answer<Shown> {
        service.credential_update(actor, CredentialId(id), version, draft).await.map(|credential| shown(&credential))
    }

    async fn delete(service: &Service, actor: &Actor, id: i64, version: Option<i64>) -> Answer<()> {
        service.credential_delete_version(actor, CredentialId(id), version).await
    }
}

fn shown(credential: &Credential) -> Shown {
    let mut object = object(json!(credential));
    object.insert("secret_set_at".to_owned(), credential.secret_set_at.to_rfc3339().into());
    Shown { id: credential.id.0, version: credential.version, object }
}
