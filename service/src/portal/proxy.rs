//! People whom a proxy in front of us names. Whether it was that proxy is found out where requests are read.

use crate::{
    Actor, Service,
    actor::{Guest, Via},
    portal::{MAX_NAME_CHARS, is_shown},
    token,
};
use domain::Role;
use std::fmt;
use subtle::ConstantTimeEq;

/// What a proxy shows beside the name. Only its hash is kept: prints nothing of it.
#[derive(Clone)]
pub struct ProxySecret(token::TokenHash);

impl ProxySecret {
    /// Why it is none is for the operator's terminal.
    pub fn new(bytes: &[u8]) -> Result<Self, String> {
        let bytes = bytes.trim_ascii_end();
        passport::Keys::shared_secret(bytes).map_err(|error| error.to_string())?;
        let visible = bytes.iter().all(u8::is_ascii_graphic);
        if visible { Ok(Self(token::hash_bytes(bytes))) } else { Err("has characters that no header can carry".into()) }
    }

    /// In the same time, however much of it is right.
    pub fn is(&self, shown: &[u8]) -> bool {
        self.0.ct_eq(&token::hash_bytes(shown)).into()
    }
}

impl fmt::Debug for ProxySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Service {
    /// The person of that name; `None` where it is no name. There is no session: the proxy says so with each request.
    pub fn proxy_actor(&self, name: &str, role: Role, address: &str) -> Option<Actor> {
        let name = name.trim();
        let guest = Guest { via: Via::Proxy, issuer: String::new(), subject: name.to_owned() };
        is_shown(name, MAX_NAME_CHARS).then(|| Actor::guest(guest, name, role, address))
    }

    /// Somebody names a person and is no proxy of ours, or not in the right way. Said once in a while: anybody can send a header.
    pub fn proxy_header_ignored(&self, address: &str, why: &str) {
        if self.inner.limits.take_wrong("headers of proxies", "", self.inner.clock.now()).is_ok() {
            tracing::warn!(address, why, "a header that names a person was ignored");
        }
    }
}
