//! Tests of accounts.

use crate::{Actor, Answer, Service};
use domain::{
    AccountId, Failure,
    account::AccountDraft,
    session_test::{TestDone, TestDraft, TestEvent},
};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Where a running test reports its steps.
pub type Events = Arc<dyn Fn(TestEvent) + Send + Sync>;

impl Service {
    pub async fn account_test(
        &self,
        actor: &Actor,
        id: AccountId,
        test: TestDraft,
        events: Events,
        cancel: CancellationToken,
    ) -> Answer<TestDone> {
        let _ = (actor, id, test, events, cancel);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn draft_test(
        &self,
        actor: &Actor,
        id: Option<AccountId>,
        draft: AccountDraft,
        test: TestDraft,
        events: Events,
        cancel: CancellationToken,
    ) -> Answer<TestDone> {
        let _ = (actor, id, draft, test, events, cancel);
        Err(Failure::Internal { reference: String::new() })
    }
}
