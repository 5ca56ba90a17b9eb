//! What is configured for portals, a snippet that works with it, and why a given origin would not.

use crate::{
    api::parameters::embedding_get,
    locales::use_words,
    mount::mount,
    ui::{
        browser,
        button::Button,
        field::TextField,
        notice::{Notice, Skeleton},
        toast::use_toasts,
    },
};
use domain::portal::{Embedding as Configured, Origin, origin};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Embedding() -> impl IntoView {
    let words = use_words();
    let configured = Resource::new_blocking(|| (), |()| embedding_get());
    view! {
        <section class="panel fields-stack" aria-labelledby="embedding-title">
            <h2 id="embedding-title">{words.later().embedding.title}</h2>
            <p class="field-hint">{words.later().embedding.text}</p>
            <Suspense fallback=move || view! { <Skeleton label=words.common.loading lines=3 /> }>
                {move || Suspend::new(async move {
                    match configured.await {
                        Ok(configured) => view! { <Shown configured /> }.into_any(),
                        Err(failure) => {
                            view! {
                                <Notice kind="danger" alert=true>
                                    <p>{(words.failure)(&failure.0)}</p>
                                </Notice>
                            }
                                .into_any()
                        }
                    }
                })}
            </Suspense>
        </section>
    }
    .into_any()
}

#[component]
fn Shown(configured: Configured) -> impl IntoView {
    let facts =
        facts(&configured).into_iter().map(|(name, text)| view! { <dt>{name}</dt> <dd>{text}</dd> }).collect_view();
    view! {
        <dl class="facts">{facts}</dl>
        {(!configured.origins.is_empty())
            .then(|| view! { <Snippet address=configured.address.clone() token=configured.token.is_some() /> })}
        <TryOrigin origins=configured.origins />
    }
    .into_any()
}

fn facts(configured: &Configured) -> Vec<(&'static str, String)> {
    let words = &use_words().later().embedding;
    let or = |text: String, nothing: &str| if text.is_empty() { nothing.to_owned() } else { text };
    let token = configured.token.as_ref().map(|token| {
        let mut parts = vec![(words.audience)(&token.audience)];
        parts.extend(token.issuer.as_deref().map(words.issuer));
        parts.extend(token.shared_secret.then(|| words.secret.to_owned()));
        parts.extend(token.jwks.as_deref().map(words.keys_at));
        parts.join("\n")
    });
    let proxy = configured.proxy.as_ref().map(|proxy| {
        let mut parts = vec![(words.from_addresses)(&proxy.user_header, &proxy.addresses)];
        parts.extend(proxy.role_header.as_deref().map(words.role_from));
        parts.extend(proxy.secret.then(|| words.proxy_secret.to_owned()));
        parts.join("\n")
    });
    let off = || words.off.to_owned();
    vec![
        (words.origins, or(configured.origins.join("\n"), words.nobody)),
        (words.address, or(configured.address.clone(), words.address_unknown)),
        (words.token, token.unwrap_or_else(off)),
        (words.proxy, proxy.unwrap_or_else(off)),
        (words.oidc, configured.oidc.clone().map_or_else(off, |issuer| (words.issuer)(&issuer))),
        (words.theme_file, if configured.theme_file { words.on } else { words.off }.to_owned()),
    ]
}

#[component]
fn Snippet(address: String, token: bool) -> impl IntoView {
    let words = &use_words().later().embedding;
    let toasts = use_toasts();
    let address = RwSignal::new(address);
    // Where only the request says it, the browser knows.
    Effect::new(move |_| {
        if address.with_untracked(String::is_empty) {
            let here = window().location().origin().unwrap_or_default();
            address.set(format!("{here}{}", mount().base));
        }
    });
    let text = Signal::derive(move || address.with(|address| snippet(address, token)));
    let copy = Callback::new(move |()| {
        let text = text.get_untracked();
        spawn_local(async move {
            let done = browser::copy(&text).await;
            if done { toasts.good(words.copied.to_owned()) } else { toasts.bad(words.copy_by_hand.to_owned()) }
        });
    });
    view! {
        <div class="field">
            <p class="field-label">{words.snippet}</p>
            <p class="field-hint">{words.snippet_hint}</p>
            <pre class="snippet" tabindex="0">
                {text}
            </pre>
            <div>
                <Button label=words.copy on_click=copy />
            </div>
        </div>
    }
    .into_any()
}

fn snippet(address: &str, token: bool) -> String {
    let element = format!(
        "<script src=\"{address}/embed.js\" defer></script>\n<postroom-report src=\"{address}\"></postroom-report>\n"
    );
    let script = "<script>\n  // Your own server answers with a token for whoever is signed in.\n  \
                  document.querySelector('postroom-report').getToken = () =>\n    \
                  fetch('/postroom-token', { method: 'POST' }).then((answer) => (answer.ok ? answer.text() : ''));\n</script>\n";
    if token { format!("{element}{script}") } else { element }
}

#[component]
fn TryOrigin(origins: Vec<String>) -> impl IntoView {
    let words = &use_words().later().embedding;
    let typed = RwSignal::new(String::new());
    let allowed: Vec<Origin> = origins.iter().filter_map(|origin| Origin::parse(origin).ok()).collect();
    let verdict = move || {
        let typed = typed.get();
        (!typed.trim().is_empty()).then(|| match origin::check(&typed, &allowed) {
            Ok(origin) => ("success", (words.may_frame)(origin.as_str())),
            Err((trouble, near)) => ("warning", (words.trouble)(trouble, near.as_ref().map_or("", Origin::as_str))),
        })
    };
    view! {
        <TextField
            id="embed-origin"
            label=words.try_origin
            hint=words.try_hint
            value=typed
            on_input=Callback::new(move |text| typed.set(text))
        />
        <div aria-live="polite">
            {move || {
                verdict()
                    .map(|(kind, text)| {
                        view! {
                            <Notice kind>
                                <p>{text}</p>
                            </Notice>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
