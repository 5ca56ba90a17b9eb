//! The pages in a portal's frame: no header, no side menu; who reads them is what the portal says, once it has said it.

mod asking;
mod bridge;
mod contrast;
mod exchange;
mod handing;
mod looks;
mod pieces;
mod sight;
mod wanted;

use super::{
    frame::Around,
    session::{Session, followed},
};
use crate::{locales::use_words, ui::notice::Skeleton};
use leptos::prelude::*;
use std::sync::Arc;

pub type Inside = Arc<dyn Fn() -> AnyView + Send + Sync>;

/// What the frame waits for, while nobody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asking {
    /// Nothing has been heard of a token yet.
    Token,
    /// The last one was refused, for this reason.
    Refused(String),
    /// The sign-in is over, and the portal has not renewed it.
    Ended,
}

#[component]
pub fn Framed(inside: Inside) -> impl IntoView {
    let words = use_words();
    let asking = RwSignal::new(Asking::Token);
    let gone = RwSignal::new(false);
    let session = use_context::<Session>();
    bridge::begin(asking, gone);
    let page = move || {
        let inside = inside.clone();
        Suspend::new(async move {
            match followed(session).await {
                Some(_) => inside(),
                None => view! { <asking::Card asking /> }.into_any(),
            }
        })
    };
    view! {
        <main class="content" id="content" tabindex="-1">
            <asking::Over asking session />
            {move || {
                if gone.get() {
                    return view! { <asking::Card asking /> }.into_any();
                }
                let page = page.clone();
                view! { <Suspense fallback=move || view! { <Skeleton label=words.common.loading /> }>{page}</Suspense> }
                    .into_any()
            }}
        </main>
        <Around />
    }
    .into_any()
}

/// Says on the console where the operator's theme can't be read.
#[cfg(feature = "hydrate")]
pub async fn check_contrast() {
    contrast::check_soon().await;
}
