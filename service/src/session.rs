//! Signing in and out, and who a session belongs to. Sessions are in the store: they survive a restart, and end everywhere at once.

use crate::{
    Actor, Answer, Service, SessionToken,
    actor::Via,
    audit,
    error::{Inside, answer, invalid, refused},
};
use domain::{Action, Failure, Secret, UnixMillis, UserId, user::password_error, value::fold};
use std::time::Duration;
use store::{PortalKind, Session, WriteTx};
use tokio::time::sleep;
use words::Language;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// How often a test or a download asks whether it may go on.
const STILL_THERE: Duration = Duration::from_secs(2);
/// Unused for so long, a session is over.
const IDLE_MS: i64 = 12 * HOUR_MS;
/// However much it is used, it is over then.
const ABSOLUTE_MS: i64 = 7 * 24 * HOUR_MS;

impl Service {
    /// Says the same, after about the same time, to who does not exist, is disabled or has the password wrong.
    pub async fn sign_in(&self, name: &str, password: &Secret, origin: &str) -> Answer<SessionToken> {
        answer(async {
            let now = self.inner.clock.now();
            let limits = &self.inner.limits;
            limits.take(name, origin, now).map_err(|retry_after_s| Failure::TooMany { retry_after_s })?;
            let mut tx = self.inner.store.read().await?;
            let user = tx.user_by_name(&fold(name.trim())).await?;
            let hash = match &user {
                Some(user) => tx.user_password_hash(user.id).await?,
                None => None,
            };
            drop(tx);
            let right = self.inner.passwords.verify(password, hash.clone()).await?;
            let mut tx = self.inner.store.write().await?;
            // As it is now: while the password was being checked, the user may have been disabled or given another.
            let now_stored = match &user {
                Some(user) => tx.user_get(user.id).await?.zip(tx.user_password_hash(user.id).await?),
                None => None,
            };
            let user = match now_stored {
                Some((user, hash_now)) if right && user.enabled && hash.as_ref() == Some(&hash_now) => user,
                _ => {
                    // What was typed as a name may be a password: only names that exist are written down.
                    let subject = user.map(|user| user.name.to_string()).unwrap_or_default();
                    let nobody = Actor::new(None, "", domain::Role::Viewer, origin);
                    self.audit(&mut tx, &nobody, audit::SIGN_IN_REFUSED, &subject, String::new()).await?;
                    tx.commit().await?;
                    return Err(refused("credentials", []).into());
                }
            };
            limits.succeeded(name, origin);
            let actor = Actor::new(Some(user.id), user.name.as_str(), user.role, origin);
            let token = self.session_begin(&mut tx, &actor, user.id).await?;
            tx.commit().await?;
            Ok(token)
        })
        .await
    }

    /// The token is dead afterwards, wherever it is.
    pub async fn sign_out(&self, token: &SessionToken) -> Answer<()> {
        answer(async {
            let hash = token.hash();
            let mut tx = self.inner.store.write().await?;
            if token.is_single_sign_on() {
                self.oidc_sign_out(&mut tx, token).await?;
                tx.commit().await?;
                return Ok(());
            }
            let Some(session) = tx.session_get(&hash).await? else { return Ok(()) };
            tx.session_delete(&hash).await?;
            if let Some(user) = tx.user_get(session.user_id).await? {
                let actor = Actor::new(Some(user.id), user.name.as_str(), user.role, &session.origin);
                self.audit(&mut tx, &actor, audit::SIGNED_OUT, user.name.as_str(), String::new()).await?;
            }
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Whose session it is; `None` where it is over or its user is disabled.
    pub async fn actor(&self, token: &SessionToken, origin: &str) -> Answer<Option<Actor>> {
        answer(async {
            if token.is_single_sign_on() {
                return self.oidc_actor(token, origin).await;
            }
            let (hash, now) = (token.hash(), self.inner.clock.now());
            let mut tx = self.inner.store.read().await?;
            let Some(session) = tx.session_get(&hash).await?.filter(|session| is_alive(session, now)) else {
                return Ok(None);
            };
            let Some(user) = tx.user_get(session.user_id).await?.filter(|user| user.enabled) else { return Ok(None) };
            let (tastes, language) = tx.tastes_of_user(user.id).await?;
            drop(tx);
            // Not on each request: a write for each read would make readers wait for the disk.
            if now.0 - session.last_seen_at.0 >= MINUTE_MS {
                let mut tx = self.inner.store.write().await?;
                tx.session_seen(&hash, now).await?;
                tx.commit().await?;
            }
            let mut actor = Actor::new(Some(user.id), user.name.as_str(), user.role, origin);
            actor.session = Some(hash);
            actor.language = language.as_deref().and_then(Language::parse);
            actor.tastes = tastes;
            Ok(Some(actor))
        })
        .await
    }

    /// Returns when the session or token that somebody came with is no longer in force; never, where they came with none.
    /// For what goes on long after it was allowed.
    pub(crate) async fn no_longer_in_force(&self, actor: &Actor) {
        loop {
            sleep(STILL_THERE).await;
            match self.is_in_force(actor).await {
                Ok(true) => {}
                Ok(false) => return,
                // What is not known ends nothing: whoever asked has been told of the store already.
                Err(error) => tracing::warn!(%error, "whether a session is still in force is not known"),
            }
        }
    }

    pub(crate) async fn is_in_force(&self, actor: &Actor) -> Inside<bool> {
        let now = self.inner.clock.now();
        let mut tx = self.inner.store.read().await?;
        if let Some(hash) = &actor.session {
            let session = tx.session_get(hash).await?.filter(|session| is_alive(session, now));
            let user = match session {
                Some(session) => tx.user_get(session.user_id).await?,
                None => None,
            };
            return Ok(user.is_some_and(|user| user.enabled));
        }
        if let Some(guest) = &actor.guest {
            let kind = match guest.via {
                Via::Portal => PortalKind::Embed,
                Via::OpenId => PortalKind::Oidc,
                // The proxy says it of each request.
                Via::Proxy => return Ok(true),
            };
            return Ok(tx.portal_session_any(kind, &guest.issuer, &guest.subject, now).await?);
        }
        match actor.token {
            Some(id) => Ok(tx.token_get(id).await?.is_some_and(|token| token.revoked_at.is_none())),
            None => Ok(true),
        }
    }

    /// Ends the user's other sessions.
    pub async fn password_change(&self, actor: &Actor, current: &Secret, new: &Secret) -> Answer<()> {
        actor.must(Action::OwnPasswordChange)?;
        answer(async {
            let id = actor.user.ok_or(Failure::Forbidden)?;
            if let Some(code) = password_error(new) {
                return Err(invalid("new", code).into());
            }
            let limits = &self.inner.limits;
            let now = self.inner.clock.now();
            limits.take(&actor.name, &actor.origin, now).map_err(|retry_after_s| Failure::TooMany { retry_after_s })?;
            let stored = self.inner.store.read().await?.user_password_hash(id).await?;
            if !self.inner.passwords.verify(current, stored).await? {
                return Err(invalid("current", "password_wrong").into());
            }
            limits.succeeded(&actor.name, &actor.origin);
            let hash = self.inner.passwords.hash(new).await?;
            let mut tx = self.inner.store.write().await?;
            tx.user_password_set(id, &hash).await?;
            match &actor.session {
                Some(session) => tx.session_delete_others(id, session).await?,
                None => tx.session_delete_by_user(id).await?,
            };
            self.audit(&mut tx, actor, audit::PASSWORD_CHANGED, &actor.name, String::new()).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Always a new token: one that somebody planted in the browser before is worth nothing.
    pub(crate) async fn session_begin(&self, tx: &mut WriteTx, actor: &Actor, id: UserId) -> Inside<SessionToken> {
        let now = self.inner.clock.now();
        let token = SessionToken::make()?;
        tx.session_delete_expired(UnixMillis(now.0 - ABSOLUTE_MS), UnixMillis(now.0 - IDLE_MS)).await?;
        let session = Session { user_id: id, created_at: now, last_seen_at: now, origin: actor.origin.clone() };
        tx.session_insert(&token.hash(), &session).await?;
        tx.user_signed_in(id, now).await?;
        self.audit(tx, actor, audit::SIGNED_IN, &actor.name, String::new()).await?;
        Ok(token)
    }
}

const fn is_alive(session: &Session, now: UnixMillis) -> bool {
    now.0 - session.last_seen_at.0 < IDLE_MS && now.0 - session.created_at.0 < ABSOLUTE_MS
}
