//! Saved views of reports. One's own are nobody else's business; those for everybody are made by administrators and logged.

use crate::{
    Actor, Answer, Service, audit,
    audit::{changes, listed, view_fields},
    error::{Inside, answer, refused},
};
use domain::{
    Action, Failure, FieldErrors, Label, UserId, ViewId,
    report::{Query, ReportName},
    view::{VIEWS_MAX, View, ViewDraft, Views},
};
use store::{ReadTx, StoredView, WriteTx};

impl Service {
    /// Everybody's, and the reader's own.
    pub async fn view_list(&self, actor: &Actor, report: ReportName) -> Answer<Views> {
        actor.must(report.read_action())?;
        answer(async {
            let all = self.inner.store.read().await?.view_list(report, actor.user).await?;
            let may_share = actor.must(Action::ViewsShare).is_ok();
            Ok(Views { all, may_keep: actor.user.is_some(), may_share })
        })
        .await
    }

    pub async fn view_create(&self, actor: &Actor, draft: ViewDraft) -> Answer<View> {
        actor.must(draft.report.read_action())?;
        let owner = owner(actor, draft.shared)?;
        answer(async {
            let new = draft.parse()?;
            let mut tx = self.inner.store.write().await?;
            if tx.view_count(owner).await? >= VIEWS_MAX {
                return Err(refused("too_many_views", [VIEWS_MAX.to_string().as_str()]).into());
            }
            let id = tx.view_insert(owner, &new).await?;
            if new.shared {
                let detail = listed(&view_fields(&new.name, new.report, &new.query)).join("\n");
                self.audit(&mut tx, actor, audit::VIEW_CREATED, new.name.as_str(), detail).await?;
            }
            tx.commit().await?;
            Ok(View { id, name: new.name, shared: new.shared, query: new.query })
        })
        .await
    }

    pub async fn view_rename(&self, actor: &Actor, id: ViewId, name: &str) -> Answer<View> {
        self.view_change(actor, id, |view| {
            let mut errors = FieldErrors::default();
            view.name = errors.take("name", Label::parse(name)).ok_or(Failure::Invalid { errors })?;
            Ok(())
        })
        .await
    }

    /// From now on it shows that.
    pub async fn view_update(&self, actor: &Actor, id: ViewId, query: Query) -> Answer<View> {
        self.view_change(actor, id, |view| {
            view.query = query.kept();
            Ok(())
        })
        .await
    }

    pub async fn view_delete(&self, actor: &Actor, id: ViewId) -> Answer<()> {
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let StoredView { report, view, .. } = changeable(&mut tx, actor, id).await?;
            tx.view_delete(id).await?;
            if view.shared {
                let detail = listed(&view_fields(&view.name, report, &view.query)).join("\n");
                self.audit(&mut tx, actor, audit::VIEW_DELETED, view.name.as_str(), detail).await?;
            }
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    async fn view_change(
        &self,
        actor: &Actor,
        id: ViewId,
        change: impl FnOnce(&mut View) -> Answer<()>,
    ) -> Answer<View> {
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let StoredView { report, view: before, .. } = changeable(&mut tx, actor, id).await?;
            let mut view = before.clone();
            change(&mut view)?;
            view.query = view.query.cleaned(report.spec());
            self.view_write(&mut tx, actor, report, &before, &view).await?;
            tx.commit().await?;
            Ok(view)
        })
        .await
    }

    async fn view_write(
        &self,
        tx: &mut WriteTx,
        actor: &Actor,
        report: ReportName,
        before: &View,
        view: &View,
    ) -> Inside<()> {
        if view.name != before.name {
            tx.view_rename(view.id, &view.name).await?;
        }
        if view.query != before.query {
            tx.view_set_query(view.id, &view.query).await?;
        }
        if view.shared && view != before {
            let fields = |view: &View| view_fields(&view.name, report, &view.query);
            let detail = changes(&fields(before), &fields(view)).join("\n");
            self.audit(tx, actor, audit::VIEW_CHANGED, view.name.as_str(), detail).await?;
        }
        Ok(())
    }
}

/// Whose a new one is. People without a user row here have none of their own.
fn owner(actor: &Actor, shared: bool) -> Answer<Option<UserId>> {
    if shared {
        actor.must(Action::ViewsShare)?;
        return Ok(None);
    }
    actor.user.map(Some).ok_or(Failure::Forbidden)
}

/// One's own, or one for everybody where one may change those. Another person's is not there.
async fn changeable(tx: &mut ReadTx, actor: &Actor, id: ViewId) -> Inside<StoredView> {
    let stored = tx.view_get(id).await?.filter(|stored| stored.owner.is_none() || stored.owner == actor.user);
    let stored = stored.ok_or(Failure::NotFound)?;
    actor.must(stored.report.read_action())?;
    if stored.view.shared {
        actor.must(Action::ViewsShare)?;
    }
    Ok(stored)
}
