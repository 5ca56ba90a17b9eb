//! Users.

use crate::{Actor, Answer, Service};
use domain::{
    Failure, Role, Secret, UserId,
    user::{User, UserDraft},
};

impl Service {
    pub async fn user_get(&self, actor: &Actor, id: UserId) -> Answer<User> {
        let _ = (actor, id);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn user_create(&self, actor: &Actor, draft: UserDraft) -> Answer<User> {
        let _ = (actor, draft);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn user_update(&self, actor: &Actor, id: UserId, version: i64, draft: UserDraft) -> Answer<User> {
        let _ = (actor, id, version, draft);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn user_delete(&self, actor: &Actor, id: UserId) -> Answer<()> {
        let _ = (actor, id);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn user_create_from_command_line(&self, name: &str, role: Role, password: &Secret) -> Answer<User> {
        let _ = (name, role, password);
        Err(Failure::Internal { reference: String::new() })
    }
}
