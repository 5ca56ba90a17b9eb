//! Signing in and out.

use crate::{Actor, Answer, Service, SessionToken};
use domain::{Failure, Secret, user::User};

impl Service {
    pub async fn sign_in(&self, name: &str, password: &Secret, origin: &str) -> Answer<SessionToken> {
        let _ = (name, password, origin);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn sign_out(&self, token: &SessionToken) -> Answer<()> {
        let _ = (token,);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn actor(&self, token: &SessionToken, origin: &str) -> Answer<Option<(Actor, User)>> {
        let _ = (token, origin);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn password_change(&self, actor: &Actor, current: &Secret, new: &Secret) -> Answer<()> {
        let _ = (actor, current, new);
        Err(Failure::Internal { reference: String::new() })
    }
}
