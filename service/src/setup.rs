//! First start: the one-time link that makes the first administrator.

use crate::{
    Actor, Answer, Service, SessionToken, audit,
    audit::{listed, user_fields},
    error::{Inside, answer, invalid, refused},
    random, token,
};
use domain::{
    Failure, Role, Secret,
    user::{NewUser, UserDraft},
};
use store::ReadTx;
use subtle::ConstantTimeEq;

impl Service {
    /// While no user exists: a fresh one-time token. Only its hash is kept, and older ones are void.
    pub async fn setup_token(&self) -> Answer<Option<String>> {
        answer(async {
            let mut tx = self.inner.store.write().await?;
            if tx.user_any().await? {
                return Ok(None);
            }
            let fresh = random::token()?;
            tx.setup_set(&token::hash(&fresh), self.inner.clock.now()).await?;
            tx.commit().await?;
            Ok(Some(fresh))
        })
        .await
    }

    pub async fn setup_is_open(&self) -> Answer<bool> {
        answer(async { Ok(!self.inner.store.read().await?.user_any().await?) }).await
    }

    /// Makes the first administrator and signs them in. The token is dead afterwards.
    pub async fn setup_complete(
        &self,
        token: &str,
        name: &str,
        password: &Secret,
        origin: &str,
    ) -> Answer<SessionToken> {
        answer(async {
            let now = self.inner.clock.now();
            // One bucket of its own name, so that guessing here does not lock anybody out of signing in.
            let limits = &self.inner.limits;
            limits.take("set-up", origin, now).map_err(|retry_after_s| Failure::TooMany { retry_after_s })?;
            // Before the password is hashed: that is only for whoever has the token.
            check_token(&mut *self.inner.store.write().await?, token).await?;
            limits.succeeded("set-up", origin);
            let draft = UserDraft {
                name: name.to_owned(),
                role: Role::Administrator,
                enabled: true,
                password: Some(password.clone()),
            };
            let NewUser { name, role, enabled, password } = draft.parse(true)?;
            let password = password.ok_or_else(|| invalid("password", "required"))?;
            let hash = self.inner.passwords.hash(&password).await?;
            let mut tx = self.inner.store.write().await?;
            check_token(&mut tx, token).await?;
            let id = tx.user_insert(&name, role, enabled, &hash).await?;
            tx.setup_clear().await?;
            let actor = Actor::new(Some(id), name.as_str(), role, origin);
            let detail = listed(&user_fields(&name, role, enabled)).join("\n");
            self.audit(&mut tx, &actor, audit::USER_CREATED, name.as_str(), detail).await?;
            let session = self.session_begin(&mut tx, &actor, id).await?;
            tx.commit().await?;
            Ok(session)
        })
        .await
    }
}

async fn check_token(tx: &mut ReadTx, token: &str) -> Inside<()> {
    if tx.user_any().await? {
        return Err(refused("setup_closed", []).into());
    }
    let right = tx.setup_hash().await?.is_some_and(|hash| hash.ct_eq(&token::hash(token)).into());
    if right { Ok(()) } else { Err(refused("setup_token", []).into()) }
}
