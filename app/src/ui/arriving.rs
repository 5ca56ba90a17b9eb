//! Views whose code is fetched by itself.

use leptos::prelude::*;
use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, Waker},
};

/// A view whose code may have to be fetched first. On the server, and where a rendered page is taken over, it is at hand:
/// then it is made once, here, so that both sides make the same things in the same order.
pub fn arriving(
    view: impl Future<Output = AnyView> + Send + 'static,
    meanwhile: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let mut view: Pin<Box<dyn Future<Output = AnyView> + Send>> = Box::pin(view);
    if let Poll::Ready(view) = view.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        return view;
    }
    let coming = Arc::new(Mutex::new(Some(view)));
    view! {
        <Suspense fallback=meanwhile>
            {move || {
                let view = coming.lock().unwrap_or_else(PoisonError::into_inner).take();
                view.map(Suspend::new)
            }}
        </Suspense>
    }
    .into_any()
}
