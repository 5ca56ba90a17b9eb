//! A question that must be answered before anything else: a modal `alertdialog` with two buttons.

use super::{button::Button, notice::Notice, window::use_modal};
use leptos::{
    ev::{Event, KeyboardEvent},
    html,
    prelude::*,
};

#[component]
pub fn Confirm(
    id: &'static str,
    title: &'static str,
    text: String,
    yes: &'static str,
    no: &'static str,
    on_yes: Callback<()>,
    on_no: Callback<()>,
    #[prop(optional, into)] busy: Signal<bool>,
    /// Why it was refused.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    use_modal(node);
    let heading = format!("{id}-title");
    let description = format!("{id}-text");
    let on_cancel = move |event: Event| {
        event.prevent_default();
        event.stop_propagation();
        on_no.run(());
    };
    let on_keydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            on_no.run(());
        }
    };
    view! {
        <dialog
            class="window"
            data-size="small"
            role="alertdialog"
            node_ref=node
            aria-labelledby=heading
            aria-describedby=description
            on:cancel=on_cancel
            on:keydown=on_keydown
        >
            <div class="window-body">
                <h2 id=heading.clone()>{title}</h2>
                <p id=description.clone()>{text}</p>
                {move || error.get().map(|text| view! { <Notice kind="danger" alert=true><p>{text}</p></Notice> })}
            </div>
            <footer class="window-foot">
                <Button label=no on_click=on_no />
                <Button label=yes on_click=on_yes variant="danger" disabled=busy />
            </footer>
        </dialog>
    }
    .into_any()
}
