//! A page that is a list: heading, New, the report, and the window that may be open over it.

mod actions;

use super::{
    access::{may, role},
    places,
    tools::{Tool, comforts, tool},
};
use crate::{
    locales::use_words,
    ui::{
        arriving::arriving,
        browser,
        button::ButtonLink,
        guard::is_held,
        icon::Icon,
        notice::Skeleton,
        report::{Cell, Report, RowActions, first_page, list_address, query_of, with_query},
    },
};
use domain::{Action, Role, report::ReportName};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use std::time::Duration;

/// A step back takes some milliseconds.
const AT_LAST: Duration = Duration::from_secs(1);

/// What makes one list differ from another.
#[derive(Clone, Copy)]
pub struct Kind {
    pub name: ReportName,
    pub path: &'static str,
    /// What one must be allowed to do for New to be there.
    pub create: Option<Action>,
    pub cell: Cell,
}

#[component]
pub fn List(
    kind: Kind,
    /// The row actions that a role has.
    actions: Callback<Role, RowActions>,
    #[prop(default = "")] intro: &'static str,
) -> impl IntoView {
    let words = use_words();
    let texts = (words.texts)(kind.name);
    let first = first_page(kind.name);
    view! {
        <header class="page-head">
            <div>
                <h1>{texts.title}</h1>
                {(!intro.is_empty()).then(|| view! { <p class="page-intro">{intro}</p> })}
            </div>
            <Suspense>
                {move || Suspend::new(async move {
                    let role = role().await;
                    let new = kind.create.filter(|action| may(role, *action)).map(|_| new_button(kind));
                    let actions = may(role, kind.name.read_action()).then(|| actions::actions(kind.name, role));
                    view! { <div class="page-buttons">{new} {actions}</div> }
                })}
            </Suspense>
        </header>
        <Suspense fallback=move || view! { <Skeleton label=words.common.loading /> }>
            {move || Suspend::new(async move {
                let role = role().await;
                let first = first.await;
                let first_visit = Callback::new(move |()| {
                    view! {
                        <div class="empty" data-kind="first-visit">
                            <h2>{texts.empty}</h2>
                            <p>{texts.empty_text}</p>
                        </div>
                    }
                        .into_any()
                });
                let bar = Callback::new(move |state| arriving(tool(Tool::Bulk(state, role)), || ().into_any()));
                view! { <Report name=kind.name first cell=kind.cell actions=actions.run(role) first_visit bar comforts /> }
            })}
        </Suspense>
    }
    .into_any()
}

fn new_button(kind: Kind) -> AnyView {
    let words = use_words();
    let label = if kind.name == ReportName::Tokens { words.frame.new_token } else { words.common.new };
    let navigate = use_navigate();
    let address = move || places::new(kind.path);
    let href = list_address(kind.name, &address());
    let go = Callback::new(move |()| {
        let search = window().location().search().unwrap_or_default();
        let options = NavigateOptions { resolve: false, scroll: false, ..NavigateOptions::default() };
        navigate(&format!("{}{search}", address()), options);
    });
    view! { <ButtonLink label href go variant="primary" icon=Icon::Plus key="n" /> }.into_any()
}

/// Closes a window: back to its list, keeping what the address asks of that. Whoever opened it from there is a step back then, so
/// that the next one leads to where they came from and not to the same list again.
pub fn closer(name: ReportName, path: &'static str) -> Callback<()> {
    let navigate = use_navigate();
    let map = use_location().query;
    let goes_back = StoredValue::new(false);
    Callback::new(move |()| {
        // On its way already: another step would lead further.
        if goes_back.get_value() {
            return;
        }
        let to = with_query(&places::at(path), &map.with_untracked(|map| query_of(name, map)));
        let navigate = navigate.clone();
        let replace = move |to: &str| {
            let options =
                NavigateOptions { resolve: false, scroll: false, replace: true, ..NavigateOptions::default() };
            navigate(to, options);
        };
        // What is unsaved still would be asked about, and in a frame a step may be the portal's.
        if is_held() || browser::is_framed() || !browser::came_from(&to) {
            return replace(&to);
        }
        goes_back.set_value(true);
        browser::back();
        // A browser may take no step without a word, where there were very many.
        set_timeout(
            move || {
                if goes_back.try_get_value() == Some(true) {
                    replace(&to);
                }
            },
            AT_LAST,
        );
    })
}
