//! One connection a browser: of the tabs with the same session one has it, and tells the others. When that is closed, another
//! takes over. Where a browser can't do that (it wants https for it) and in a frame, whose session is its own, each has one.

use super::{Live, link::Link};
use crate::{
    mount::{beside, is_framed},
    ui::browser::{function, get},
};
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::{prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{AbortController, EventTarget, MessageEvent};

/// What a tab asks that has just come.
const WHAT_IS_KNOWN: &str = "?";

pub fn begin(live: Live) {
    Effect::new(move |_| {
        let link = Rc::new(Link::new(live));
        let Ok(end) = AbortController::new() else { return };
        let ours = SendWrapper::new((Rc::clone(&link), end.clone()));
        on_cleanup(move || {
            let (link, end) = ours.take();
            link.stop();
            end.abort();
        });
        spawn_local(async move {
            let shared = if is_framed() { None } else { Channel::open().zip(locks()) };
            match shared {
                Some((channel, locks)) => share(&link, &channel, &locks, &end).await,
                None => link.keep(true).await,
            }
        });
    });
}

/// Waits for its turn to have the connection; hears meanwhile from the tab that has it.
async fn share(link: &Rc<Link>, channel: &Rc<Channel>, locks: &JsValue, end: &AbortController) {
    let leads = Rc::new(std::cell::Cell::new(false));
    let hear = {
        let (link, channel, leads) = (Rc::clone(link), Rc::clone(channel), Rc::clone(&leads));
        move |event: MessageEvent| {
            let said = event.data().as_string().unwrap_or_default();
            match (said == WHAT_IS_KNOWN, leads.get()) {
                (true, true) => {
                    link.wake();
                    channel.tell(&link.state());
                }
                (false, false) => link.take(&said),
                _ => {}
            }
        }
    };
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(hear);
    channel.hear(&hear);
    channel.tell(WHAT_IS_KNOWN);
    let lead = {
        let (link, channel, leads) = (Rc::clone(link), Rc::clone(channel), Rc::clone(&leads));
        move |_: JsValue| -> Promise {
            leads.set(true);
            let telling = Rc::clone(&channel);
            link.tell_by(move |said| telling.tell(said));
            let link = Rc::clone(&link);
            future_to_promise(async move {
                link.keep(false).await;
                Ok(JsValue::UNDEFINED)
            })
        }
    };
    let lead = Closure::<dyn FnMut(JsValue) -> Promise>::new(lead);
    let waiting = request(locks, end, lead.as_ref().unchecked_ref());
    let refused = match waiting {
        Some(waiting) => JsFuture::from(waiting).await.is_err(),
        None => true,
    };
    // Where a browser has locks and refuses them, as in a sandbox.
    if refused && !leads.get() && !link.is_stopped() {
        link.keep(true).await;
    }
    channel.close();
}

/// Of this application: another one may stand below another path of the same site.
fn name() -> String {
    format!("postroom-live {}", beside("/"))
}

fn locks() -> Option<JsValue> {
    get(&get(window().as_ref(), "navigator")?, "locks")
}

fn request(locks: &JsValue, end: &AbortController, lead: &Function) -> Option<Promise> {
    let options = Object::new();
    Reflect::set(&options, &JsValue::from_str("signal"), &end.signal()).ok()?;
    let name = JsValue::from_str(&name());
    function(locks, "request")?.call3(locks, &name, &options, lead).ok()?.dyn_into().ok()
}

/// What the tabs of a browser say to each other.
struct Channel {
    channel: JsValue,
    post: Function,
}

impl Channel {
    fn open() -> Option<Rc<Self>> {
        let make = function(window().as_ref(), "BroadcastChannel")?;
        let channel = Reflect::construct(&make, &Array::of1(&JsValue::from_str(&name()))).ok()?;
        let post = function(&channel, "postMessage")?;
        Some(Rc::new(Self { channel, post }))
    }

    fn tell(&self, said: &str) {
        let _ = self.post.call1(&self.channel, &JsValue::from_str(said));
    }

    fn hear(&self, hear: &Closure<dyn FnMut(MessageEvent)>) {
        let target = self.channel.unchecked_ref::<EventTarget>();
        let _ = target.add_event_listener_with_callback("message", hear.as_ref().unchecked_ref());
    }

    fn close(&self) {
        if let Some(close) = function(&self.channel, "close") {
            let _ = close.call0(&self.channel);
        }
    }
}
