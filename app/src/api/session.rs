//! Who is signed in.
#![cfg_attr(feature = "ssr", expect(clippy::unused_async, reason = "a server function is async, whatever it does"))]

use super::Answer;
use domain::{Role, Standing, taste::Tastes};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

/// What a page may know about the person reading it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionInfo {
    pub name: String,
    pub role: Role,
    /// By whom they are known; it withholds some of what the role would give.
    #[serde(default)]
    pub standing: Standing,
    /// Whether they have a password here that they can change.
    #[serde(default)]
    pub has_password: bool,
    /// How they like their pages.
    #[serde(default)]
    pub tastes: Tastes,
}

/// The person signed in, if anybody.
#[server(name = SessionInfoCall, prefix = "/api/ui", endpoint = "session", input = Json, client = super::client::WithSession)]
pub async fn session_info() -> Answer<Option<SessionInfo>> {
    Ok(super::ssr::signed_in().map(|actor| SessionInfo {
        has_password: actor.user.is_some(),
        tastes: actor.tastes,
        standing: actor.standing(),
        name: actor.name,
        role: actor.role,
    }))
}

/// Another password for oneself; ends one's other sessions.
#[server(prefix = "/api/ui", endpoint = "password_change", input = Json, client = super::client::WithSession)]
pub async fn password_change(current: domain::Secret, new: domain::Secret) -> Answer<()> {
    let (actor, service) = super::ssr::caller()?;
    super::ssr::answer(service.password_change(&actor, &current, &new).await)
}
