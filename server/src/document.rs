//! The HTML document around the application, and the policy that it runs under.

use crate::assets::{NAMES, STYLE};
use app::{
    locales::{language_function, use_words},
    mount::{Mount, mount},
};
use axum::http::{HeaderValue, header, request::Parts};
use domain::{report::ReportName, taste::Tastes};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use std::collections::BTreeSet;

/// The framework fills templates of its own by innerHTML. They hold nothing that runs or fetches; markup that does is let
/// through by no policy, and so is reported. (Trusted Types, section 2.3.4: the default policy)
const TEMPLATES_ALONE: &str = r"window.trustedTypes?.createPolicy('default', { createHTML: (s) => /\x3c(script|iframe|object|embed|base|link|meta)|\son\w+\s*=|javascript:|srcdoc/i.test(s) ? null : s });";

/// Answers the filter until the program runs.
const EARLY: &str = include_str!("../../frontend/early.js");
/// Whoever asks with this header looks at the rows alone.
const ROWS_ALONE: &str = "postroom-rows";

/// `theme` is the version of the operator's theme file, where there is one; `tastes` are the reader's own; `ahead` is the report
/// whose rows are fetched while the program is on its way.
pub fn document(theme: Option<String>, tastes: Tastes, ahead: Option<ReportName>) -> impl IntoView {
    let nonce = use_nonce();
    let value = nonce.as_ref().map(ToString::to_string).unwrap_or_default();
    let mount = mount();
    if let (Some(options), Ok(policy)) =
        (use_context::<ResponseOptions>(), HeaderValue::from_str(&content_policy(&value, &mount)))
    {
        options.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        // Enforced, it would stop the pages of browsers that have trusted types and no default policy yet.
        let trusted = HeaderValue::from_static("require-trusted-types-for 'script'");
        options.insert_header(header::CONTENT_SECURITY_POLICY_REPORT_ONLY, trusted);
    }
    let names = &*NAMES;
    let base = mount.base.as_str();
    let later = names.later.iter().map(|name| format!("{base}/pkg/{name}")).collect::<Vec<_>>().join(" ");
    let [js, link, wasm] = [&names.js, &names.link, &names.wasm].map(|name| format!("{base}/pkg/{name}"));
    // The module is compiled while it streams; the page is whole and readable before that.
    let start = format!(
        "{TEMPLATES_ALONE}import('{js}').then(m => m.default({{ module_or_path: '{wasm}' }}).then(() => m.hydrate()));"
    );
    let parts = use_context::<Parts>();
    let rows_alone = parts.as_ref().is_some_and(|parts| parts.headers.contains_key(ROWS_ALONE));
    let ahead = ahead.filter(|_| !rows_alone);
    let path = parts.as_ref().map(|parts| parts.uri.path()).unwrap_or_default();
    // A style sheet of its own would keep the rows waiting for another round trip.
    let style = (!rows_alone).then(|| view! { <style nonce=nonce.clone()>{*STYLE}</style> });
    // Drawn once, when all rows are there, and not piece by piece. (HTML Standard, section 4.6.8.8, "expect")
    let whole = ahead.map(|_| view! { <link rel="expect" blocking="render" href=format!("#{}", app::FOOT) /> });
    let early = ahead.map(|_| view! { <script nonce=nonce.clone()>{EARLY}</script> });
    let language = use_words().language;
    let parts = app::chunks::needed(&mount, path).iter().map(|part| part.function());
    let needed = language_function(language).into_iter().chain(parts).filter_map(|function| names.needs.get(function));
    let parts: BTreeSet<&String> = needed.flatten().collect();
    let parts: Vec<_> = parts
        .into_iter()
        .map(|name| {
            let href = format!("{base}/pkg/{name}");
            view! { <link rel="preload" href=href r#as="fetch" r#type="application/wasm" crossorigin="anonymous" /> }
        })
        .collect();
    let rows = ahead.map(|report| {
        let href = app::address_ahead(report);
        view! { <link rel="preload" data-rows=report.code() href=href r#as="fetch" crossorigin="anonymous" /> }
    });
    let theme = theme.map(|version| view! { <link rel="stylesheet" href=format!("{base}/theme.css?v={version}") /> });
    let said = (!mount.is_plain()).then(|| serde_json::to_string(&mount).unwrap_or_default());
    let said = said.map(|json| view! { <meta name="postroom-mount" content=json /> });
    let looks = mount.embed.as_ref().map(|embed| embed.looks.clone()).unwrap_or_default();
    let framed = mount.embed.is_some();
    let own = |code: &str| (!framed).then(|| code.to_owned());
    view! {
        <!DOCTYPE html>
        <html
            lang=language.tag()
            dir="ltr"
            data-framed=framed.then_some("")
            data-theme=looks.theme.or_else(|| own(tastes.theme.code())).filter(|theme| theme != "system")
            data-density=looks.density.or_else(|| own(tastes.density.code()).filter(|density| density == "compact"))
            data-shortcuts=(!framed && !tastes.shortcuts).then_some("no")
            data-height=framed.then(|| looks.height.unwrap_or_else(|| "fill".to_owned()))
            data-hide=(!looks.hide.is_empty()).then(|| looks.hide.join(" "))
        >
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                {style}
                {whole}
                {theme}
                <link rel="icon" type="image/svg+xml" href=format!("{base}/favicon.svg") />
                <link rel="modulepreload" href=js />
                <link rel="modulepreload" href=link />
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
                {parts}
                {rows}
                {early}
                <script type="module" nonce=nonce>{start}</script>
                <meta name="postroom-later" content=later />
                {said}
                <title>Postroom</title>
            </head>
            <body>
                <app::App />
            </body>
        </html>
    }
}

/// Nobody may frame a page but those on the list, and they only what is made for a frame.
fn content_policy(nonce: &str, mount: &Mount) -> String {
    let origins = mount.embed.as_ref().map(|embed| embed.origins.join(" ")).unwrap_or_default();
    let ancestors = if origins.is_empty() { "'none'" } else { &origins };
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
         object-src 'none'; frame-ancestors {ancestors}; report-to csp; report-uri {base}/csp-reports",
        base = mount.base
    )
}
