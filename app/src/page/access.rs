//! What the reader's role lets a page offer. The server decides; this only spares buttons that could do nothing but fail.

use super::Session;
use domain::{Action, Role};
use leptos::prelude::*;

/// The reader's role; a viewer's where nobody is signed in.
pub async fn role() -> Role {
    let session = use_context::<Session>();
    match session {
        Some(session) => session.0.await.ok().flatten().map_or(Role::Viewer, |info| info.role),
        None => Role::Viewer,
    }
}

pub fn may(role: Role, action: Action) -> bool {
    role.may(action)
}
