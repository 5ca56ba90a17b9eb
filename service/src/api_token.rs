//! API tokens: made and shown once, listed, revoked; and whose request one comes with.

use crate::{
    Actor, Answer, ApiToken, Service, audit,
    audit::{listed, token_fields},
    error::{Inside, answer},
};
use domain::{
    Action, Failure, Role, TokenId,
    token::{Token, TokenDraft, TokenMade},
};
use store::{NewTokenRow, ReadTx};

/// Not on each request: a write for each read would make readers wait for the disk.
const USED_EVERY_MS: i64 = 60_000;

impl Service {
    /// The one time that the token itself is seen.
    pub async fn token_create(&self, actor: &Actor, draft: TokenDraft) -> Answer<TokenMade> {
        actor.must(Action::TokensChange)?;
        answer(self.token_insert(actor, &draft)).await
    }

    /// Whoever sits at the machine needs no session.
    pub async fn token_create_from_command_line(&self, name: &str, role: Role) -> Answer<TokenMade> {
        let draft = TokenDraft { name: name.to_owned(), role };
        answer(self.token_insert(&Actor::command_line(), &draft)).await
    }

    /// Revoked ones too.
    pub async fn token_list(&self, actor: &Actor) -> Answer<Vec<Token>> {
        actor.must(Action::TokensRead)?;
        answer(async { Ok(self.inner.store.read().await?.token_list().await?) }).await
    }

    /// From now on it opens nothing, for ever. Doing it twice is well.
    pub async fn token_revoke(&self, actor: &Actor, id: TokenId) -> Answer<()> {
        actor.must(Action::TokensChange)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let token = stored(&mut tx, id).await?;
            if !tx.token_revoke(id, self.inner.clock.now()).await? {
                return Ok(());
            }
            let detail = listed(&token_fields(&token.name, token.role)).join("\n");
            self.audit(&mut tx, actor, audit::TOKEN_REVOKED, token.name.as_str(), detail).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Whose token it is. One that is unknown or revoked is refused, and who shows many of those has to wait;
    /// one in force is never made to wait for what others sent from the same network.
    pub async fn token_actor(&self, shown: Option<&ApiToken>, origin: &str) -> Answer<Actor> {
        answer(async {
            let now = self.inner.clock.now();
            let token = match shown {
                Some(shown) => self.inner.store.read().await?.token_by_hash(&shown.hash()).await?,
                None => None,
            };
            let Some(token) = token.filter(|token| token.revoked_at.is_none()) else {
                let limit = self.inner.limits.take_wrong("tokens", origin, now);
                limit.map_err(|retry_after_s| Failure::TooMany { retry_after_s })?;
                tracing::warn!(origin, "a request with a token that is not in force");
                return Err(Failure::SignedOut.into());
            };
            if token.last_used_at.is_none_or(|at| now.0 - at.0 >= USED_EVERY_MS) {
                let mut tx = self.inner.store.write().await?;
                tx.token_used(token.id, now).await?;
                tx.commit().await?;
            }
            Ok(Actor::token(&token, origin))
        })
        .await
    }

    async fn token_insert(&self, actor: &Actor, draft: &TokenDraft) -> Inside<TokenMade> {
        let new = draft.parse()?;
        let made = ApiToken::make()?;
        let mut tx = self.inner.store.write().await?;
        let (hash, created_at) = (made.hash(), self.inner.clock.now());
        let row = NewTokenRow { new: &new, hash: &hash, created_by: &actor.name, created_at };
        let id = tx.token_insert(&row).await?;
        let detail = listed(&token_fields(&new.name, new.role)).join("\n");
        self.audit(&mut tx, actor, audit::TOKEN_CREATED, new.name.as_str(), detail).await?;
        let token = stored(&mut tx, id).await?;
        tx.commit().await?;
        Ok(TokenMade { token, secret: made.into_secret() })
    }
}

async fn stored(tx: &mut ReadTx, id: TokenId) -> Inside<Token> {
    tx.token_get(id).await?.ok_or_else(|| Failure::NotFound.into())
}
