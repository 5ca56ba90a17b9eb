//! The pages in a portal's frame: no header, no side menu; who reads them is what the portal says, once it has said it.

mod asking;
mod bridge;
mod exchange;
mod looks;
mod sight;
mod wanted;

use super::{
    desk::arriving,
    frame::{Around, Session},
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
    let page = move || {
        let inside = inside.clone();
        Suspend::new(async move {
            let known = match session {
                Some(session) => session.0.await.ok().flatten(),
                None => None,
            };
            match known {
                Some(_) => inside(),
                None => arriving(part(Part::Asking(asking)), || ().into_any()),
            }
        })
    };
    view! {
        <main class="content" id="content" tabindex="-1">
            {arriving(part(Part::Over(asking, session)), || ().into_any())}
            {move || {
                if gone.get() {
                    return arriving(part(Part::Asking(asking)), || ().into_any());
                }
                let page = page.clone();
                view! { <Suspense fallback=move || view! { <Skeleton label=words.common.loading /> }>{page}</Suspense> }
                    .into_any()
            }}
        </main>
        <Around />
        {arriving(part(Part::Bridge(asking, gone)), || ().into_any())}
    }
    .into_any()
}

/// What only a frame needs, apart from the first load of everybody else.
#[derive(Clone, Copy)]
enum Part {
    Asking(RwSignal<Asking>),
    Bridge(RwSignal<Asking>, RwSignal<bool>),
    /// Says above the pages that the sign-in is over.
    Over(RwSignal<Asking>, Option<Session>),
    /// The operator's theme, on a page that stands alone.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser knows what colours come to"))]
    Contrast,
}

#[lazy]
fn part(part: Part) -> AnyView {
    match part {
        Part::Asking(asking) => view! { <asking::Card asking /> }.into_any(),
        Part::Over(asking, session) => view! { <asking::Over asking session /> }.into_any(),
        Part::Contrast => {
            looks::check_contrast_soon();
            ().into_any()
        }
        Part::Bridge(asking, gone) => {
            bridge::begin(asking, gone);
            ().into_any()
        }
    }
}

#[cfg(feature = "hydrate")]
pub async fn preload() {
    __preload_part().await;
}

/// Says on the console where the operator's theme can't be read.
#[cfg(feature = "hydrate")]
pub async fn check_contrast() {
    drop(part(Part::Contrast).await);
}
