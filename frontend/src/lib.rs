//! The browser's entry point: takes over the page that the server rendered.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub async fn hydrate() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        app::show_crash();
    }));
    let mount = app::mount::read_document();
    if !mount.base.is_empty() {
        leptos::server_fn::client::set_server_url(&mount.base);
    }
    app::fetch_ahead();
    app::watch_history();
    let path = leptos::prelude::window().location().pathname().unwrap_or_default();
    app::locales::fetch_words().await;
    app::chunks::fetch_needed(&path).await;
    app::await_ahead().await;
    app::end_early().await;
    leptos::mount::hydrate_body(app::App);
    app::tell_running();
    app::fetch_on_first_use();
    app::chunks::check_theme().await;
}
