//! Two people saved: both versions side by side, for each field that differs. Neither is lost.

use crate::{
    locales::use_words,
    ui::{browser, button::Button, notice::Notice},
};
use domain::Secret;
use leptos::prelude::*;

/// Every field of a window in its order, with its label, as a person reads it.
pub type Texts = Vec<(&'static str, String)>;

/// A field in which two versions differ: its label, mine, theirs.
pub type Difference = (&'static str, String, String);

/// Finds the notice below: it stands at the top of its window, which may be scrolled down.
pub const NOTICE: &str = "dialog:modal .notice[role=alert]";
const FIRST_FIELD: &str = "dialog:modal .window-fields :is(input, select, textarea)";

/// Both list the same fields.
pub fn differences(mine: Texts, theirs: Texts) -> Vec<Difference> {
    let all = mine.into_iter().zip(theirs).filter(|(a, b)| a.1 != b.1);
    all.map(|((label, mine), (_, theirs))| (label, mine, theirs)).collect()
}

pub fn yes_no(flag: bool) -> String {
    let words = &use_words().common;
    (if flag { words.yes } else { words.no }).to_owned()
}

/// A secret is shown by nothing: only whether one was typed.
pub fn typed(secret: Option<&Secret>) -> String {
    let words = &use_words().later().conflict;
    (if secret.is_some_and(|secret| !secret.is_empty()) { words.entered } else { words.kept }).to_owned()
}

/// `rows` is `None` while nobody else has saved.
#[component]
pub fn Versions(
    title: &'static str,
    rows: Signal<Option<Vec<Difference>>>,
    keep_mine: Callback<()>,
    take_theirs: Callback<()>,
) -> impl IntoView {
    let words = &use_words().later().conflict;
    let take = Callback::new(move |()| {
        take_theirs.run(());
        browser::focus_soon(FIRST_FIELD);
    });
    // Not made anew on each keystroke: the alert would be read out again.
    let there = Memo::new(move |_| rows.with(Option::is_some));
    view! {
        {move || {
            there
                .get()
                .then(|| {
                    view! {
                        <Notice kind="warning" alert=true>
                            <p>
                                <strong>{title}</strong>
                            </p>
                            <p>{words.text}</p>
                            {move || rows.get().map(table)}
                            <div class="notice-buttons">
                                <Button label=words.keep_mine on_click=keep_mine />
                                <Button label=words.take_theirs on_click=take />
                            </div>
                        </Notice>
                    }
                })
        }}
    }
    .into_any()
}

fn table(rows: Vec<Difference>) -> AnyView {
    let words = &use_words().later().conflict;
    if rows.is_empty() {
        return view! { <p>{words.same}</p> }.into_any();
    }
    let body = rows
        .into_iter()
        .map(|(label, mine, theirs)| {
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td>{mine}</td>
                    <td>{theirs}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="versions">
            <thead>
                <tr>
                    <th scope="col">{words.field}</th>
                    <th scope="col">{words.mine}</th>
                    <th scope="col">{words.theirs}</th>
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
    }
    .into_any()
}
