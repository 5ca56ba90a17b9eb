//! Signing in and the first set-up: plain forms, answered by the server with another page. They work without a script.

use super::places;
use crate::{locales::use_words, mount::mount, ui::notice::Notice};
use domain::{FieldError, report::encode_component as encode};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A pair of the address.
fn given(name: &str) -> Option<String> {
    use_location().query.with_untracked(|map| map.get(name)).filter(|text| !text.is_empty())
}

#[component]
pub fn SignIn() -> impl IntoView {
    let all = use_words();
    let words = &all.people;
    let error = given("error").map(|code| match code.as_str() {
        "credentials" => words.wrong.to_owned(),
        "too_many" => (words.too_many)(&given("retry").unwrap_or_default()),
        code if code.starts_with("oidc_") => {
            (all.failure)(&domain::Failure::Refused { code: code.to_owned(), params: Vec::new() })
        }
        _ => words.failed.to_owned(),
    });
    let next = given("next");
    let single_sign_on = mount().single_sign_on.then(|| {
        let next = next.as_deref().map(encode).unwrap_or_default();
        let to = format!("{}?next={next}", places::single_sign_on());
        view! {
            <p>
                <a class="button" href=to rel="external">
                    {words.single_sign_on}
                </a>
            </p>
        }
    });
    view! {
        <Gate title=words.sign_in error>
            <form method="post" action=places::sign_in()>
                {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
                <UserName value=given("user_name").unwrap_or_default() />
                <Password autocomplete="current-password" hint="" />
                <button type="submit" class="button" data-variant="primary">
                    {words.sign_in}
                </button>
            </form>
            {single_sign_on}
        </Gate>
    }
    .into_any()
}

#[component]
pub fn Setup() -> impl IntoView {
    let all = use_words();
    let words = &all.people;
    let field = |code: &str| (all.field_error)(&FieldError::new("", code));
    let error = given("error").map(|code| match code.as_str() {
        "token" | "setup_token" | "setup_closed" | "not_found" | "forbidden" => {
            (all.failure)(&domain::Failure::Refused { code: "setup_token".to_owned(), params: Vec::new() })
        }
        "too_many" => (words.too_many)(&given("retry").unwrap_or_default()),
        other => field(other),
    });
    let inner = match given("token") {
        Some(token) => view! {
            <p>{words.setup_text}</p>
            <form method="post" action=places::setup()>
                <input type="hidden" name="token" value=token />
                <UserName value=given("user_name").unwrap_or_default() />
                <Password autocomplete="new-password" hint=words.password_hint />
                <button type="submit" class="button" data-variant="primary">
                    {words.setup_button}
                </button>
            </form>
        }
        .into_any(),
        None => view! { <p>{words.setup_no_token}</p> }.into_any(),
    };
    view! {
        <Gate title=words.setup error>
            {inner}
        </Gate>
    }
    .into_any()
}

#[component]
fn Gate(title: &'static str, error: Option<String>, children: Children) -> impl IntoView {
    view! {
        <main class="gate">
            <div class="gate-card">
                <p class="gate-brand">{use_words().frame.product}</p>
                <h1>{title}</h1>
                {error
                    .map(|text| {
                        view! {
                            <Notice kind="danger" alert=true>
                                <p>{text}</p>
                            </Notice>
                        }
                    })}
                {children()}
            </div>
        </main>
    }
    .into_any()
}

#[component]
fn UserName(value: String) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" for="user-name">
                {use_words().people.user_name}
            </label>
            <input
                class="input"
                id="user-name"
                name="user_name"
                value=value
                required
                autofocus
                autocomplete="username"
                autocapitalize="off"
                spellcheck="false"
            />
        </div>
    }
    .into_any()
}

#[component]
fn Password(autocomplete: &'static str, hint: &'static str) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" for="password">
                {use_words().people.password}
            </label>
            <input
                class="input"
                type="password"
                id="password"
                name="password"
                required
                autocomplete=autocomplete
                aria-describedby=(!hint.is_empty()).then_some("password-hint")
            />
            {(!hint.is_empty())
                .then(|| {
                    view! {
                        <p class="field-hint" id="password-hint">
                            {hint}
                        </p>
                    }
                })}
        </div>
    }
    .into_any()
}
