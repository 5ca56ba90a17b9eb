//! How server functions are asked for: with the session that a portal's sign-in was exchanged for, where there is one.
//!
//! It is kept here, in the module's memory, and nowhere else: no cookie, no storage, no address.

use crate::mount::is_framed;
use domain::Secret;
use leptos::server_fn::{
    client::{Client, browser::BrowserClient},
    error::FromServerFnError,
    request::browser::BrowserRequest,
    response::browser::BrowserResponse,
};
use std::cell::{Cell, RefCell};

thread_local! {
    static SESSION: RefCell<Option<Secret>> = const { RefCell::new(None) };
    static HAD_SESSION: Cell<bool> = const { Cell::new(false) };
    static ASKING: Cell<u32> = const { Cell::new(0) };
    static LANGUAGE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on, what the server words is asked for in this language, whichever the browser prefers.
pub fn use_language(tag: String) {
    LANGUAGE.with_borrow_mut(|kept| *kept = Some(tag));
}

/// Whether there has been any: then it is a session that says who asks, and not a proxy.
pub fn had_session() -> bool {
    HAD_SESSION.get()
}

/// Whether a server function has been asked and has not answered yet.
pub fn is_asking() -> bool {
    ASKING.get() > 0
}

/// One that is asked, until it is dropped.
struct Asking;

impl Asking {
    fn begin() -> Self {
        ASKING.set(ASKING.get() + 1);
        Self
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        ASKING.set(ASKING.get().saturating_sub(1));
    }
}

/// The headers that every request of ours carries.
pub fn headers() -> impl Iterator<Item = (&'static str, String)> {
    headers_of(session().as_ref())
}

/// The same with another session, or none.
pub fn headers_of(session: Option<&Secret>) -> impl Iterator<Item = (&'static str, String)> + use<> {
    let session = session.map(|session| ("authorization", format!("Bearer {}", session.expose())));
    let language = LANGUAGE.with_borrow(Clone::clone).map(|tag| ("accept-language", tag));
    // A person's own cookie means nothing in a portal's frame: the portal says who reads there.
    let framed = is_framed().then(|| ("x-postroom-frame", "1".to_owned()));
    session.into_iter().chain(language).chain(framed)
}

/// From now on, requests are made with this session.
pub fn use_session(session: Option<Secret>) {
    HAD_SESSION.set(HAD_SESSION.get() || session.is_some());
    SESSION.with_borrow_mut(|kept| *kept = session);
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
        let asking = Asking::begin();
        let answer = <BrowserClient as Client<E, I, O>>::send(request);
        async move {
            let answer = answer.await;
            drop(asking);
            answer
        }
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
