//! The search fields: those in sight, the rest behind More, and Clear. Works as a plain form until the page is taken over.

use super::State;
use crate::{
    locales::use_words,
    ui::{
        button::Button,
        field::{SelectField, TextField},
    },
};
use domain::{
    FieldError,
    report::{FieldKind, FieldSpec, Query},
};
use leptos::{
    ev::{MouseEvent, SubmitEvent},
    prelude::*,
};
use leptos_router::hooks::use_location;

/// The form's id: buttons elsewhere in the report send it, where there are no scripts.
pub const FORM: &str = "report-search";
/// Asks the server for the fields behind More.
const MORE: &str = "more";

#[component]
pub fn Search(state: State) -> impl IntoView {
    let words = use_words();
    let spec = state.spec();
    let hidden_in_use =
        state.query.with_untracked(|query| spec.fields.iter().any(|f| !f.in_sight && query.filter.contains_key(f.key)));
    // Without scripts, More sends the form and is answered with the other fields.
    let asked_for =
        use_location().query.with_untracked(|query| query.get_str(MORE).is_some_and(|value| !value.is_empty()));
    let more = RwSignal::new(hidden_in_use || asked_for);
    let fields = move |in_sight: bool| {
        spec.fields
            .iter()
            .filter(|field| field.in_sight == in_sight)
            .map(|field| view! { <SearchField state field /> })
            .collect_view()
    };
    let has_more = spec.fields.iter().any(|field| !field.in_sight);
    let filtered = Memo::new(move |_| state.query.with(Query::is_filtered));
    // What the form has to hand on for a reader without scripts.
    let kept = state.query.with_untracked(|query| {
        let usual = query.size == Query::default().size;
        let size = if usual { String::new() } else { query.size.to_string() };
        [("sort", query.sort_text()), ("size", size), ("columns", query.columns_text())].map(|(name, value)| {
            let nothing = value.is_empty();
            view! { <input type="hidden" name=name value=value disabled=nothing /> }
        })
    });
    let clear = Callback::new(move |()| state.change(state.query.get_untracked().cleared(), false));
    view! {
        <form
            id=FORM
            class="search"
            role="search"
            aria-label=words.report.search
            method="get"
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                state.address.flush();
            }
            on:focusout=move |_| state.address.flush()
        >
            {kept}
            {fields(true)}
            {move || more.get().then(|| fields(false))}
            <div class="search-buttons">
                // The first button of a form is the one that Enter presses.
                <button type="submit" class="button without-script">
                    {words.report.apply}
                </button>
                {has_more
                    .then(|| {
                        view! {
                            <button
                                type="submit"
                                name=MORE
                                value=move || if more.get() { "" } else { "1" }
                                class="button"
                                data-variant="quiet"
                                aria-expanded=move || if more.get() { "true" } else { "false" }
                                on:click=move |event: MouseEvent| {
                                    event.prevent_default();
                                    more.update(|more| *more = !*more);
                                }
                            >
                                {move || if more.get() { words.report.less } else { words.report.more }}
                            </button>
                        }
                    })}
                <Button
                    label=words.report.clear
                    variant="quiet"
                    on_click=clear
                    disabled=Signal::derive(move || !filtered.get())
                />
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn SearchField(state: State, field: &'static FieldSpec) -> impl IntoView {
    let words = use_words();
    let key = field.key;
    let id = field_id(key);
    let label = (words.search)(state.name, key);
    // Names are what one looks for; each report has them, or what stands for them, as its first text.
    let is_first_text =
        state.spec().fields.iter().find(|field| field.kind == FieldKind::Text).is_some_and(|first| first.key == key);
    let shortcut = if is_first_text { "/" } else { "" };
    let value = Memo::new(move |_| state.query.with(|query| query.filter.get(key).cloned().unwrap_or_default()));
    let error = Signal::derive(move || {
        let code = state.query.with(|query| query.errors(state.spec()).into_iter().find(|(field, _)| *field == key));
        code.map(|(field, code)| (words.field_error)(&FieldError::new(field, code)))
    });
    let on_input = Callback::new(move |text: String| state.filter(key, &text));
    match field.kind {
        FieldKind::Choice(codes) => {
            let all = (String::new(), words.report.all.to_owned());
            let named = codes.iter().map(|code| ((*code).to_owned(), (words.code)(code).unwrap_or(code).to_owned()));
            let options: Vec<_> = std::iter::once(all).chain(named).collect();
            view! { <SelectField id label name=key options value on_change=on_input error /> }.into_any()
        }
        kind => {
            let placeholder = match kind {
                FieldKind::Ids => words.report.ids_hint,
                FieldKind::Since | FieldKind::Until => words.report.since_hint,
                // Looked for as it is stored, which is not how it is told.
                _ if key == "action" => "account.created",
                _ => "",
            };
            view! { <TextField id label name=key value on_input error placeholder=placeholder.to_owned() key=shortcut /> }.into_any()
        }
    }
}

/// The control's id; apart from those of a window that may be open over the report.
pub fn field_id(key: &'static str) -> &'static str {
    match key {
        "id" => "search-id",
        "name" => "search-name",
        "enabled" => "search-enabled",
        "sender" => "search-sender",
        "reply_to" => "search-reply-to",
        "return_path" => "search-return-path",
        "confirmation" => "search-confirmation",
        "user_name" => "search-user-name",
        "host" => "search-host",
        "kind" => "search-kind",
        "role" => "search-role",
        "actor" => "search-actor",
        "action" => "search-action",
        "subject" => "search-subject",
        "origin" => "search-origin",
        "detail" => "search-detail",
        "since" => "search-since",
        "until" => "search-until",
        _ => "search-other",
    }
}
