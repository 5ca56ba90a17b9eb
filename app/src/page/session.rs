//! Who reads the pages.

use crate::api::{
    Answer,
    session::{SessionInfo, session_info},
};
use leptos::prelude::*;

/// Asked once for the whole application; a handle that is copied freely.
#[derive(Clone, Copy)]
pub struct Session {
    asked: Resource<Answer<Option<SessionInfo>>>,
    /// Who it is, once that is known.
    known: StoredValue<Option<SessionInfo>>,
}

impl Session {
    pub fn provide() {
        let asked = Resource::new_blocking(|| (), |()| session_info());
        provide_context(Self { asked, known: StoredValue::new(None) });
    }

    /// The reader. Whoever asks here is drawn anew for another one, and remembered for as long as the page stands.
    pub async fn followed(self) -> Option<SessionInfo> {
        let reader = self.asked.await.ok().flatten();
        self.known.try_set_value(reader.clone());
        reader
    }

    /// The reader as known. Windows come and go, and leave nothing here.
    pub async fn reader(self) -> Option<SessionInfo> {
        match self.known.try_get_value().flatten() {
            None => self.followed().await,
            known => known,
        }
    }

    /// The reader, for what is drawn anew for another one; `None` until somebody is known.
    pub fn get(self) -> Option<SessionInfo> {
        self.asked.get().and_then(Result::ok).flatten()
    }

    /// Somebody else reads from now on.
    pub fn set(self, reader: Option<SessionInfo>) {
        self.known.try_set_value(reader.clone());
        self.asked.try_set(Some(Ok(reader)));
    }
}

/// The reader, where there is a session to ask.
pub async fn followed(session: Option<Session>) -> Option<SessionInfo> {
    session?.followed().await
}
