//! A window that makes or edits one thing: fetched, filled in, saved, and compared where somebody else saved meanwhile.
//!
//! The smaller windows are this with fields of their own; an account's window has a form of its own.

use super::{
    access::{may, role},
    draft::{Act, Draft, DraftState, Saving},
    list::closer,
    meanwhile::{Renewed, on_change},
    versions::{self, Difference, Texts, Versions, differences},
};
use crate::{
    api::Answer,
    locales::use_words,
    portal,
    ui::{
        browser,
        button::{Button, Submit},
        notice::Notice,
        report::use_refresh,
        toast::use_toasts,
        window::{CloseWindow, Window, WindowWait},
    },
};
use domain::{Action, Failure, FieldErrors, Role, portal::ToPortal, report::ReportName};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use serde::{Serialize, de::DeserializeOwned};
use std::{pin::Pin, sync::Arc};

/// An answer that comes later.
pub type Coming<T> = Pin<Box<dyn Future<Output = Answer<T>> + Send>>;

/// What such a window has to know of what it edits.
pub trait Thing: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    type Draft: for<'a> From<&'a Self> + Clone + Default + PartialEq + Send + Sync;
    /// What its fields need besides, such as what a drop-down offers.
    type Given: Clone + Serialize + DeserializeOwned + Send + Sync;

    fn belongs(is_new: bool) -> Belongs;
    /// Its id, and its version.
    fn version(&self) -> (i64, i64);
    fn given() -> Coming<Self::Given>;
    fn get(id: i64) -> Coming<Self>;
    /// Over that version of the one with that id, or as a new one.
    fn save(over: Option<(i64, i64)>, draft: Self::Draft) -> Saving;
    fn check(draft: &Self::Draft, stored: Option<&Self>) -> Option<FieldErrors>;
    /// What the toast calls it once it is saved.
    fn name(draft: &Self::Draft) -> String;
    fn texts(draft: &Self::Draft, given: &Self::Given) -> Texts;
    fn fields(draft: Draft<Self::Draft>, stored: RwSignal<Option<Self>>, given: Self::Given) -> AnyView;
    /// A button besides Save and Cancel, for those who may save.
    fn beside(_draft: Draft<Self::Draft>, _stored: RwSignal<Option<Self>>) -> Option<AnyView> {
        None
    }

    /// What it is called besides, where its fields do not say that.
    fn subtitle(&self) -> String {
        String::new()
    }

    /// What stands above the fields: it may be used by who may not save.
    fn above(_stored: RwSignal<Option<Self>>, _role: Role) -> Option<AnyView> {
        None
    }
}

/// Finds the first field of a window with an error.
pub const FIRST_ERROR: &str = "dialog:modal [aria-invalid=true]";

/// Which list a window belongs to, what it is called, and what one must be allowed to do for it to save.
#[derive(Clone, Copy)]
pub struct Belongs {
    pub list: ReportName,
    pub path: &'static str,
    pub title: &'static str,
    pub change: Action,
}

pub fn new_window<T: Thing>() -> AnyView {
    window::<T>(None, T::Draft::default(), T::belongs(true))
}

/// A new one that starts with something, over another list than its own.
pub fn new_window_over<T: Thing>(start: T::Draft, list: ReportName, path: &'static str) -> AnyView {
    window::<T>(None, start, Belongs { list, path, ..T::belongs(true) })
}

pub fn edit_window<T: Thing>(id: i64) -> AnyView {
    window::<T>(Some(id), T::Draft::default(), T::belongs(false))
}

fn window<T: Thing>(id: Option<i64>, start: T::Draft, belongs: Belongs) -> AnyView {
    let found = Resource::new_blocking(move || id, fetch::<T>);
    view! {
        <Suspense fallback=|| view! { <WindowWait /> }>
            {move || {
                let start = start.clone();
                Suspend::new(async move {
                    let role = role().await;
                    match found.await {
                        Ok((stored, given)) => editor::<T>(stored, start, belongs, given, role),
                        Err(failure) => sorry(belongs, &failure.0),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

async fn fetch<T: Thing>(id: Option<i64>) -> Answer<(Option<T>, T::Given)> {
    let stored = match id {
        Some(id) => Some(T::get(id).await?),
        None => None,
    };
    Ok((stored, T::given().await?))
}

/// Ties the thing's own functions to the frame, which knows nothing of it.
fn editor<T: Thing>(stored: Option<T>, start: T::Draft, belongs: Belongs, given: T::Given, role: Role) -> AnyView {
    let start = stored.as_ref().map_or(start, T::Draft::from);
    let subtitle = stored.as_ref().map(T::subtitle).unwrap_or_default();
    // In the version that a save replaces.
    let stored = RwSignal::new(stored);
    // What somebody else stored meanwhile.
    let theirs = RwSignal::new(None::<T>);
    let draft = Draft::new(start, move |draft| stored.with(|stored| T::check(draft, stored.as_ref())));
    let over = move || stored.with_untracked(|stored| stored.as_ref().map(T::version));
    let fields = T::fields(draft, stored, given.clone());
    let renewed = RwSignal::new(false);
    on_change(belongs.list, draft.state.busy.into(), move |press| {
        let Some((id, version)) = over() else { return };
        spawn_local(async move {
            let now = T::get(id).await;
            press.let_go().await;
            // Two versions that somebody is comparing stay as they are: what they choose is what they have read.
            if draft.state.is_settled() != Some(false) || theirs.try_with_untracked(Option::is_some) != Some(false) {
                return;
            }
            match now {
                Ok(now) if now.version().1 <= version => {}
                Ok(now) if draft.state.dirty.get_untracked() => drop(theirs.try_set(Some(now))),
                Ok(now) => {
                    draft.restart((&now).into());
                    stored.try_set(Some(now));
                    renewed.try_set(true);
                }
                Err(failure) if failure.0 == Failure::NotFound => {
                    renewed.try_set(false);
                    draft.state.fail(failure.0);
                }
                // Who saves is told.
                Err(_) => {}
            }
        });
    });
    let frame = Frame {
        belongs,
        state: draft.state,
        renewed,
        name: draft.read(T::name),
        save: Callback::new(move |()| -> Saving { T::save(over(), draft.value.get_untracked()) }),
        meanwhile: Callback::new(move |()| {
            let Some((id, _)) = over() else { return };
            spawn_local(async move {
                match T::get(id).await {
                    Ok(stored) => {
                        theirs.try_set(Some(stored));
                        browser::focus_soon(versions::NOTICE);
                    }
                    Err(failure) => draft.state.fail(failure.0),
                }
            });
        }),
        versions: Signal::derive(move || {
            let theirs = theirs.with(|theirs| theirs.as_ref().map(|theirs| T::texts(&theirs.into(), &given)))?;
            Some(differences(draft.value.with(|mine| T::texts(mine, &given)), theirs))
        }),
        keep_mine: Callback::new(move |()| {
            stored.set(theirs.get_untracked());
            theirs.set(None);
        }),
        take_theirs: Callback::new(move |()| {
            let Some(taken) = theirs.get_untracked() else { return };
            draft.restart((&taken).into());
            stored.set(Some(taken));
            theirs.set(None);
        }),
    };
    let may_change = may(role, belongs.change);
    let beside = if may_change { T::beside(draft, stored) } else { None };
    frame.view(may_change, subtitle, T::above(stored, role), fields, beside)
}

/// A window that only makes something: nothing is fetched, and nobody else can have saved it.
pub fn making_window(make: fn(Role) -> AnyView) -> AnyView {
    view! {
        <Suspense fallback=|| {
            view! { <WindowWait /> }
        }>{move || Suspend::new(async move { make(role().await) })}</Suspense>
    }
    .into_any()
}

/// What such a window shows.
pub fn making<T: Clone + PartialEq + Send + Sync>(
    belongs: Belongs,
    role: Role,
    draft: Draft<T>,
    name: fn(&T) -> String,
    save: Callback<(), Saving>,
    fields: AnyView,
) -> AnyView {
    let nothing = Callback::new(|()| ());
    let frame = Frame {
        belongs,
        state: draft.state,
        renewed: RwSignal::new(false),
        name: draft.read(name),
        save,
        meanwhile: nothing,
        versions: Signal::stored(None),
        keep_mine: nothing,
        take_theirs: nothing,
    };
    frame.view(may(role, belongs.change), String::new(), None, fields, None)
}

/// The window around the fields of whatever it is, with Save and Cancel.
#[derive(Clone, Copy)]
struct Frame {
    belongs: Belongs,
    state: DraftState,
    /// Somebody else saved before anything was typed.
    renewed: RwSignal<bool>,
    name: Signal<String>,
    save: Callback<(), Saving>,
    /// Fetches what somebody else stored.
    meanwhile: Callback<()>,
    versions: Signal<Option<Vec<Difference>>>,
    /// Makes theirs the version that the next save replaces.
    keep_mine: Callback<()>,
    take_theirs: Callback<()>,
}

impl Frame {
    fn view(
        self,
        may_change: bool,
        subtitle: String,
        above: Option<AnyView>,
        fields: AnyView,
        beside: Option<AnyView>,
    ) -> AnyView {
        let words = use_words();
        let Self { belongs, state, name, .. } = self;
        let close = closer(belongs.list, belongs.path);
        let (refresh, toasts) = (use_refresh(), use_toasts());
        let done = move |name: &str| {
            toasts.good((words.common.saved)(name));
            refresh.now();
            portal::tell(ToPortal::saved(belongs.list, None, name));
            close.try_run(());
        };
        let act =
            Act { save: self.save, meanwhile: Some(self.meanwhile), done: Arc::new(done), first_error: FIRST_ERROR };
        let save = Callback::new(move |()| state.submit(name.get_untracked(), act.clone()));
        let keep_mine = Callback::new(move |()| {
            self.keep_mine.run(());
            save.run(());
        });
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            save.run(());
        };
        view! {
            <Window id="draft" title=belongs.title subtitle dirty=state.dirty close>
                <form novalidate autocomplete="off" on:submit=submit>
                    <div class="window-body" tabindex=(!may_change).then_some("0")>
                        {(!may_change)
                            .then(|| {
                                view! {
                                    <Notice kind="info">
                                        <p>{words.common.read_only}</p>
                                    </Notice>
                                }
                            })}
                        <Versions
                            title=words.later().conflict.title
                            rows=self.versions
                            keep_mine
                            take_theirs=self.take_theirs
                        />
                        <Renewed when=self.renewed />
                        {state.failed()}
                        {above}
                        <fieldset class="window-fields" disabled=!may_change>
                            {fields}
                        </fieldset>
                    </div>
                    <footer class="window-foot">
                        {beside.map(|beside| view! { <div class="window-foot-start">{beside}</div> })}
                        {buttons(state, may_change)}
                    </footer>
                </form>
            </Window>
        }
        .into_any()
    }
}

fn buttons(state: DraftState, may_change: bool) -> AnyView {
    let words = &use_words().common;
    let cancel = use_context::<CloseWindow>();
    view! {
        {cancel.map(|close| view! { <Button label=words.cancel on_click=close.0 /> })}
        {may_change.then(|| view! { <Submit label=words.save busy_label=words.saving busy=state.busy /> })}
    }
    .into_any()
}

/// A window that can't show what it is for: why, in words.
fn sorry(belongs: Belongs, failure: &Failure) -> AnyView {
    let text = (use_words().failure)(failure);
    let close = closer(belongs.list, belongs.path);
    view! {
        <Window id="draft" title=belongs.title close>
            <div class="window-body">
                <Notice kind="danger" alert=true>
                    <p>{text}</p>
                </Notice>
            </div>
        </Window>
    }
    .into_any()
}
