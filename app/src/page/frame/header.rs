//! The header: the product, the Products menu, and the menu of the person signed in.

use super::{Session, incidents::Incidents, theme::ThemeChoice};
use crate::{
    locales::use_words,
    page::places,
    ui::{
        icon::{Glyph, Icon},
        menu,
    },
};
use leptos::prelude::*;

const PRODUCTS: &str = "products-menu";
const USER: &str = "user-menu";

#[component]
pub fn Header() -> impl IntoView {
    let words = use_words();
    let close = move |_| menu::close(PRODUCTS);
    view! {
        <header class="header">
            <button
                type="button"
                class="icon-button"
                id="products-button"
                aria-label=words.frame.products
                title=words.frame.products
                aria-haspopup="menu"
                popovertarget=PRODUCTS
            >
                <Glyph icon=Icon::Products />
            </button>
            <div
                id=PRODUCTS
                class="menu"
                data-place="products"
                popover="auto"
                role="menu"
                aria-label=words.frame.products
                on:keydown=menu::walk
            >
                <a role="menuitem" class="menu-item" href=places::at(places::SETTINGS) on:click=close>
                    <Glyph icon=Icon::Sliders />
                    <span>{words.frame.settings}</span>
                </a>
            </div>
            <a class="brand" href=places::at(places::ACCOUNTS)>
                {words.frame.product}
            </a>
            <div class="header-end">
                <Incidents />
                <UserMenu />
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn UserMenu() -> impl IntoView {
    let session = use_context::<Session>();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let info = match session {
                    Some(session) => session.0.await.ok().flatten(),
                    None => None,
                };
                let words = use_words();
                match info {
                    Some(info) => {
                        view! {
                            <button
                                type="button"
                                class="button"
                                data-variant="quiet"
                                popovertarget=USER
                            >
                                <Glyph icon=Icon::User />
                                <span class="user-name">{info.name}</span>
                                <Glyph icon=Icon::Chevron />
                            </button>
                            <div id=USER class="menu" data-place="user" popover="auto">
                                <p class="menu-note">{(words.role)(info.role)}</p>
                                <ThemeChoice />
                                {info
                                    .has_password
                                    .then(|| {
                                        view! {
                                            <a
                                                class="menu-item"
                                                href=places::at(places::PASSWORD)
                                                on:click=|_| menu::close(USER)
                                            >
                                                {words.frame.password}
                                            </a>
                                        }
                                    })}
                                <form method="post" action=places::sign_out()>
                                    <button type="submit" class="menu-item">
                                        {words.frame.sign_out}
                                    </button>
                                </form>
                            </div>
                        }
                            .into_any()
                    }
                    None => {
                        view! {
                            <a class="button" href=places::sign_in() rel="external">
                                {words.frame.sign_in}
                            </a>
                        }
                            .into_any()
                    }
                }
            })}
        </Suspense>
    }
    .into_any()
}
