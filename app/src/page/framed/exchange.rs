//! The portal's token: asked for, exchanged for a session, renewed before that ends. Both live in memory alone.

use super::Asking;
use crate::{
    api::{client, session::SessionInfo},
    mount::beside,
    page::frame::Session,
    portal,
};
use domain::{
    Failure, Secret,
    portal::{SignedIn, ToPortal, TokenReason},
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

/// Asked for a new token so long before the session ends, or at half its life if that is later.
const AHEAD_S: u32 = 60;

#[derive(Clone, Copy)]
pub struct Exchange {
    asking: RwSignal<Asking>,
    session: Option<Session>,
    /// Numbers the sessions: a timer of an earlier one does nothing.
    turn: StoredValue<u32>,
    signed_in: StoredValue<bool>,
}

#[derive(Serialize)]
struct Ask<'a> {
    token: &'a Secret,
    origin: &'a str,
}

#[derive(Deserialize)]
struct Problem {
    failure: Failure,
}

impl Exchange {
    pub fn new(asking: RwSignal<Asking>, session: Option<Session>) -> Self {
        Self { asking, session, turn: StoredValue::new(0), signed_in: StoredValue::new(false) }
    }

    /// Asks for a token, unless a proxy or a cookie says already who this is.
    pub fn begin(self) {
        let session = self.session;
        spawn_local(async move {
            let known = match session {
                Some(session) => session.0.await.ok().flatten(),
                None => None,
            };
            if known.is_none() && self.signed_in.try_get_value() == Some(false) {
                need(TokenReason::Start, None);
            }
        });
    }

    pub fn redeem(self, token: Secret, origin: String) {
        spawn_local(async move {
            match post("/api/ui/embed/session", Some(&Ask { token: &token, origin: &origin })).await {
                Ok(signed_in) => self.take(signed_in),
                Err(failure) => self.refuse(&failure),
            }
        });
    }

    fn take(self, given: SignedIn) {
        let Some(turn) = self.next_turn() else { return };
        client::use_session(Some(given.session));
        self.signed_in.try_set_value(true);
        self.show(SessionInfo { name: given.name.clone(), role: given.role, has_password: false });
        portal::tell(ToPortal::SignedIn { name: given.name, role: given.role, expires_in_s: given.expires_in_s });
        let life = given.expires_in_s;
        let ask_after = life.saturating_sub(AHEAD_S).max(life / 2);
        self.later(turn, ask_after, || need(TokenReason::Expiring, None));
        self.later(turn, life, move || {
            // What is typed stays in sight; whatever asks the server from now on is told that nobody is signed in.
            client::use_session(None);
            self.signed_in.try_set_value(false);
            self.asking.try_set(Asking::Ended);
            need(TokenReason::Ended, None);
        });
    }

    /// Draws the pages anew only for somebody else: what is typed in them survives a renewal.
    fn show(self, info: SessionInfo) {
        let Some(session) = self.session else { return };
        spawn_local(async move {
            if session.0.await.ok().flatten().as_ref() != Some(&info) {
                session.0.refetch();
            }
        });
    }

    fn refuse(self, failure: &Failure) {
        let reason = match failure {
            Failure::Refused { code, params } if code == "embed_token" => {
                params.first().cloned().unwrap_or_else(|| code.clone())
            }
            Failure::TooMany { .. } => "too_many".to_owned(),
            Failure::Unreachable => "unreachable".to_owned(),
            _ => "internal".to_owned(),
        };
        self.asking.try_set(Asking::Refused(reason.clone()));
        need(TokenReason::Refused, Some(reason));
    }

    /// The portal's person has gone: nothing of theirs stays in the frame.
    pub fn end(self) {
        self.next_turn();
        let session = self.session;
        self.signed_in.try_set_value(false);
        self.asking.try_set(Asking::Ended);
        spawn_local(async move {
            let _ = post::<(), serde::de::IgnoredAny>("/api/ui/embed/end", None).await;
            client::use_session(None);
            if let Some(session) = session {
                session.0.refetch();
            }
        });
    }

    fn next_turn(self) -> Option<u32> {
        self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        })
    }

    fn later(self, turn: u32, seconds: u32, act: impl FnOnce() + 'static) {
        let act = move || {
            if self.turn.try_get_value() == Some(turn) {
                act();
            }
        };
        set_timeout(act, Duration::from_secs(u64::from(seconds)));
    }
}

fn need(reason: TokenReason, code: Option<String>) {
    portal::tell(ToPortal::TokenNeeded { reason, code });
}

async fn post<B: Serialize, A: serde::de::DeserializeOwned>(path: &str, body: Option<&B>) -> Result<A, Failure> {
    let unreadable = |_| Failure::Internal { reference: "transport".to_owned() };
    let body = body.map(serde_json::to_string).transpose().map_err(|_| Failure::Unreachable)?;
    let response = send(path, body.as_deref()).await.map_err(|_| Failure::Unreachable)?;
    let text = match response.text() {
        Ok(text) => JsFuture::from(text).await.ok().and_then(|text| text.as_string()).unwrap_or_default(),
        Err(_) => String::new(),
    };
    if response.ok() {
        let text = if text.is_empty() { "null" } else { &text };
        return serde_json::from_str(text).map_err(unreadable);
    }
    Err(serde_json::from_str::<Problem>(&text).map_or_else(unreadable, |problem| problem.failure))
}

async fn send(path: &str, body: Option<&str>) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_method("POST");
    let headers = web_sys::Headers::new()?;
    if let Some(body) = body {
        headers.set("content-type", "application/json")?;
        init.set_body(&JsValue::from_str(body));
    }
    for (name, value) in client::headers() {
        headers.set(name, &value)?;
    }
    init.set_headers(&headers);
    JsFuture::from(window().fetch_with_str_and_init(&beside(path), &init)).await?.dyn_into()
}
