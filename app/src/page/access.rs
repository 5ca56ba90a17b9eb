//! What the reader's role lets a page offer. The server decides; this only spares buttons that could do nothing but fail.

use super::Session;
use crate::api::session::SessionInfo;
use domain::{Action, Role};
use leptos::prelude::*;

/// The reader's role; a viewer's where nobody is signed in.
pub async fn role() -> Role {
    reader().await.map_or(Role::Viewer, |info| info.role)
}

pub fn may(role: Role, action: Action) -> bool {
    role.may(action)
}

/// Whether the reader may do what is withheld from people whom somebody else knows, whatever their role.
pub async fn is_let(action: Action) -> bool {
    match reader().await {
        Some(info) => may(info.role, action) && !info.standing.withholds(action),
        None => may(Role::Viewer, action),
    }
}

async fn reader() -> Option<SessionInfo> {
    use_context::<Session>()?.reader().await
}
