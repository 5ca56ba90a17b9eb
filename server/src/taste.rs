//! How pages look to whoever asks, and where that is chosen. A person's own choice is kept with their user; for everybody
//! else, and for the page to sign in, the browser remembers the last one.

use crate::{
    people::{cookie_of, set_cookie},
    problem::problem,
    router::AppState,
};
use app::api::ssr::Caller;
use axum::{
    Extension, Form,
    body::Body,
    extract::State,
    http::{HeaderMap, Response, StatusCode},
};
use domain::taste::{Choice, Tastes};
use service::Actor;

const COOKIE_SECONDS: u32 = 365 * 24 * 3600;

const fn cookie_name(choice: Choice) -> &'static str {
    match choice {
        Choice::Theme(_) => "postroom-theme",
        Choice::Density(_) => "postroom-density",
        Choice::Shortcuts(_) => "postroom-shortcuts",
    }
}

/// A user's own, else what this browser remembers. In a portal's frame the portal says how it looks.
pub fn in_force(caller: Option<&Actor>, framed: bool, headers: &HeaderMap) -> Tastes {
    match caller {
        _ if framed => Tastes::default(),
        Some(actor) if actor.user.is_some() => actor.tastes,
        _ => remembered(headers),
    }
}

fn remembered(headers: &HeaderMap) -> Tastes {
    Tastes::default().choices().into_iter().fold(Tastes::default(), |tastes, choice| {
        let kept = cookie_of(headers, cookie_name(choice)).and_then(|code| Choice::parse(choice.name(), code));
        kept.map_or(tastes, |kept| tastes.with(kept))
    })
}

/// Who signs in brings their tastes along: the next page to sign in looks like that, too.
pub fn remember(response: &mut Response<Body>, state: &AppState, headers: &HeaderMap, tastes: Tastes) {
    let before = remembered(headers).choices();
    for choice in tastes.choices().into_iter().filter(|choice| !before.contains(choice)) {
        set_cookie(response, state, cookie_name(choice), choice.code(), COOKIE_SECONDS);
    }
}

/// Changes nothing on the page that asks: it knows already. What is no choice is none.
pub async fn choose(
    State(state): State<AppState>,
    Extension(Caller(caller)): Extension<Caller>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    for choice in pairs.iter().filter_map(|(name, code)| Choice::parse(name, code)) {
        if let Some(actor) = &caller
            && let Err(failure) = state.service.taste_choose(actor, choice).await
        {
            return problem(&failure);
        }
        set_cookie(&mut response, &state, cookie_name(choice), choice.code(), COOKIE_SECONDS);
    }
    response
}
