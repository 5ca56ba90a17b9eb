//! First start: the one-time link that makes the first administrator.

use crate::{Answer, Service, SessionToken};
use domain::{Failure, Secret};

impl Service {
    /// While no user exists: a fresh one-time token; older ones are void.
    pub async fn setup_token(&self) -> Answer<Option<String>> {
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn setup_is_open(&self) -> Answer<bool> {
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn setup_complete(
        &self,
        token: &str,
        name: &str,
        password: &Secret,
        origin: &str,
    ) -> Answer<SessionToken> {
        let _ = (token, name, password, origin);
        Err(Failure::Internal { reference: String::new() })
    }
}
