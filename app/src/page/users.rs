//! Users: who signs in, and what each may do.

mod editor;

use super::{
    access::role,
    draft::{Belongs, Sorry},
    list::{Kind, List},
    places,
    remove::{Remove, Target},
    simple::simple_actions,
    tokens::tabs,
};
use crate::{
    api::users::{user_delete, user_get},
    locales::use_words,
    ui::window::WindowWait,
};
use domain::{
    Action, UserId,
    report::{ReportName, Row, Value},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn Users() -> impl IntoView {
    let doomed: Target = RwSignal::new(None);
    let kind = Kind { name: ReportName::Users, path: places::USERS, create: Some(Action::UsersChange), cell };
    let actions =
        simple_actions(Action::UsersChange, |id| places::edit(places::USERS, id), doomed, |_, _, _| Vec::new());
    view! {
        {tabs(ReportName::Users)}
        <List kind actions />
        <Remove report=ReportName::Users target=doomed delete=|id| Box::pin(user_delete(UserId(id))) />
    }
}

fn cell(row: &Row, column: &'static str) -> Option<AnyView> {
    let index = ReportName::Users.spec().column_index("last_sign_in")?;
    let never = column == "last_sign_in" && *row.get(index) == Value::None;
    never.then(|| view! { <span class="faint">{use_words().user.never}</span> }.into_any())
}

#[component]
pub fn UserNew() -> impl IntoView {
    view! {
        <Suspense fallback=|| view! { <WindowWait /> }>
            {move || Suspend::new(async move {
                let role = role().await;
                view! { <editor::Editor stored=None role /> }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
pub fn UserEdit() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|map| map.get_str("id").and_then(|id| id.parse().ok())).unwrap_or_default();
    let stored = Resource::new_blocking(id, |id| user_get(UserId(id)));
    view! {
        <Suspense fallback=|| view! { <WindowWait /> }>
            {move || Suspend::new(async move {
                let role = role().await;
                match stored.await {
                    Ok(stored) => view! { <editor::Editor stored=Some(stored) role /> }.into_any(),
                    Err(failure) => view! { <Sorry belongs=belongs(false) failure=failure.0 /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn belongs(is_new: bool) -> Belongs {
    let words = &use_words().user;
    let title = if is_new { words.new } else { words.edit };
    Belongs { list: ReportName::Users, path: places::USERS, title }
}
