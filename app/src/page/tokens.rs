//! API tokens, beside the Users page: what programs show in place of a user name and password.

mod editor;
mod shown;

pub use editor::new_token;

use super::{
    access::may,
    list::{Kind, List},
    places,
    remove::{Remove, Target},
    simple::name,
};
use crate::{
    api::tokens::token_revoke,
    locales::use_words,
    ui::{
        menu::Entry,
        report::{
            RowActions, RowMenu,
            bits::{Bit, span, text},
        },
    },
};
use domain::{
    Action, Role, TokenId,
    report::{ReportName, Row, Value},
    token::TokenMade,
};
use leptos::prelude::*;

/// The token just made, as long as it is shown.
#[derive(Clone, Copy)]
pub struct Made(RwSignal<Option<TokenMade>>);

impl Made {
    /// Above page and window, which stand side by side.
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }
}

#[component]
pub fn Tokens() -> impl IntoView {
    let words = &use_words().later().token;
    let made = expect_context::<Made>();
    on_cleanup(move || drop(made.0.try_set(None)));
    let doomed: Target = RwSignal::new(None);
    let kind = Kind { name: ReportName::Tokens, path: places::TOKENS, create: Some(Action::TokensChange), cell };
    view! {
        {tabs(ReportName::Tokens)}
        {shown::shown(made)}
        <List kind actions=actions(doomed) />
        <Remove
            report=ReportName::Tokens
            target=doomed
            delete=|id| Box::pin(token_revoke(TokenId(id)))
            verb=(words.revoke, words.revoked)
        />
    }
    .into_any()
}

/// The two lists of who gets in: people and programs.
pub fn tabs(current: ReportName) -> AnyView {
    let words = use_words();
    let tab = |name: ReportName, to: &'static str| {
        view! { <a href=places::at(to) aria-current=(name == current).then_some("page")>{(words.texts)(name).title}</a> }
    };
    view! {
        <nav class="tabs" aria-label=words.later().token.tabs>
            {tab(ReportName::Users, places::USERS)}
            {tab(ReportName::Tokens, places::TOKENS)}
        </nav>
    }
    .into_any()
}

fn actions(doomed: Target) -> Callback<Role, RowActions> {
    let label = use_words().later().token.revoke;
    Callback::new(move |role: Role| {
        let menu = may(role, Action::TokensChange).then(|| {
            let in_force = |row: &Row| row.get(STATE).as_str() == "active";
            RowMenu::new(in_force, move |row, _| {
                let (id, name) = (row.id(), name(row));
                vec![Entry::taking(label, move || doomed.set(Some((id, name.clone()))))]
            })
        });
        RowActions { open: None, menu }
    })
}

/// The place of the column of that name.
const STATE: usize = 3;

fn cell(row: &Row, column: &'static str) -> Option<Vec<Bit>> {
    let index = ReportName::Tokens.spec().column_index(column)?;
    let never = column == "last_used_at" && *row.get(index) == Value::None;
    never.then(|| vec![span("faint", vec![text(use_words().later().user.never)]).bit()])
}
