//! Saved views of a report: opened with one press, saved, renamed, brought up to date, deleted.

mod form;
mod list;

use crate::{
    api::{Answer, ApiFailure, views as api},
    locales::use_words,
    mount::is_framed,
    ui::{
        browser::copy,
        menu,
        notice::{Notice, Skeleton},
        report::{State, address::with_query, tools},
        toast::{Toasts, use_toasts},
    },
};
use domain::{
    Failure, ViewId,
    report::Query,
    view::{View, ViewDraft, Views},
};
use leptos::{prelude::*, task::spawn_local};

/// What the panel shows.
#[derive(Debug, Clone, PartialEq)]
enum Face {
    List,
    Save,
    Rename(View),
    Delete(View),
}

/// The panel's state; a handle that is copied freely.
#[derive(Clone, Copy)]
struct Panel {
    state: State,
    views: RwSignal<Option<Answer<Views>>>,
    face: RwSignal<Face>,
    /// The server has been asked to change something.
    busy: RwSignal<bool>,
    /// What it refused.
    failure: RwSignal<Option<Failure>>,
    toasts: Toasts,
}

/// `opened` counts how often: each time the list is asked for anew.
pub fn panel(state: State, opened: RwSignal<u32>) -> AnyView {
    let words = use_words();
    let panel = Panel {
        state,
        views: RwSignal::new(None),
        face: RwSignal::new(Face::List),
        busy: RwSignal::new(false),
        failure: RwSignal::new(None),
        toasts: use_toasts(),
    };
    Effect::new(move |_| {
        opened.track();
        panel.show(Face::List);
        panel.load();
    });
    // Which one is looked at, as far as it is one that the reader may see.
    Effect::new(move |_| {
        let named = state.settled.with(|query| query.view);
        let found = panel.views.with(|views| {
            let Some(Ok(views)) = views else { return None };
            views.all.iter().find(|view| Some(view.id) == named).cloned()
        });
        if state.view.with_untracked(|view| *view != found) {
            state.view.set(found);
        }
    });
    view! {
        <h2 class="popup-title">{words.report.views}</h2>
        {move || match panel.views.get() {
            None => view! { <Skeleton label=words.common.loading lines=4 /> }.into_any(),
            Some(Err(failure)) => refusal(&failure.0),
            Some(Ok(views)) => {
                view! {
                    {move || match panel.face.get() {
                        Face::List => list::list(&panel, &views),
                        Face::Save => form::save(&panel, views.may_keep, views.may_share),
                        Face::Rename(view) => form::rename(&panel, view),
                        Face::Delete(view) => form::delete(&panel, view),
                    }}
                }
                    .into_any()
            }
        }}
    }
    .into_any()
}

fn refusal(failure: &Failure) -> AnyView {
    let text = (use_words().failure)(failure);
    view! {
        <Notice kind="danger" alert=true>
            <p>{text}</p>
        </Notice>
    }
    .into_any()
}

impl Panel {
    /// The keyboard goes to the first control of what is shown.
    fn show(self, face: Face) {
        self.failure.set(None);
        self.face.set(face);
        tools::focus_soon(tools::VIEWS);
    }

    fn load(self) {
        spawn_local(async move {
            let views = api::view_list(self.state.name).await;
            self.views.try_set(Some(views));
            tools::focus_soon(tools::VIEWS);
        });
    }

    /// One press: what the view keeps is looked at, and the panel is done.
    fn open(self, view: &View) {
        menu::close(tools::VIEWS);
        self.state.view.set(Some(view.clone()));
        self.state.change(view.opened(), false);
    }

    /// The report as it comes.
    fn leave(self) {
        menu::close(tools::VIEWS);
        self.state.view.set(None);
        self.state.change(Query::default(), false);
    }

    fn link(self, view: &View) -> String {
        with_query(&self.state.address.path(), &view.opened())
    }

    fn copy_link(self, view: &View) {
        let words = &use_words().later().comforts;
        let link = window().location().origin().unwrap_or_default() + &self.link(view);
        spawn_local(async move {
            if copy(&link).await {
                self.toasts.good(words.link_copied.to_owned());
            } else {
                self.toasts.bad(words.not_copied.to_owned());
            }
        });
    }

    /// From now on this is the view that is looked at.
    fn save(self, name: String, shared: bool) {
        let query = self.state.query.get_untracked().kept();
        let draft = ViewDraft { report: self.state.name, name, shared, query };
        self.run(async move { api::view_create(draft).await.map(Some) }, Self::is_now);
    }

    fn rename(self, id: ViewId, name: String) {
        self.run(async move { api::view_rename(id, name).await.map(Some) }, move |this, view| {
            if this.state.settled.with_untracked(|query| query.view) == Some(id) {
                this.state.view.set(view);
            }
        });
    }

    /// What is looked at is what the view shows from now on.
    fn update(self, id: ViewId) {
        let query = self.state.query.get_untracked().kept();
        self.run(async move { api::view_update(id, query).await.map(Some) }, Self::is_now);
    }

    fn delete(self, id: ViewId) {
        self.run(async move { api::view_delete(id).await.map(|()| None) }, move |this, _| {
            let query = this.state.query.get_untracked();
            if query.view == Some(id) {
                this.state.view.set(None);
                this.state.choose(Query { view: None, ..query });
            }
        });
    }

    fn is_now(self, view: Option<View>) {
        let id = view.as_ref().map(|view| view.id);
        self.state.view.set(view);
        self.state.choose(Query { view: id, ..self.state.query.get_untracked() });
    }

    /// Asks the server; then the list is shown, as it is now.
    fn run(
        self,
        call: impl Future<Output = Result<Option<View>, ApiFailure>> + 'static,
        done: impl FnOnce(Self, Option<View>) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let answer = call.await;
            self.busy.try_set(false);
            match answer {
                Ok(view) => {
                    done(self, view);
                    let views = api::view_list(self.state.name).await;
                    self.views.try_set(Some(views));
                    self.show(Face::List);
                }
                Err(failure) => drop(self.failure.try_set(Some(failure.0))),
            }
        });
    }
}

/// A link to a page in somebody's frame leads nowhere.
fn has_links() -> bool {
    !is_framed()
}
