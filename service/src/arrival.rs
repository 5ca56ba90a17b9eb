//! "Will it arrive?": an account's sender looked at through the DNS and the web. What is found is worked out in `arrival`.

mod outside;

use crate::{
    Actor, Answer, Service, account, audit,
    error::{Inside, answer},
};
use ::arrival::{Subject, examine, signatures};
use domain::{
    AccountId, Action,
    account::NewAccount,
    arrival::{ArrivalDraft, ArrivalReport, ArrivalRequest, Basis, Check, Finding, Verdict},
};
use mailer::Names;
use outside::Outside;
use std::{net::IpAddr, time::Duration};
use tokio::time::Instant;

/// For all of it. What has no answer by then is called unknown.
const TOTAL: Duration = Duration::from_secs(20);

impl Service {
    /// Looks at a stored account's sender, enabled or not. Nothing is sent, and the account's server is not dialled.
    pub async fn arrival_check(&self, actor: &Actor, id: AccountId, draft: ArrivalDraft) -> Answer<ArrivalReport> {
        actor.must(Action::AccountsTest)?;
        answer(async {
            let request = draft.parse()?;
            let _slot = self.inner.checks.take(actor)?;
            let settings = account::stored(&mut self.inner.store.read().await?, id).await?.settings;
            let report = self.arrival_look(&settings, request).await;
            self.arrival_note(actor, &settings, &report).await?;
            Ok(report)
        })
        .await
    }

    async fn arrival_look(&self, settings: &NewAccount, request: ArrivalRequest) -> ArrivalReport {
        let began = Instant::now();
        let outside = Outside::new(&self.inner.mailer, Names::of(self.inner.resolver), began + TOTAL, self.inner.https);
        let (addresses, basis) = sending_addresses(settings, &request, &outside).await;
        let copy = Some(request.returned_copy.trim()).filter(|copy| !copy.is_empty());
        let subject = Subject {
            from: settings.sender.domain_ascii().to_ascii_lowercase(),
            envelope: settings.return_path.domain_ascii().to_ascii_lowercase(),
            local: settings.return_path.local().to_owned(),
            helo: settings.host.ascii().to_owned(),
            addresses,
            selectors: request.selectors,
            signatures: copy.map(signatures),
        };
        let findings = examine(outside, &subject).await;
        ArrivalReport {
            verdict: findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Unknown),
            sender_domain: subject.from,
            envelope_domain: subject.envelope,
            sending_addresses: subject.addresses.iter().map(IpAddr::to_string).collect(),
            basis,
            findings,
            ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        }
    }

    async fn arrival_note(&self, actor: &Actor, settings: &NewAccount, report: &ArrivalReport) -> Inside<()> {
        let mut lines = vec![format!("sender: {}", report.sender_domain)];
        if report.envelope_domain != report.sender_domain {
            lines.push(format!("envelope sender: {}", report.envelope_domain));
        }
        if !report.sending_addresses.is_empty() {
            lines.push(format!("from: {}", report.sending_addresses.join(", ")));
        }
        lines.extend(Check::ALL.into_iter().filter_map(|check| {
            let worst = |finding: &Finding| (finding.check == check).then_some(finding.verdict);
            report
                .findings
                .iter()
                .filter_map(worst)
                .max()
                .map(|verdict| format!("{}: {}", check.code(), verdict.code()))
        }));
        let mut tx = self.inner.store.write().await?;
        self.audit(&mut tx, actor, audit::ACCOUNT_CHECKED, settings.name.as_str(), lines.join("\n")).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Those that were typed, else those that the account's server has: most send from where they listen.
async fn sending_addresses(
    settings: &NewAccount,
    request: &ArrivalRequest,
    outside: &Outside<'_>,
) -> (Vec<IpAddr>, Basis) {
    if !request.sending_addresses.is_empty() {
        return (request.sending_addresses.clone(), Basis::Typed);
    }
    let mut found = match settings.host.ip() {
        Some(ip) => vec![ip.to_canonical()],
        None => outside.addresses(settings.host.ascii()).await,
    };
    found.truncate(ArrivalDraft::MAX_ADDRESSES);
    let basis = match (found.is_empty(), settings.connector()) {
        (true, _) => Basis::None,
        (false, None) => Basis::Host,
        (false, Some(_)) => Basis::HostBehindConnector,
    };
    (found, basis)
}
