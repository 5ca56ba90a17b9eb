//! What is kept of a test: its steps with their times, how it ended, and the certificate that was shown.

use crate::{Actor, Answer, Service, account, error::answer};
use domain::{
    AccountId, Action, UnixMillis,
    history::{LastCertificate, PastTest, StepTime, TestHistory},
    session_test::{CertificateInfo, StepState, TestDone, TestEvent, TestMode},
};
use std::sync::{Mutex, PoisonError};
use store::TestRecord;

/// What a running test has shown so far.
#[derive(Default)]
pub(crate) struct Seen(Mutex<(Vec<StepTime>, Option<CertificateInfo>)>);

impl Seen {
    pub(crate) fn note(&self, event: &TestEvent) {
        let TestEvent::Step(event) = event else { return };
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if event.state != StepState::Running {
            seen.0.push(StepTime { step: event.step, state: event.state, ms: event.ms });
        }
        if let Some(own) = event.certificates.first() {
            seen.1 = Some(own.clone());
        }
    }

    pub(crate) fn record(self, at: UnixMillis, actor: &str, mode: TestMode, done: &TestDone) -> TestRecord {
        let (steps, certificate) = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let diagnosis = done.diagnosis.as_ref();
        let words = diagnosis.map(|d| if d.reply.is_empty() { d.code.clone() } else { d.reply.clone() });
        let test = PastTest {
            id: 0,
            at,
            actor: actor.to_owned(),
            mode,
            outcome: done.outcome,
            ms: done.ms,
            stage: done.stage,
            reply: words.unwrap_or_else(|| done.reply.clone()),
            steps,
            diagnosis: done.diagnosis.clone(),
        };
        let certificate = certificate.and_then(|shown| {
            Some(LastCertificate {
                not_after: UnixMillis::from_rfc3339(&shown.not_after)?,
                subject: shown.subject,
                fingerprint: shown.fingerprint,
                seen_at: at,
            })
        });
        TestRecord { test, certificate }
    }
}

impl Service {
    pub async fn account_history(&self, actor: &Actor, id: AccountId) -> Answer<TestHistory> {
        actor.must(Action::AccountsRead)?;
        answer(async {
            let mut tx = self.inner.store.read().await?;
            let account = account::stored(&mut tx, id).await?;
            Ok(TestHistory {
                account: account.settings.name.to_string(),
                tests: tx.test_list(id, domain::history::KEPT).await?,
                certificate: tx.test_certificate(id).await?,
            })
        })
        .await
    }
}
