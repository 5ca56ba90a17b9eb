//! Accounts.

use crate::{Actor, Answer, Service};
use domain::{
    AccountId, Failure,
    account::{Account, AccountDraft, Choices},
};

impl Service {
    pub async fn account_get(&self, actor: &Actor, id: AccountId) -> Answer<Account> {
        let _ = (actor, id);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn account_choices(&self, actor: &Actor) -> Answer<Choices> {
        let _ = (actor,);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn account_create(&self, actor: &Actor, draft: AccountDraft) -> Answer<Account> {
        let _ = (actor, draft);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn account_update(
        &self,
        actor: &Actor,
        id: AccountId,
        version: i64,
        draft: AccountDraft,
    ) -> Answer<Account> {
        let _ = (actor, id, version, draft);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn account_set_default(&self, actor: &Actor, id: AccountId) -> Answer<()> {
        let _ = (actor, id);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn account_set_enabled(&self, actor: &Actor, id: AccountId, enabled: bool) -> Answer<()> {
        let _ = (actor, id, enabled);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn account_delete(&self, actor: &Actor, id: AccountId) -> Answer<()> {
        let _ = (actor, id);
        Err(Failure::Internal { reference: String::new() })
    }
}
