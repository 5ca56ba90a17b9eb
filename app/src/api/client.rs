//! How server functions are asked for: with the session that a portal's sign-in was exchanged for, where there is one.
//!
//! It is kept here, in the module's memory, and nowhere else: no cookie, no storage, no address.

use domain::Secret;
use leptos::server_fn::{
    client::{Client, browser::BrowserClient},
    error::FromServerFnError,
    request::browser::BrowserRequest,
    response::browser::BrowserResponse,
};
use std::cell::RefCell;

thread_local! {
    static SESSION: RefCell<Option<Secret>> = const { RefCell::new(None) };
    static LANGUAGE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on, what the server words is asked for in this language, whichever the browser prefers.
pub fn use_language(tag: Option<String>) {
    LANGUAGE.with_borrow_mut(|kept| *kept = tag);
}

/// The headers that every request of ours carries.
pub fn headers() -> impl Iterator<Item = (&'static str, String)> {
    let language = LANGUAGE.with_borrow(Clone::clone).map(|tag| ("accept-language", tag));
    authorization().map(|value| ("authorization", value)).into_iter().chain(language)
}

/// From now on, requests are made with this session.
pub fn use_session(session: Option<Secret>) {
    SESSION.with_borrow_mut(|kept| *kept = session);
}

/// The value of the header that says who asks; `None` where a cookie or a proxy does.
fn authorization() -> Option<String> {
    SESSION.with_borrow(|kept| kept.as_ref().map(|session| format!("Bearer {}", session.expose())))
}

/// The session itself, for what a form has to send.
pub fn session() -> Option<Secret> {
    SESSION.with_borrow(Clone::clone)
}

/// The browser's own client, with those headers.
pub struct WithSession;

impl<E, I, O> Client<E, I, O> for WithSession
where
    E: FromServerFnError,
    I: FromServerFnError,
    O: FromServerFnError,
{
    type Request = BrowserRequest;
    type Response = BrowserResponse;

    fn send(request: Self::Request) -> impl Future<Output = Result<Self::Response, E>> + Send {
        for (name, value) in headers() {
            request.headers().set(name, &value);
        }
        <BrowserClient as Client<E, I, O>>::send(request)
    }

    fn open_websocket(
        path: &str,
    ) -> impl Future<
        Output = Result<
            (
                impl futures::Stream<Item = Result<bytes::Bytes, bytes::Bytes>> + Send + 'static,
                impl futures::Sink<bytes::Bytes> + Send + 'static,
            ),
            E,
        >,
    > + Send {
        <BrowserClient as Client<E, I, O>>::open_websocket(path)
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        <BrowserClient as Client<E, I, O>>::spawn(future);
    }
}
