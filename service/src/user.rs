//! Users: made, changed, deleted; what ends their sessions.

use crate::{
    Actor, Answer, Service,
    account::must_be,
    audit,
    audit::{changes, listed, user_fields},
    error::{Inside, answer, conflict_unless, invalid},
};
use domain::{
    Action, Failure, Role, Secret, UserId,
    user::{NewUser, User, UserDraft},
};
use store::ReadTx;

impl Service {
    pub async fn user_get(&self, actor: &Actor, id: UserId) -> Answer<User> {
        actor.must(Action::UsersRead)?;
        answer(async { stored(&mut self.inner.store.read().await?, id).await }).await
    }

    pub async fn user_create(&self, actor: &Actor, draft: UserDraft) -> Answer<User> {
        actor.must(Action::UsersChange)?;
        answer(self.user_insert(actor, &draft)).await
    }

    /// Whoever sits at the machine needs no session.
    pub async fn user_create_from_command_line(&self, name: &str, role: Role, password: &Secret) -> Answer<User> {
        let draft = UserDraft { name: name.to_owned(), role, enabled: true, password: Some(password.clone()) };
        answer(self.user_insert(&Actor::command_line(), &draft)).await
    }

    /// A new password, another role and being disabled end the user's sessions at once.
    /// The last enabled administrator stays one.
    pub async fn user_update(&self, actor: &Actor, id: UserId, version: i64, draft: UserDraft) -> Answer<User> {
        actor.must(Action::UsersChange)?;
        answer(async {
            let NewUser { name, role, enabled, password } = draft.parse(false)?;
            // Before the transaction: it takes long, and the store has one writer.
            let hash = match &password {
                Some(password) => Some(self.inner.passwords.hash(password).await?),
                None => None,
            };
            let mut tx = self.inner.store.write().await?;
            let before = stored(&mut tx, id).await?;
            conflict_unless(before.version == version, before.version)?;
            conflict_unless(tx.user_update(id, version, &name, role, enabled).await?, before.version)?;
            let mut lines =
                changes(&user_fields(&before.name, before.role, before.enabled), &user_fields(&name, role, enabled));
            if let Some(hash) = &hash {
                tx.user_password_set(id, hash).await?;
                lines.push("password: replaced".to_owned());
            }
            if hash.is_some() || role != before.role || !enabled {
                tx.session_delete_by_user(id).await?;
            }
            self.audit(&mut tx, actor, audit::USER_CHANGED, name.as_str(), lines.join("\n")).await?;
            let user = stored(&mut tx, id).await?;
            tx.commit().await?;
            Ok(user)
        })
        .await
    }

    /// Who is disabled is signed out everywhere. Only if the user still has that version, where one is named; answers with the
    /// version it has now, where it has changed.
    pub async fn user_set_enabled(
        &self,
        actor: &Actor,
        id: UserId,
        enabled: bool,
        version: Option<i64>,
    ) -> Answer<Option<i64>> {
        actor.must(Action::UsersChange)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let User { name, role, version: stored_version, enabled: was, .. } = stored(&mut tx, id).await?;
            must_be(stored_version, version)?;
            if was == enabled {
                return Ok(None);
            }
            conflict_unless(tx.user_update(id, stored_version, &name, role, enabled).await?, stored_version)?;
            if !enabled {
                tx.session_delete_by_user(id).await?;
            }
            let lines = changes(&user_fields(&name, role, was), &user_fields(&name, role, enabled)).join("\n");
            self.audit(&mut tx, actor, audit::USER_CHANGED, name.as_str(), lines).await?;
            let version = stored(&mut tx, id).await?.version;
            tx.commit().await?;
            Ok(Some(version))
        })
        .await
    }

    pub async fn user_delete(&self, actor: &Actor, id: UserId) -> Answer<()> {
        actor.must(Action::UsersChange)?;
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let user = stored(&mut tx, id).await?;
            tx.user_delete(id).await?;
            let detail = listed(&user_fields(&user.name, user.role, user.enabled)).join("\n");
            self.audit(&mut tx, actor, audit::USER_DELETED, user.name.as_str(), detail).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    async fn user_insert(&self, actor: &Actor, draft: &UserDraft) -> Inside<User> {
        let NewUser { name, role, enabled, password } = draft.parse(true)?;
        let password = password.ok_or_else(|| invalid("password", "required"))?;
        let hash = self.inner.passwords.hash(&password).await?;
        let mut tx = self.inner.store.write().await?;
        let id = tx.user_insert(&name, role, enabled, &hash).await?;
        // Somebody can sign in: the link of the first start is void.
        tx.setup_clear().await?;
        let detail = listed(&user_fields(&name, role, enabled)).join("\n");
        self.audit(&mut tx, actor, audit::USER_CREATED, name.as_str(), detail).await?;
        let user = stored(&mut tx, id).await?;
        tx.commit().await?;
        Ok(user)
    }
}

pub(crate) async fn stored(tx: &mut ReadTx, id: UserId) -> Inside<User> {
    tx.user_get(id).await?.ok_or_else(|| Failure::NotFound.into())
}
