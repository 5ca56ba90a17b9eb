//! Downloads and prints from a frame, where a link carries no session: a file is fetched with it and then saved, a page for
//! paper gets it in the body of a form; or the portal is told what its sandbox forbids.

use super::exchange::need;
use crate::{api::client, locales::use_words, mount::mount, portal, ui::toast::Toasts};
use domain::{
    Failure,
    portal::{ToPortal, TokenReason, Wanted},
};
use leptos::{ev, prelude::*, task::spawn_local};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Element, HtmlAnchorElement, HtmlFormElement, RequestInit, Response, Url};

thread_local! {
    /// What the frame's sandbox allows; nothing where there is none, or nobody has said.
    static SANDBOX: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

pub fn allowed(sandbox: Option<Vec<String>>) {
    SANDBOX.with_borrow_mut(|known| *known = sandbox);
}

/// Looks at each click before the page does.
pub fn watch(toasts: Toasts) -> WindowListenerHandle {
    window_event_listener(ev::click, move |event| {
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = link.and_then(|target| target.closest("a[href*='/reports/']").ok().flatten());
        let Some(address) = link.and_then(|link| link.get_attribute("href")) else { return };
        let what = if address.contains("/print") { Wanted::Print } else { Wanted::Csv };
        let missing = missing(what);
        if !missing.is_empty() {
            event.prevent_default();
            portal::tell(ToPortal::Blocked { what, missing, page: page() });
            return;
        }
        match (what, client::session()) {
            (_, None) if client::had_session() => {
                event.prevent_default();
                toasts.bad(use_words().later().framed.ended.to_owned());
                need(TokenReason::Ended, None);
            }
            // A proxy says of each request who it is from, of a link's too.
            (_, None) => {}
            (Wanted::Print, Some(session)) => {
                event.prevent_default();
                submit(&address, session.expose());
            }
            (Wanted::Csv, Some(_)) => {
                event.prevent_default();
                spawn_local(async move {
                    if let Err(failure) = save(&address).await {
                        toasts.bad((use_words().failure)(&failure));
                    }
                });
            }
        }
    })
}

fn missing(what: Wanted) -> Vec<String> {
    SANDBOX.with_borrow(|sandbox| {
        let Some(allowed) = sandbox else { return Vec::new() };
        let lacks = |one: &&&str| !allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(one));
        what.permissions().iter().filter(lacks).map(|one| (*one).to_owned()).collect()
    })
}

fn page() -> String {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let search = location.search().unwrap_or_default();
    format!("{}{search}", mount().inside(&path).unwrap_or_default())
}

#[derive(serde::Deserialize)]
struct Problem {
    failure: Failure,
}

/// The frame stays where it is, whatever is answered.
async fn save(address: &str) -> Result<(), Failure> {
    let response = fetch(address).await.map_err(|_| Failure::Unreachable)?;
    if !response.ok() {
        let status = response.status().to_string();
        let text = match response.text() {
            Ok(text) => JsFuture::from(text).await.ok().and_then(|text| text.as_string()).unwrap_or_default(),
            Err(_) => String::new(),
        };
        let problem = serde_json::from_str::<Problem>(&text).map(|problem| problem.failure);
        return Err(problem.unwrap_or(Failure::Internal { reference: status }));
    }
    let named = response.headers().get("content-disposition").ok().flatten().unwrap_or_default();
    let name = named.split('"').nth(1).unwrap_or("report.csv").to_owned();
    // A file that breaks off is an error here, and no file.
    hand_over(&response, &name).await.map_err(|_| Failure::Unreachable)
}

async fn fetch(address: &str) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    let headers = web_sys::Headers::new()?;
    for (name, value) in client::headers() {
        headers.set(name, &value)?;
    }
    init.set_headers(&headers);
    JsFuture::from(window().fetch_with_str_and_init(address, &init)).await?.dyn_into()
}

async fn hand_over(response: &Response, name: &str) -> Result<(), JsValue> {
    let blob: Blob = JsFuture::from(response.blob()?).await?.dyn_into()?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has taken it by then.
    set_timeout(move || drop(Url::revoke_object_url(&url)), std::time::Duration::from_mins(1));
    Ok(())
}

/// The form is there for as long as it takes to send it.
fn submit(address: &str, session: &str) {
    let make = |name: &str| document().create_element(name).ok();
    let Some((form, field)) = make("form").zip(make("input")) else { return };
    let set = |element: &Element, pairs: &[(&str, &str)]| {
        for (name, value) in pairs {
            let _ = element.set_attribute(name, value);
        }
    };
    set(&form, &[("method", "post"), ("action", address), ("target", "_blank"), ("rel", "noopener"), ("hidden", "")]);
    set(&field, &[("type", "hidden"), ("name", "session"), ("value", session)]);
    let Some(form) = form.dyn_ref::<HtmlFormElement>() else { return };
    if let Some(body) = document().body()
        && form.append_child(&field).is_ok()
        && body.append_child(form).is_ok()
    {
        let _ = form.submit();
        form.remove();
    }
}
