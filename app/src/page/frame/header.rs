//! The header: the product, the Products menu, and the menu of the person signed in.

use super::{incidents::Incidents, language::language_choice, tastes::TasteChoice};
use crate::{
    locales::use_words,
    page::{
        keys::KeySheet,
        places,
        session::{Session, followed},
    },
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
    let products = view! {
        <a role="menuitem" class="menu-item" href=places::at(places::SETTINGS) on:click=|_| menu::close(PRODUCTS)>
            <Glyph icon=Icon::Sliders />
            <span>{words.frame.settings}</span>
        </a>
    }
    .into_any();
    view! {
        <header class="header">
            {menu_button("products-button", words.frame.products, PRODUCTS, Icon::Products)}
            {menu_of(PRODUCTS, "products", words.frame.products, products)}
            <a class="brand" href=places::at(places::ACCOUNTS)>
                {words.frame.product}
            </a>
            <div class="header-end">
                <Incidents />
                {language_choice()}
                <UserMenu />
            </div>
        </header>
    }
    .into_any()
}

/// Opens a menu of the header.
pub fn menu_button(id: &'static str, label: &'static str, menu: &'static str, icon: Icon) -> AnyView {
    view! {
        <button
            type="button"
            class="icon-button"
            id=id
            aria-label=label
            title=label
            aria-haspopup="menu"
            popovertarget=menu
        >
            <Glyph icon />
        </button>
    }
    .into_any()
}

pub fn menu_of(id: &'static str, place: &'static str, label: &'static str, inner: AnyView) -> AnyView {
    view! {
        <div
            id=id
            class="menu"
            data-place=place
            popover="auto"
            role="menu"
            aria-label=label
            on:keydown=menu::walk
        >
            {inner}
        </div>
    }
    .into_any()
}

/// What the server does for who presses a button in it.
pub fn post(action: String, inner: AnyView) -> AnyView {
    view! {
        <form method="post" action=action>
            {inner}
        </form>
    }
    .into_any()
}

#[component]
fn UserMenu() -> impl IntoView {
    let session = use_context::<Session>();
    let sheet = use_context::<KeySheet>();
    let show_keys = move |_| {
        menu::close(USER);
        if let Some(sheet) = sheet {
            sheet.0.set(true);
        }
    };
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let info = followed(session).await;
                let words = use_words();
                let sign_out = view! {
                    <button type="submit" class="menu-item">
                        {words.frame.sign_out}
                    </button>
                }
                    .into_any();
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
                                <TasteChoice tastes=info.tastes />
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
                                <button type="button" class="menu-item" on:click=show_keys>
                                    {words.frame.keys}
                                </button>
                                {post(places::sign_out(), sign_out)}
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
