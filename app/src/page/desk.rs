//! Everything below `/settings`: the frame, the page that the address names, and the window over it.
//!
//! The report of accounts comes with the first load. The rest arrives when it is first asked for: the windows of an
//! account, its test, the look at its sender, and all other pages.

use super::{
    Accounts, NotFound,
    accounts::{
        proposed::Proposed,
        window,
        windows::{AccountWindow, account},
    },
    elsewhere,
    frame::Frame,
    framed::Framed,
    place::{Page, Place, Window},
    recipient::LastRecipient,
};
use crate::{
    locales::use_words,
    mount::{is_framed, mount},
    ui::{arriving::arriving, notice::Skeleton, window::WindowWait},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::sync::Arc;

#[component]
pub fn Desk() -> impl IntoView {
    let path = use_location().pathname;
    let mount = mount();
    let place = Memo::new(move |_| path.with(|path| mount.inside(path).and_then(Place::of)));
    let known = Memo::new(move |_| place.get().is_some());
    move || if known.get() { view! { <Settings place /> }.into_any() } else { view! { <NotFound /> }.into_any() }
}

#[component]
fn Settings(place: Memo<Option<Place>>) -> impl IntoView {
    Proposed::provide();
    LastRecipient::provide();
    let page = Memo::new(move |_| place.get().map(|place| place.page));
    let open = Memo::new(move |_| place.get().and_then(|place| Some((place.page, place.window?))));
    let inside = move || {
        view! {
            {move || page.get().map(page_view)}
            {move || open.get().map(|(page, window)| window_view(page, window))}
        }
        .into_any()
    };
    if is_framed() {
        view! { <Framed inside=Arc::new(inside) /> }.into_any()
    } else {
        view! { <Frame>{inside()}</Frame> }.into_any()
    }
}

fn page_view(page: Page) -> AnyView {
    if page == Page::Accounts {
        return view! { <Accounts /> }.into_any();
    }
    let words = use_words();
    arriving(elsewhere::page(page), move || view! { <Skeleton label=words.common.loading /> }.into_any())
}

fn window_view(page: Page, open: Window) -> AnyView {
    let copied = window::copied();
    let opening = async move {
        match (page, open) {
            (page, Window::Schedule) => elsewhere::window(page, Window::Schedule).await,
            (Page::Accounts, Window::Test(id)) => account(AccountWindow::Test(id)).await,
            (Page::Accounts, Window::Arrival(id)) => account(AccountWindow::Arrival(id)).await,
            (Page::Accounts, Window::Sending(_) | Window::History(_)) => elsewhere::window(page, open).await,
            (Page::Accounts, Window::Edit(id)) => account(AccountWindow::Edit(id)).await,
            (Page::Accounts, _) => account(AccountWindow::New(copied)).await,
            (page, open) => elsewhere::window(page, open).await,
        }
    };
    arriving(opening, || view! { <WindowWait /> }.into_any())
}
