//! Passwords: argon2id, never more at once than the machine can bear.

use crate::error::{Inside, ServiceError};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::Secret;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What OWASP asks for at least: 46 MiB, one pass, one lane.
const MEMORY_KIB: u32 = 47_104;
/// So many guesses cost memory and a core each; the others wait.
const AT_ONCE: usize = 2;
/// A password that nobody has: who does not exist costs the same time as who does. Same parameters as above.
const NOBODY: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$VYPrJ4ldTTaA0rKu1xDYtPtjYf0D5MlNg8IzMlYL0vI";

pub(crate) struct Passwords {
    permits: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    pub(crate) async fn hash(&self, password: &Secret) -> Inside<String> {
        let password = password.clone();
        self.work(move || {
            let params = Params::new(MEMORY_KIB, 1, 1, None).map_err(|_| ServiceError::Seal)?;
            let hash: argon2::password_hash::phc::PasswordHash =
                Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                    .hash_password(password.expose().as_bytes())
                    .map_err(ServiceError::Password)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Takes as long without a stored hash as with one.
    pub(crate) async fn verify(&self, password: &Secret, stored: Option<String>) -> Inside<bool> {
        let password = password.clone();
        self.work(move || {
            let known = stored.is_some();
            let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
            let hash = PasswordHash::new(&stored).map_err(|_| ServiceError::Seal)?;
            let right = Argon2::default().verify_password(password.expose().as_bytes(), &hash).is_ok();
            Ok(known && right)
        })
        .await
    }

    async fn work<T: Send + 'static>(&self, job: impl FnOnce() -> Inside<T> + Send + 'static) -> Inside<T> {
        // Never closed; without a permit it simply runs.
        let permit = Arc::clone(&self.permits).acquire_owned().await.ok();
        tokio::task::spawn_blocking(move || {
            let result = job();
            drop(permit);
            result
        })
        .await?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn right_wrong_and_nobody() {
        let passwords = Passwords::new();
        let hash = passwords.hash(&Secret::new("twelve chars")).await.expect("hashes");
        let cost = |text: &str| text.split('$').nth(3).map(str::to_owned);
        assert_eq!(cost(&hash), cost(NOBODY), "nobody costs what everybody costs");
        assert!(passwords.verify(&Secret::new("twelve chars"), Some(hash.clone())).await.expect("verifies"));
        assert!(!passwords.verify(&Secret::new("twelve charz"), Some(hash)).await.expect("verifies"));
        assert!(!passwords.verify(&Secret::new("twelve chars"), None).await.expect("verifies"));
        assert_eq!(PasswordHash::new(NOBODY).expect("well formed").to_string(), NOBODY);
    }
}
