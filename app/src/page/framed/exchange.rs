//! The portal's token: asked for, exchanged for a session, renewed before that ends. Both live in memory alone.

use super::{Asking, pieces};
use crate::{
    api::{client, problem::failure_of, session::SessionInfo},
    mount::beside,
    page::session::{Session, followed},
    portal,
    ui::turn::{Turn, Turns},
};
use domain::{
    Failure, Secret, Standing,
    portal::{SignedIn, ToPortal, TokenReason, message::Piece},
    taste::Tastes,
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

/// Asked for a new token so long before the session ends, or at half its life if that is later.
const AHEAD_S: u32 = 60;
/// After a refusal the portal is asked again: a portal that always gives the wrong token is not asked without a pause.
const FIRST_PAUSE_S: u64 = 2;
const LONGEST_PAUSE_S: u64 = 60;

#[derive(Clone, Copy)]
pub struct Exchange {
    asking: RwSignal<Asking>,
    session: Option<Session>,
    /// The pages are taken away, whoever they were drawn for.
    gone: RwSignal<bool>,
    /// Numbers what the portal asks for: an answer or a timer of something earlier does nothing.
    turns: Turns,
    signed_in: StoredValue<bool>,
    /// Refusals in a row.
    refused: StoredValue<u32>,
}

impl Exchange {
    pub fn new(asking: RwSignal<Asking>, session: Option<Session>, gone: RwSignal<bool>) -> Self {
        Self {
            asking,
            session,
            gone,
            turns: Turns::new(),
            signed_in: StoredValue::new(false),
            refused: StoredValue::new(0),
        }
    }

    /// Asks for a token, unless a proxy says already who this is.
    pub fn begin(self) {
        let session = self.session;
        spawn_local(async move {
            if followed(session).await.is_none() && self.signed_in.try_get_value() == Some(false) {
                need(TokenReason::Start, None);
            }
        });
    }

    pub fn redeem(self, token: Secret, origin: String) {
        let turn = self.turns.next();
        spawn_local(async move {
            let answer = exchanged(token, origin).await;
            if turn.is_last() {
                match answer {
                    Ok(signed_in) => self.take(turn, signed_in),
                    Err(failure) => self.refuse(turn, &failure),
                }
            } else if let Ok(SignedIn { session, .. }) = answer {
                // Somebody else came meanwhile, or this one has gone.
                end_session(session).await;
            }
        });
    }

    fn take(self, turn: Turn, given: SignedIn) {
        client::use_session(Some(given.session));
        self.signed_in.try_set_value(true);
        self.refused.try_set_value(0);
        self.asking.try_set(Asking::Token);
        self.show(SessionInfo {
            name: given.name.clone(),
            role: given.role,
            standing: Standing::Portal,
            has_password: false,
            tastes: Tastes::default(),
        });
        portal::tell(ToPortal::SignedIn { name: given.name, role: given.role, expires_in_s: given.expires_in_s });
        let life = given.expires_in_s;
        let ask_after = life.saturating_sub(AHEAD_S).max(life / 2);
        turn.after(Duration::from_secs(u64::from(ask_after)), || need(TokenReason::Expiring, None));
        self.ends_in(life);
    }

    /// What is typed stays in sight; whatever asks the server from then on is told that nobody is signed in.
    fn ends_in(self, seconds: u32) {
        let mine = client::session();
        let end = move || {
            if client::session() == mine && self.signed_in.try_get_value() == Some(true) {
                client::use_session(None);
                self.signed_in.try_set_value(false);
                self.asking.try_set(Asking::Ended);
                need(TokenReason::Ended, None);
            }
        };
        set_timeout(end, Duration::from_secs(u64::from(seconds)));
    }

    /// Draws the pages anew only for somebody else: what is typed in them survives a renewal.
    fn show(self, info: SessionInfo) {
        let Some(session) = self.session else { return };
        spawn_local(async move {
            if session.followed().await.as_ref() != Some(&info) {
                self.replace(session, Some(info));
            }
        });
    }

    /// First the pages go: what in them waits for the reader's role must not wake where nothing is left of it.
    fn replace(self, session: Session, info: Option<SessionInfo>) {
        self.gone.try_set(true);
        let change = move || {
            let nobody = info.is_none();
            session.set(info);
            self.gone.try_set(nobody);
        };
        set_timeout(change, Duration::ZERO);
    }

    /// The session that there may be goes on until its end.
    fn refuse(self, turn: Turn, failure: &Failure) {
        let mut pause = self.refused.try_update_value(|refused| {
            *refused = refused.saturating_add(1);
            FIRST_PAUSE_S.saturating_mul(1 << (*refused - 1).min(10)).min(LONGEST_PAUSE_S)
        });
        let reason = match failure {
            Failure::Refused { code, params } if code == "embed_token" => {
                params.first().cloned().unwrap_or_else(|| code.clone())
            }
            Failure::TooMany { retry_after_s } => {
                pause = pause.map(|pause| pause.max(*retry_after_s));
                "too_many".to_owned()
            }
            Failure::Unreachable => "unreachable".to_owned(),
            _ => "internal".to_owned(),
        };
        self.asking.try_set(Asking::Refused(reason.clone()));
        let again = move || need(TokenReason::Refused, Some(reason));
        turn.after(Duration::from_secs(pause.unwrap_or(LONGEST_PAUSE_S)), again);
    }

    /// The portal's person has gone: nothing of theirs stays in the frame, whatever the server says.
    pub fn end(self) {
        self.turns.next();
        let ended = client::session();
        client::use_session(None);
        self.signed_in.try_set_value(false);
        self.asking.try_set(Asking::Ended);
        if let Some(session) = self.session {
            self.replace(session, None);
        }
        if let Some(ended) = ended {
            spawn_local(end_session(ended));
        }
    }
}

pub fn need(reason: TokenReason, code: Option<String>) {
    portal::tell(ToPortal::TokenNeeded { reason, code });
}

async fn exchanged(token: Secret, origin: String) -> Result<SignedIn, Failure> {
    let ask = pieces::object(|put| {
        // Whatever printed it may have ended the line.
        put("token", Piece::Text(token.expose().trim().to_owned()));
        put("origin", Piece::Text(origin));
    });
    let response = send("/api/ui/embed/session", &ask, client::session()).await.map_err(|_| Failure::Unreachable)?;
    if !response.ok() {
        return Err(failure_of(&response).await);
    }
    let json = async { JsFuture::from(response.json().ok()?).await.ok() };
    let signed_in = json.await.and_then(|answer| SignedIn::read(&|name| pieces::field(&answer, name)));
    signed_in.ok_or_else(|| Failure::Internal { reference: "transport".to_owned() })
}

async fn end_session(session: Secret) {
    let _ = send("/api/ui/embed/end", &JsValue::UNDEFINED, Some(session)).await;
}

async fn send(path: &'static str, body: &JsValue, session: Option<Secret>) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_method("POST");
    let headers = web_sys::Headers::new()?;
    if body.is_object() {
        headers.set("content-type", "application/json")?;
        init.set_body(&js_sys::JSON::stringify(body)?.into());
    }
    for (name, value) in client::headers_of(session.as_ref()) {
        headers.set(name, &value)?;
    }
    init.set_headers(&headers);
    JsFuture::from(window().fetch_with_str_and_init(&beside(path), &init)).await?.dyn_into()
}
