//! The HTML document around the application, and the policy that it runs under.

use crate::assets::NAMES;
use axum::http::{HeaderValue, header};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;

pub fn document() -> impl IntoView {
    let nonce = use_nonce();
    let value = nonce.as_ref().map(ToString::to_string).unwrap_or_default();
    if let (Some(options), Ok(policy)) =
        (use_context::<ResponseOptions>(), HeaderValue::from_str(&content_policy(&value)))
    {
        options.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        // Enforced, it would break the framework, which fills its own templates by innerHTML; a test looks at what it fills in.
        let trusted = HeaderValue::from_static("require-trusted-types-for 'script'");
        options.insert_header(header::CONTENT_SECURITY_POLICY_REPORT_ONLY, trusted);
    }
    let names = &*NAMES;
    let later = names.later.iter().map(|name| format!("/pkg/{name}")).collect::<Vec<_>>().join(" ");
    let [js, link, wasm, css] = [&names.js, &names.link, &names.wasm, &names.css].map(|name| format!("/pkg/{name}"));
    // The module is compiled while it streams; the page is whole and readable before that.
    let start = format!("import('{js}').then(m => m.default({{ module_or_path: '{wasm}' }}).then(() => m.hydrate()));");
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=css />
                <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
                <link rel="modulepreload" href=js />
                <link rel="modulepreload" href=link />
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
                <script type="module" nonce=nonce>{start}</script>
                <meta name="postroom-later" content=later />
                <title>Postroom</title>
            </head>
            <body>
                <app::App />
            </body>
        </html>
    }
}

fn content_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
         object-src 'none'; frame-ancestors 'none'; report-to csp; report-uri /csp-reports"
    )
}
