//! The keys that a portal signs with: from a file that is looked at whenever somebody signs in, or from an address that is
//! asked now and then. Keys that were good stay until there are others.

use crate::{OpenError, start::Inner};
use mailer::{FetchRules, Names};
use passport::{BadKey, Keys};
use std::{
    fs::{File, Metadata},
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

/// An address is not asked more often, whatever comes.
const PAUSE_MS: i64 = 30_000;
/// What is older is asked for anew: a key that was taken back is not good for ever.
const FRESH_MS: i64 = 10 * 60_000;
const MAX_FILE_BYTES: u64 = 64 * 1024;

/// Where the keys are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PortalKey {
    /// A file that holds one shared secret.
    SecretFile(PathBuf),
    /// A file that holds a JSON Web Key Set.
    SetFile(PathBuf),
    /// An `https` address of one.
    SetAddress(String),
}

#[derive(Debug)]
pub(super) struct KeyRing {
    place: PortalKey,
    state: Mutex<State>,
    /// One asks at a time.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    keys: Option<Keys>,
    stamp: Option<Stamp>,
    asked_at: Option<i64>,
    good_at: Option<i64>,
}

/// What of a file changes with what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    bytes: u64,
    node: u64,
}

impl KeyRing {
    /// A file is read at once: one without a key stops the start. An address may answer later.
    pub fn open(place: PortalKey) -> Result<Self, OpenError> {
        let mut state = State::default();
        if let Some((setting, path, read)) = place.file() {
            let failed = |reason: String| OpenError::PortalKey { setting, path: path.to_owned(), reason };
            let (bytes, stamp) = read_file(path).map_err(|error| failed(error.to_string()))?;
            state.keys = Some(read(&bytes).map_err(|error| failed(error.to_string()))?);
            state.stamp = Some(stamp);
        }
        Ok(Self { place, state: Mutex::new(state), asking: tokio::sync::Mutex::default() })
    }

    /// The keys as they are now; `kid` is the one that is wanted. `None` while there have never been any.
    pub async fn keys(&self, inner: &Inner, kid: Option<&str>) -> Option<Keys> {
        match &self.place {
            PortalKey::SetAddress(url) => self.ask_if_due(inner, url, kid).await,
            PortalKey::SecretFile(_) | PortalKey::SetFile(_) => self.look(),
        }
        self.with(|state| state.keys.clone())
    }

    fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the file again if it is another than the one read last, well or not.
    fn look(&self) {
        let Some((setting, path, read)) = self.place.file() else { return };
        self.with(|state| {
            let now = std::fs::metadata(path).ok().map(|found| Stamp::of(&found));
            if now == state.stamp {
                return;
            }
            state.stamp.clone_from(&now);
            let found = read_file(path).map_err(|error| error.to_string());
            match found.and_then(|(bytes, stamp)| Ok((read(&bytes).map_err(|error| error.to_string())?, stamp))) {
                Ok((keys, stamp)) => {
                    tracing::info!(setting, ?keys, "the portal's keys were read again");
                    state.keys = Some(keys);
                    state.stamp = Some(stamp);
                }
                Err(reason) => {
                    tracing::error!(setting, path = %path.display(), reason, "the portal's keys can't be read; those from before stay");
                }
            }
        });
    }

    async fn ask_if_due(&self, inner: &Inner, url: &str, kid: Option<&str>) {
        let (known, due) = self.with(|state| state.is_due(inner.clock.now().0, kid));
        if !due {
            return;
        }
        // Whose key is known waits for nobody.
        let _turn = if known {
            let Ok(turn) = self.asking.try_lock() else { return };
            turn
        } else {
            self.asking.lock().await
        };
        let now = inner.clock.now().0;
        if !self.with(|state| state.is_due(now, kid)).1 {
            return;
        }
        self.with(|state| state.asked_at = Some(now));
        let fetched = inner.mailer.fetch(url, FetchRules::default(), &Names::of(inner.resolver)).await;
        let keys = match fetched {
            Ok(file) if file.status == 200 => Keys::jwks(&file.body).map_err(|error| error.to_string()),
            Ok(file) => Err(format!("HTTP status {}", file.status)),
            Err(error) => Err(error.to_string()),
        };
        match keys {
            Ok(keys) => {
                tracing::info!(?keys, "the portal's keys were fetched");
                self.with(|state| (state.keys, state.good_at) = (Some(keys), Some(now)));
            }
            Err(reason) => tracing::error!(url, reason, "the portal's keys can't be fetched; those from before stay"),
        }
    }
}

impl State {
    /// Whether a key is known, and whether to ask. A clock that was set back makes everything due.
    fn is_due(&self, now: i64, kid: Option<&str>) -> (bool, bool) {
        let younger = |at: Option<i64>, ms: i64| at.is_some_and(|at| (0..ms).contains(&(now - at)));
        let known = self.keys.as_ref().is_some_and(|keys| keys.knows(kid));
        (known, !(younger(self.asked_at, PAUSE_MS) || known && younger(self.good_at, FRESH_MS)))
    }
}

type Read = fn(&[u8]) -> Result<Keys, BadKey>;

impl PortalKey {
    fn file(&self) -> Option<(&'static str, &Path, Read)> {
        match self {
            Self::SecretFile(path) => Some(("--embed-secret-file (POSTROOM_EMBED_SECRET_FILE)", path, secret)),
            Self::SetFile(path) => Some(("--embed-jwks (POSTROOM_EMBED_JWKS)", path, Keys::jwks)),
            Self::SetAddress(_) => None,
        }
    }
}

/// Editors end a file with a line's end, which is no part of the secret.
fn secret(bytes: &[u8]) -> Result<Keys, BadKey> {
    Keys::shared_secret(bytes.trim_ascii_end())
}

fn read_file(path: &Path) -> io::Result<(Vec<u8>, Stamp)> {
    let file = File::open(path)?;
    let stamp = Stamp::of(&file.metadata()?);
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "longer than 64 KB"));
    }
    Ok((bytes, stamp))
}

impl Stamp {
    fn of(found: &Metadata) -> Self {
        #[cfg(unix)]
        let node = std::os::unix::fs::MetadataExt::ino(found);
        #[cfg(not(unix))]
        let node = 0;
        Self { modified: found.modified().ok(), bytes: found.len(), node }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: &[u8] =
        br#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;

    #[test]
    fn an_address_is_asked_now_and_then() {
        let keys = || Some(Keys::jwks(SET).expect("a set"));
        let check = |state: State, now: i64, kid: &str, wanted: (bool, bool)| {
            assert_eq!(state.is_due(now, Some(kid)), wanted, "{state:?} {now} {kid}");
        };
        check(State::default(), 0, "a", (false, true));
        let failed = || State { asked_at: Some(0), ..State::default() };
        check(failed(), PAUSE_MS - 1, "a", (false, false));
        check(failed(), PAUSE_MS, "a", (false, true));
        let good = || State { keys: keys(), asked_at: Some(0), good_at: Some(0), stamp: None };
        check(good(), FRESH_MS - 1, "a", (true, false));
        check(good(), FRESH_MS, "a", (true, true));
        check(good(), PAUSE_MS - 1, "b", (false, false));
        check(good(), PAUSE_MS, "b", (false, true));
        check(good(), -1, "b", (false, true));
        let failing = || State { asked_at: Some(FRESH_MS), ..good() };
        check(failing(), FRESH_MS + PAUSE_MS - 1, "a", (true, false));
        check(failing(), FRESH_MS + PAUSE_MS, "a", (true, true));
    }
}
