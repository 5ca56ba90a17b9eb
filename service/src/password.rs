//! Passwords: argon2id, never more at once than the machine can bear.

use crate::error::{Inside, ServiceError};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::{Failure, Secret};
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, time::timeout};

/// What OWASP asks for at least: 46 MiB, one pass, one lane.
const MEMORY_KIB: u32 = 47_104;
/// So many guesses cost memory and a core each; the others wait.
const AT_ONCE: usize = 2;
/// For so long, and are told to come again.
const PATIENCE: Duration = Duration::from_secs(15);
/// A password that nobody has: who does not exist costs the same time as who does. Same parameters as above.
const NOBODY: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$VYPrJ4ldTTaA0rKu1xDYtPtjYf0D5MlNg8IzMlYL0vI";

pub(crate) struct Passwords {
    permits: Arc<Semaphore>,
    patience: Duration,
}

impl Passwords {
    pub(crate) fn new() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE)), patience: PATIENCE }
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
        let waiting = timeout(self.patience, Arc::clone(&self.permits).acquire_owned()).await;
        // Never closed; without a permit it simply runs.
        let permit = waiting.map_err(|_| Failure::TooMany { retry_after_s: self.patience.as_secs() })?.ok();
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
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn w38_hashing_costs_what_owasp_asks_for_and_never_more_than_two_cores() {
        let passwords = Arc::new(Passwords::new());
        let hash = passwords.hash(&Secret::new("twelve chars")).await.expect("hashes");
        assert!(hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{hash}");
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let jobs = (0..50).map(|_| {
            let (passwords, running, most) = (Arc::clone(&passwords), Arc::clone(&running), Arc::clone(&most));
            tokio::spawn(async move {
                let job = move || {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(Duration::from_millis(5));
                    running.fetch_sub(1, Ordering::SeqCst);
                    Ok(())
                };
                passwords.work(job).await
            })
        });
        for job in jobs.collect::<Vec<_>>() {
            job.await.expect("runs").expect("has its turn");
        }
        assert_eq!(most.load(Ordering::SeqCst), AT_ONCE);
    }

    #[tokio::test]
    async fn w38_who_waits_too_long_for_a_turn_is_told_to_come_again() {
        let passwords = Passwords { patience: Duration::from_secs(1), ..Passwords::new() };
        let _all = Arc::clone(&passwords.permits).acquire_many_owned(2).await.expect("open");
        let answer = passwords.verify(&Secret::new("twelve chars"), None).await;
        assert!(matches!(answer, Err(ServiceError::Told(Failure::TooMany { retry_after_s: 1 }))), "{answer:?}");
    }

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
