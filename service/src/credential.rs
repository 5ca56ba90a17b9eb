//! Credentials.

use crate::{Actor, Answer, Service};
use domain::{
    CredentialId, Failure,
    credential::{Credential, CredentialDraft},
};

impl Service {
    pub async fn credential_get(&self, actor: &Actor, id: CredentialId) -> Answer<Credential> {
        let _ = (actor, id);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn credential_create(&self, actor: &Actor, draft: CredentialDraft) -> Answer<Credential> {
        let _ = (actor, draft);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn credential_update(
        &self,
        actor: &Actor,
        id: CredentialId,
        version: i64,
        draft: CredentialDraft,
    ) -> Answer<Credential> {
        let _ = (actor, id, version, draft);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn credential_delete(&self, actor: &Actor, id: CredentialId) -> Answer<()> {
        let _ = (actor, id);
        Err(Failure::Internal { reference: String::new() })
    }
}
