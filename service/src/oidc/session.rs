//! Sessions of people who came by single sign-on: as those of users, but shorter, since a role may have changed where it comes from.

use super::{Oidc, Person, Settings};
use crate::{
    Actor, Answer, Service, SessionToken,
    actor::{Guest, Via},
    audit,
    audit::listed,
    error::{Inside, answer},
};
use domain::UnixMillis;
use store::{PortalKind, PortalSession, WriteTx};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Unused for so long, a session is over.
const IDLE_MS: i64 = 2 * HOUR_MS;
/// However much it is used, it is over then: a day's work, and the provider is asked again.
const ABSOLUTE_MS: i64 = 8 * HOUR_MS;

impl Service {
    /// Always a new token: one that somebody planted in the browser before is worth nothing.
    pub(super) async fn oidc_session_begin(
        &self,
        settings: &Settings,
        person: &Person,
        origin: &str,
    ) -> Answer<SessionToken> {
        answer(async {
            let now = self.inner.clock.now();
            let token = SessionToken::make_single_sign_on()?;
            let session = PortalSession {
                kind: PortalKind::Oidc,
                subject: person.subject.clone(),
                name: person.name.clone(),
                role: person.role,
                issuer: settings.issuer.clone(),
                embedder: String::new(),
                address: origin.to_owned(),
                created_at: now,
                last_seen_at: now,
                expires_at: now.plus_ms(ABSOLUTE_MS),
            };
            let mut tx = self.inner.store.write().await?;
            tx.portal_session_insert(&token.hash(), &session).await?;
            let detail = listed(&vec![
                ("role", session.role.code().to_owned()),
                ("subject", session.subject.clone()),
                ("issuer", session.issuer.clone()),
            ]);
            let actor = actor_of(&session, origin);
            self.audit(&mut tx, &actor, audit::SIGNED_IN, &session.name, detail.join("\n")).await?;
            tx.commit().await?;
            Ok(token)
        })
        .await
    }

    /// Whose session it is; `None` where it is over, or its issuer's word counts no more.
    pub(crate) async fn oidc_actor(&self, token: &SessionToken, origin: &str) -> Inside<Option<Actor>> {
        let Some(oidc) = &self.inner.oidc else { return Ok(None) };
        let (hash, now) = (token.hash(), self.inner.clock.now());
        let found = self.inner.store.read().await?.portal_session_get(&hash).await?;
        let Some(session) = found.filter(|session| oidc.is_alive(session, now)) else { return Ok(None) };
        // Not on each request: a write for each read would make readers wait for the disk.
        if now.0 - session.last_seen_at.0 >= MINUTE_MS {
            let mut tx = self.inner.store.write().await?;
            tx.portal_session_seen(&hash, now).await?;
            tx.commit().await?;
        }
        Ok(Some(actor_of(&session, origin)))
    }

    /// In the transaction of the sign-out. Nothing is said to the provider: there the person stays signed in.
    pub(crate) async fn oidc_sign_out(&self, tx: &mut WriteTx, token: &SessionToken) -> Inside<()> {
        let hash = token.hash();
        let Some(session) = tx.portal_session_get(&hash).await? else { return Ok(()) };
        tx.portal_session_delete(&hash).await?;
        let actor = actor_of(&session, &session.address);
        self.audit(tx, &actor, audit::SIGNED_OUT, &session.name, String::new()).await
    }
}

impl Oidc {
    fn is_alive(&self, session: &PortalSession, now: UnixMillis) -> bool {
        session.kind == PortalKind::Oidc
            && session.issuer == self.settings.issuer
            && now.0 < session.expires_at.0
            && now.0 - session.last_seen_at.0 < IDLE_MS
    }
}

fn actor_of(session: &PortalSession, origin: &str) -> Actor {
    let guest = Guest { via: Via::OpenId, issuer: session.issuer.clone(), subject: session.subject.clone() };
    Actor::guest(guest, &session.name, session.role, origin)
}
