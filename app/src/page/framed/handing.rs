//! Hands over a file or a page for paper from a frame. Fetched when somebody wants one.

use crate::{
    api::{client, fetch::fetch, problem::failure_of},
    locales::use_words,
    ui::toast::Toasts,
};
use domain::{Failure, portal::Wanted};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Element, HtmlAnchorElement, HtmlFormElement, Response, Url};

#[lazy]
pub async fn hand(what: Wanted, address: String, toasts: Toasts) {
    let Some(session) = client::session() else { return };
    match what {
        Wanted::Print => submit(&address, session.expose()),
        Wanted::Csv => {
            if let Err(failure) = save(&address).await {
                toasts.bad((use_words().failure)(&failure));
            }
        }
    }
}

/// The frame stays where it is, whatever is answered.
async fn save(address: &str) -> Result<(), Failure> {
    let response = fetch(address, &[], None, None).await.map_err(|_| Failure::Unreachable)?;
    if !response.ok() {
        return Err(failure_of(&response).await);
    }
    let named = response.headers().get("content-disposition").ok().flatten().unwrap_or_default();
    let name = named.split('"').nth(1).unwrap_or("report.csv").to_owned();
    // A file that breaks off is an error here, and no file.
    hand_over(&response, &name).await.map_err(|_| Failure::Unreachable)
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
    let Some((form, fields)) = make("form").zip(make("input").zip(make("input"))) else { return };
    let set = |element: &Element, pairs: &[(&str, &str)]| {
        for (name, value) in pairs {
            let _ = element.set_attribute(name, value);
        }
    };
    set(&form, &[("method", "post"), ("action", address), ("target", "_blank"), ("rel", "noopener"), ("hidden", "")]);
    set(&fields.0, &[("type", "hidden"), ("name", "session"), ("value", session)]);
    set(&fields.1, &[("type", "hidden"), ("name", "language"), ("value", use_words().language.tag())]);
    let Some(form) = form.dyn_ref::<HtmlFormElement>() else { return };
    if let Some(body) = document().body()
        && form.append_child(&fields.0).is_ok()
        && form.append_child(&fields.1).is_ok()
        && body.append_child(form).is_ok()
    {
        let _ = form.submit();
        form.remove();
    }
}
