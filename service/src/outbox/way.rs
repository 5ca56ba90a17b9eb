//! Whether an account sends at the moment: the route with its secrets, or what its messages wait for.

use crate::{
    Service,
    error::Inside,
    test::{Plan, Secrets},
};
use domain::{
    AccountId, UnixMillis,
    account::Account,
    destination::Destination,
    message::{Reason, SendingLimits},
    parameters::Parameters,
};
use mailer::Route;
use store::{HaltRecord, ReadTx, SendingState};

/// An account that sends.
pub(super) struct Way {
    pub account: Account,
    pub route: Route,
    /// What it was when this was looked up: where it leads and with what. Another stamp is another way.
    pub stamp: String,
    pub limits: SendingLimits,
    /// Takes over what certainly was not delivered, and sends at the moment.
    pub failover: Option<AccountId>,
    pub parameters: Parameters,
    /// Connections that failed one after another.
    pub failures: u32,
}

pub(super) enum Standing {
    Open(Box<Way>),
    /// Nothing is sent, until then or until somebody does something; meanwhile through another account, if there is one.
    Closed {
        until: Option<UnixMillis>,
        failover: Option<AccountId>,
    },
}

/// An account as it stands, whether or not it was halted.
pub(super) struct Looked {
    pub route: Option<Route>,
    pub problem: Option<Reason>,
    pub stamp: String,
}

impl Service {
    pub(super) async fn way(&self, id: AccountId) -> Inside<Standing> {
        let closed = Standing::Closed { until: None, failover: None };
        let now = self.inner.clock.now();
        let mut tx = self.inner.store.read().await?;
        let (Some(account), Some(state)) = (tx.account_get(id).await?, tx.sending_get(id).await?) else {
            return Ok(closed);
        };
        if state.sending.paused {
            return Ok(closed);
        }
        let Looked { route, problem, stamp } = self.look(&mut tx, &account).await?;
        let failover = usable(&mut tx, state.sending.limits.failover_id, now).await?;
        let parameters = tx.parameters_get().await?;
        drop(tx);
        let halted = state.sending.halted_at.is_some();
        if halted && state.halt_stamp == stamp {
            return Ok(Standing::Closed { until: None, failover });
        }
        let Some(route) = route else {
            let reason = problem.unwrap_or_default();
            self.halt(id, Some(HaltRecord { at: now, reason, stamp })).await?;
            return Ok(Standing::Closed { until: None, failover });
        };
        if halted {
            // Somebody has changed what was wrong, or something else.
            self.halt(id, None).await?;
        }
        let SendingState { sending, .. } = state;
        match sending.retry_at.filter(|at| !halted && *at > now) {
            Some(until) => Ok(Standing::Closed { until: Some(until), failover }),
            None => Ok(Standing::Open(Box::new(Way {
                account,
                route,
                stamp,
                limits: sending.limits,
                failover,
                parameters,
                failures: if halted { 0 } else { sending.failures },
            }))),
        }
    }

    /// Where it leads, or what is in the way.
    pub(super) async fn look(&self, tx: &mut ReadTx, account: &Account) -> Inside<Looked> {
        let plan = self.plan(tx, &account.settings, Secrets::Bound).await?;
        let (route, problem, place) = match plan {
            Plan::Go { .. } if !account.settings.enabled => {
                (None, Some(Reason::new("account_disabled")), plan.place().clone())
            }
            Plan::Go { route, place } => (Some(route), None, place),
            Plan::Stop { diagnosis, place } => {
                let reason = Reason { code: diagnosis.code, params: diagnosis.params, reply: diagnosis.reply };
                (None, Some(reason), place)
            }
        };
        let stamp = stamp(tx, account, &place, problem.as_ref()).await?;
        Ok(Looked { route, problem, stamp })
    }

    /// Nothing more is sent through it until it is changed or resumed; or again.
    pub(super) async fn halt(&self, id: AccountId, halt: Option<HaltRecord>) -> Inside<()> {
        let mut tx = self.inner.store.write().await?;
        tx.sending_halt_set(id, halt.as_ref()).await?;
        tx.commit().await?;
        if let Some(halt) = halt {
            tracing::warn!(account = %id, reason = %halt.reason.code, "an account is halted");
        }
        Ok(())
    }
}

/// All that a halted account's people could have changed about it.
async fn stamp(tx: &mut ReadTx, account: &Account, place: &Destination, problem: Option<&Reason>) -> Inside<String> {
    let credential = match account.settings.credential() {
        Some(id) => tx.credential_get(id).await?,
        None => None,
    };
    let login = credential.map(|c| format!("{} {} {}", c.id, c.user_name, c.secret_set_at.0)).unwrap_or_default();
    let problem = problem.map_or("", |reason| reason.code.as_str());
    Ok(format!("{place} | {login} | {} | {problem}", account.settings.sender))
}

async fn usable(tx: &mut ReadTx, id: Option<AccountId>, now: UnixMillis) -> Inside<Option<AccountId>> {
    let Some(id) = id else { return Ok(None) };
    let (Some(account), Some(state)) = (tx.account_get(id).await?, tx.sending_get(id).await?) else {
        return Ok(None);
    };
    let sending = state.sending;
    let well = account.settings.enabled
        && !sending.paused
        && sending.halted_at.is_none()
        && sending.retry_at.is_none_or(|at| at <= now);
    Ok(well.then_some(id))
}
