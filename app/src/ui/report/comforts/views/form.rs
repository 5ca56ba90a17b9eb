//! A view's name, where a new one is saved or one is renamed; and the question before one is deleted.

use super::{Face, Panel, refusal};
use crate::{
    locales::use_words,
    ui::{
        button::{Button, Submit},
        field::TextField,
    },
};
use domain::{Failure, FieldErrors, Label, view::View};
use leptos::{ev::SubmitEvent, prelude::*};

/// Whoever has no views of their own saves for everybody.
pub fn save(panel: &Panel, may_keep: bool, may_share: bool) -> AnyView {
    let panel = *panel;
    let words = &use_words().later().comforts;
    let shared = RwSignal::new(!may_keep);
    let share = may_share.then(|| {
        view! {
            <label class="popup-check">
                <input
                    type="checkbox"
                    autocomplete="off"
                    prop:checked=shared
                    disabled=!may_keep
                    on:change:target=move |event| shared.set(event.target().checked())
                />
                <span>{words.share}</span>
            </label>
        }
    });
    let run = Callback::new(move |name| panel.save(name, shared.get_untracked()));
    form(&panel, String::new(), share.into_any(), run)
}

pub fn rename(panel: &Panel, view: View) -> AnyView {
    let panel = *panel;
    let (id, name) = (view.id, view.name.to_string());
    form(&panel, name, ().into_any(), Callback::new(move |name| panel.rename(id, name)))
}

fn form(panel: &Panel, name: String, more: AnyView, run: Callback<String>) -> AnyView {
    let panel = *panel;
    let words = use_words();
    let name = RwSignal::new(name);
    let error = Signal::derive(move || {
        let Some(Failure::Invalid { errors }) = panel.failure.get() else { return None };
        errors.0.first().map(|error| (words.field_error)(error))
    });
    // What is wrong with the name alone is said beside it.
    let refused = move || panel.failure.get().filter(|failure| !matches!(failure, Failure::Invalid { .. }));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut errors = FieldErrors::default();
        let typed = name.get_untracked();
        if errors.take("name", Label::parse(&typed)).is_some() {
            run.run(typed);
        } else {
            panel.failure.set(Some(Failure::Invalid { errors }));
        }
        crate::ui::browser::focus("#view-name");
    };
    let cancel = Callback::new(move |()| panel.show(Face::List));
    view! {
        <form class="popup-form" on:submit=submit>
            <TextField
                id="view-name"
                label=words.later().comforts.view_name
                value=name
                on_input=Callback::new(move |text| name.set(text))
                error
                required=true
            />
            {more}
            {move || refused().map(|failure| refusal(&failure))}
            <div class="popup-foot">
                <Submit label=words.common.save busy=panel.busy />
                <Button label=words.common.cancel on_click=cancel variant="quiet" />
            </div>
        </form>
    }
    .into_any()
}

pub fn delete(panel: &Panel, view: View) -> AnyView {
    let panel = *panel;
    let words = use_words();
    let own = &words.later().comforts;
    let id = view.id;
    let text = if view.shared { own.delete_shared } else { own.delete_own };
    let yes = Callback::new(move |()| panel.delete(id));
    let no = Callback::new(move |()| panel.show(Face::List));
    view! {
        <p class="popup-note">{text(view.name.as_str())}</p>
        {move || panel.failure.get().map(|failure| refusal(&failure))}
        <div class="popup-foot">
            <Button label=words.common.delete on_click=yes variant="danger" disabled=panel.busy />
            <Button label=words.common.cancel on_click=no variant="quiet" />
        </div>
    }
    .into_any()
}
