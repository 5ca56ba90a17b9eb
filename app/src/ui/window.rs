//! A window over the page: a native `<dialog>` with an address of its own, and its question before changes are lost.

use super::{
    browser,
    button::IconButton,
    confirm::Confirm,
    guard::{Leaving, use_leave_guard},
    icon::Icon,
    notice::Skeleton,
};
use crate::locales::use_words;
use leptos::{
    ev::{Event, KeyboardEvent},
    html,
    prelude::*,
};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};

/// Asks the window around to close; it asks back where something is unsaved.
#[derive(Clone, Copy)]
pub struct CloseWindow(pub Callback<()>);

/// A dialog that is open, and what had the keyboard before.
type Shown = SendWrapper<(HtmlDialogElement, Option<Element>)>;

/// Opens a server-rendered or fresh dialog as a modal one, without taking the keyboard from a field in it.
pub fn use_modal(node: NodeRef<html::Dialog>) {
    // The keyboard goes back to where it was. Browsers do that when a dialog is closed, not when it is taken off the page.
    // Wrapped only once it is there: on the server, what is made on one thread may be dropped on another.
    let shown = StoredValue::new(None::<Shown>);
    on_cleanup(move || {
        if let Some(shown) = shown.try_update_value(Option::take).flatten() {
            let (dialog, before) = shown.take();
            dialog.close();
            browser::focus_if_lost(before);
        }
    });
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            open_modal(dialog, shown);
        }
    });
}

fn open_modal(dialog: HtmlDialogElement, shown: StoredValue<Option<Shown>>) {
    // Not everything that has been made is on the page already: a fallback's successor comes a moment later.
    if !dialog.is_connected() {
        request_animation_frame(move || {
            if shown.try_with_value(|_| ()).is_some() {
                open_modal(dialog, shown);
            }
        });
        return;
    }
    if dialog.matches(":modal").unwrap_or(false) {
        return;
    }
    let focused = browser::focused_inside(&dialog);
    let before = document().active_element();
    let _ = dialog.remove_attribute("open");
    let _ = dialog.show_modal();
    // The first field before the first button: one opens a window to fill it in.
    let first =
        || dialog.query_selector(".window-body :is(input, textarea, select):enabled").ok().flatten()?.dyn_into().ok();
    if let Some(element) = focused.or_else(first) {
        let _ = element.focus();
    }
    shown.try_set_value(Some(SendWrapper::new((dialog, before))));
}

/// Stands where a window will be, if that takes longer than a glance. It takes no focus: the window must give that back.
#[component]
pub fn WindowWait() -> impl IntoView {
    view! {
        <div class="window window-wait">
            <div class="window-body">
                <Skeleton label=use_words().common.loading />
            </div>
        </div>
    }
    .into_any()
}

/// `id` names its heading; `close` leaves for good.
#[component]
pub fn Window(
    id: &'static str,
    title: &'static str,
    #[prop(optional, into)] subtitle: String,
    #[prop(optional, into)] dirty: Signal<bool>,
    /// `small`, or as wide as a form.
    #[prop(default = "")]
    size: &'static str,
    close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let words = use_words();
    let node = NodeRef::<html::Dialog>::new();
    let asking = RwSignal::new(None::<Leaving>);
    use_modal(node);
    use_leave_guard(dirty, Callback::new(move |leaving| asking.set(Some(leaving))));

    let ask = Callback::new(move |()| {
        if dirty.get_untracked() {
            asking.set(Some(Leaving::History));
        } else {
            close.run(());
        }
    });
    provide_context(CloseWindow(ask));
    let navigate = use_navigate();
    let discard = Callback::new(move |()| match asking.get_untracked() {
        Some(Leaving::Link(href)) => navigate(&href, NavigateOptions { resolve: false, ..NavigateOptions::default() }),
        _ => close.run(()),
    });
    let on_cancel = move |event: Event| {
        event.prevent_default();
        if is_from(&event, node) {
            ask.run(());
        }
    };
    let on_keydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            event.stop_propagation();
            ask.run(());
        }
    };
    let heading = format!("{id}-title");
    view! {
        <dialog
            class="window"
            data-size=size
            node_ref=node
            open
            aria-labelledby=heading
            on:cancel=on_cancel
            on:keydown=on_keydown
        >
            <header class="window-head">
                <div>
                    <h2 id=heading.clone()>{title}</h2>
                    {(!subtitle.is_empty()).then(|| view! { <p class="window-subtitle">{subtitle}</p> })}
                </div>
                <IconButton label=words.common.close icon=Icon::Close on_click=ask />
            </header>
            {children()}
        </dialog>
        {move || {
            asking
                .get()
                .map(|_| {
                    view! {
                        <Confirm
                            id="discard"
                            title=words.common.discard_title
                            text=words.common.discard_text.to_owned()
                            yes=words.common.discard
                            no=words.common.keep_editing
                            on_yes=discard
                            on_no=Callback::new(move |()| asking.set(None))
                        />
                    }
                })
        }}
    }
    .into_any()
}

/// Inner elements (a file chooser, a drop-down) send `cancel` events of their own.
fn is_from(event: &Event, node: NodeRef<html::Dialog>) -> bool {
    let target = event.target();
    node.get_untracked().is_some_and(|dialog| target.is_some_and(|target| target == *dialog.as_ref()))
}
