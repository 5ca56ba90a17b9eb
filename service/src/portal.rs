//! Sign-in from a portal: a signed token, good once, is exchanged for a session that ends when the token does. People
//! from a portal have no user row; name and role are the token's.

mod keys;
mod proxy;

pub use keys::PortalKey;
pub use proxy::ProxySecret;

use crate::{
    Actor, Answer, OpenError, PortalToken, Service,
    actor::{Guest, Via},
    audit,
    audit::{listed, one_line},
    error::{Inside, ServiceError, answer, refused},
    start::Inner,
    token::{self, TokenHash},
};
use domain::{Failure, Role, UnixMillis, value::has_control};
use keys::KeyRing;
use passport::{Claims, Expected, Refusal};
use store::{PortalKind, PortalSession, WriteTx};

pub(crate) const MAX_NAME_CHARS: usize = 120;
/// A token lives no longer: what leaks from a portal's page or its logs is soon worth nothing.
const MAX_LIFE_S: i64 = 600;
/// How far the portal's clock and ours may be apart.
const SKEW_S: i64 = 30;
const MINUTE_MS: i64 = 60_000;
/// After a renewal for the same person and role, the session before it is good for so long.
const HANDOVER_MS: i64 = 10_000;
/// Unused for so long, a session is over.
const IDLE_MS: i64 = 12 * 60 * MINUTE_MS;
/// Of what somebody sent, the log shows so much.
const SHOWN_CHARS: usize = 100;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalSettings {
    /// Exact origins that may frame us.
    pub origins: Vec<String>,
    pub audience: String,
    /// `None`: whoever has the key.
    pub issuer: Option<String>,
    pub key: PortalKey,
}

#[derive(Debug)]
pub(crate) struct Portal {
    origins: Vec<String>,
    audience: String,
    issuer: Option<String>,
    ring: KeyRing,
}

/// What a token was exchanged for.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub session: PortalToken,
    pub expires_in_s: u64,
    pub name: String,
    pub role: Role,
}

impl Portal {
    pub fn open(settings: PortalSettings) -> Result<Self, OpenError> {
        let PortalSettings { origins, audience, issuer, key } = settings;
        Ok(Self { origins, audience, issuer, ring: KeyRing::open(key)? })
    }
}

/// A token that passed.
struct Passed {
    guest: Guest,
    name: String,
    role: Role,
    expires_at: UnixMillis,
    /// When it can't be shown any more.
    forgotten_at: UnixMillis,
    /// By which it is known again.
    id: TokenHash,
}

impl Service {
    /// Exchanges a token that `origin`, which frames us, handed over. `previous` is the session that it takes the place of.
    pub async fn portal_sign_in(
        &self,
        shown: &str,
        origin: &str,
        address: &str,
        previous: Option<&PortalToken>,
    ) -> Answer<SignedIn> {
        answer(async {
            let Some(portal) = self.inner.portal.as_ref().filter(|portal| !portal.origins.is_empty()) else {
                return Err(refusal("off").into());
            };
            let passed = match portal.check(&self.inner, shown, origin).await {
                Ok(passed) => passed,
                Err(reason) => return Err(self.portal_refuse(reason, None, origin, address).await?),
            };
            let now = self.inner.clock.now();
            let mut tx = self.inner.store.write().await?;
            if !tx.token_use_up(&passed.id, passed.forgotten_at, now).await? {
                drop(tx);
                return Err(self.portal_refuse("replayed", Some(&passed), origin, address).await?);
            }
            let session = PortalSession {
                kind: PortalKind::Embed,
                subject: passed.guest.subject.clone(),
                name: passed.name.clone(),
                role: passed.role,
                issuer: passed.guest.issuer.clone(),
                embedder: origin.to_owned(),
                address: address.to_owned(),
                created_at: now,
                last_seen_at: now,
                expires_at: passed.expires_at,
            };
            let renewed = self.portal_replace(&mut tx, previous, &session).await?;
            let made = self.portal_begin(&mut tx, &session, renewed).await?;
            tx.commit().await?;
            let expires_in_s = u64::try_from((passed.expires_at.0 - now.0) / 1000).unwrap_or_default();
            Ok(SignedIn { session: made, expires_in_s, name: passed.name, role: passed.role })
        })
        .await
    }

    /// Whose session it is; `None` where it is over, of another kind, or where its portal may not frame us any more.
    pub async fn portal_actor(&self, token: &PortalToken, kind: PortalKind, address: &str) -> Answer<Option<Actor>> {
        answer(async {
            let (hash, now) = (token.hash(), self.inner.clock.now());
            let Some(session) = self.inner.store.read().await?.portal_session_get(&hash).await? else {
                return Ok(None);
            };
            if session.kind != kind || !is_alive(&session, now) || !self.portal_allows(&session) {
                return Ok(None);
            }
            // Not on each request: a write for each read would make readers wait for the disk.
            if now.0 - session.last_seen_at.0 >= MINUTE_MS {
                let mut tx = self.inner.store.write().await?;
                tx.portal_session_seen(&hash, now).await?;
                tx.commit().await?;
            }
            Ok(Some(actor_of(&session, address)))
        })
        .await
    }

    /// The token is dead afterwards, wherever it is. Doing it twice is well.
    pub async fn portal_sign_out(&self, token: &PortalToken) -> Answer<()> {
        answer(async {
            let hash = token.hash();
            let mut tx = self.inner.store.write().await?;
            let Some(session) = tx.portal_session_get(&hash).await? else { return Ok(()) };
            tx.portal_session_delete(&hash).await?;
            if is_alive(&session, self.inner.clock.now()) {
                let actor = actor_of(&session, &session.address);
                self.audit(&mut tx, &actor, audit::PORTAL_SIGNED_OUT, &session.name, String::new()).await?;
            }
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Writes the session, with its line in the audit log unless it renews another.
    pub(crate) async fn portal_begin(
        &self,
        tx: &mut WriteTx,
        session: &PortalSession,
        renewed: bool,
    ) -> Inside<PortalToken> {
        let token = PortalToken::make()?;
        tx.portal_session_insert(&token.hash(), session).await?;
        if !renewed {
            let actor = actor_of(session, &session.address);
            let detail = listed(&vec![
                ("role", session.role.code().to_owned()),
                ("subject", session.subject.clone()),
                ("issuer", session.issuer.clone()),
                ("portal", session.embedder.clone()),
            ]);
            self.audit(tx, &actor, audit::PORTAL_SIGNED_IN, &session.name, detail.join("\n")).await?;
        }
        Ok(token)
    }

    /// Ends the session from before, and says whether this one carries it on: the same person, in the same role and portal.
    async fn portal_replace(
        &self,
        tx: &mut WriteTx,
        previous: Option<&PortalToken>,
        next: &PortalSession,
    ) -> Inside<bool> {
        let Some(hash) = previous.map(PortalToken::hash) else { return Ok(false) };
        let Some(before) = tx.portal_session_get(&hash).await?.filter(|before| before.kind == next.kind) else {
            return Ok(false);
        };
        let who = |session: &PortalSession| {
            [&session.subject, &session.name, &session.issuer, &session.embedder].map(String::clone)
        };
        let same = before.role == next.role && who(&before) == who(next);
        if same {
            // What is on its way with it still arrives.
            tx.portal_session_shorten(&hash, UnixMillis(next.created_at.0 + HANDOVER_MS)).await?;
        } else {
            tx.portal_session_delete(&hash).await?;
        }
        Ok(same && is_alive(&before, next.created_at))
    }

    /// A portal that is taken off the list, or the whole sign-in being switched off, ends what it began.
    fn portal_allows(&self, session: &PortalSession) -> bool {
        let portal = self.inner.portal.as_ref();
        session.kind != PortalKind::Embed || portal.is_some_and(|portal| portal.origins.contains(&session.embedder))
    }

    /// The refusal to answer with, once it is written down. Who sends many has to wait, and nothing is written any more;
    /// nor is there more in the log than its reader can use, wherever they come from.
    async fn portal_refuse(
        &self,
        reason: &'static str,
        passed: Option<&Passed>,
        origin: &str,
        address: &str,
    ) -> Inside<ServiceError> {
        let (limits, now) = (&self.inner.limits, self.inner.clock.now());
        if let Err(retry_after_s) = limits.take_wrong("portal", address, now) {
            return Ok(Failure::TooMany { retry_after_s }.into());
        }
        let shown = one_line(&origin.chars().take(SHOWN_CHARS).collect::<String>());
        tracing::warn!(address, origin = shown, reason, "a portal's token was refused");
        if limits.take_wrong("portal", "", now).is_ok() {
            let nobody = Actor::new(None, "", Role::Viewer, address);
            let subject = passed.map_or("", |passed| passed.name.as_str());
            let detail = listed(&vec![("reason", reason.to_owned()), ("portal", shown)]).join("\n");
            let mut tx = self.inner.store.write().await?;
            self.audit(&mut tx, &nobody, audit::PORTAL_REFUSED, subject, detail).await?;
            tx.commit().await?;
        }
        Ok(refusal(reason).into())
    }
}

impl Portal {
    /// Everything but whether it was used before.
    async fn check(&self, inner: &Inner, shown: &str, origin: &str) -> Result<Passed, &'static str> {
        if !self.origins.iter().any(|allowed| allowed == origin) {
            return Err("origin");
        }
        let kid = passport::key_id(shown).map_err(Refusal::code)?;
        let keys = self.ring.keys(inner, kid.as_deref()).await.ok_or(Refusal::Key.code())?;
        let expected = Expected {
            audience: &self.audience,
            issuer: self.issuer.as_deref(),
            now_s: inner.clock.now().0.div_euclid(1000),
            skew_s: SKEW_S,
            max_life_s: Some(MAX_LIFE_S),
        };
        let claims = passport::verify(shown, &keys, &expected).map_err(Refusal::code)?;
        let name = name_of(&claims)?;
        let role = match claims.all.get("role") {
            None => return Err("claims"),
            Some(role) => role.as_str().and_then(Role::parse).ok_or("role")?,
        };
        if claims.all.get("origin").is_some_and(|claimed| claimed != origin) {
            return Err("origin");
        }
        let ends_s = claims.expires_at_s;
        let forgotten_s = ends_s + SKEW_S;
        // Exactly when it says; where that has passed by the portal's clock alone, as long as it would still be taken.
        let expires_s = if ends_s > expected.now_s { ends_s } else { forgotten_s };
        Ok(Passed {
            id: id_of(shown, &claims),
            guest: Guest { via: Via::Portal, issuer: claims.issuer.unwrap_or_default(), subject: claims.subject },
            name,
            role,
            expires_at: UnixMillis(expires_s * 1000),
            forgotten_at: UnixMillis(forgotten_s * 1000),
        })
    }
}

/// As the token calls them, else their subject.
fn name_of(claims: &Claims) -> Result<String, &'static str> {
    if !is_shown(&claims.subject, MAX_NAME_CHARS) {
        return Err("claims");
    }
    match claims.all.get("name") {
        None => Ok(claims.subject.clone()),
        Some(name) => {
            let name = name.as_str().map(str::trim).filter(|name| is_shown(name, MAX_NAME_CHARS));
            name.map(str::to_owned).ok_or("claims")
        }
    }
}

/// Whether it can stand in a line of a log or a page.
pub(crate) fn is_shown(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most && !has_control(text)
}

/// By its `jti` where it has one, else by what is signed of it: a signature can be written in more than one way.
fn id_of(shown: &str, claims: &Claims) -> TokenHash {
    match &claims.id {
        Some(id) => token::hash(&format!("jti {:?} {id:?}", claims.issuer.as_deref().unwrap_or_default())),
        None => token::hash(&format!("token {}", shown.rsplit_once('.').map_or(shown, |(signed, _)| signed))),
    }
}

fn is_alive(session: &PortalSession, now: UnixMillis) -> bool {
    now < session.expires_at && now.0 - session.last_seen_at.0 < IDLE_MS
}

fn actor_of(session: &PortalSession, address: &str) -> Actor {
    let via = match session.kind {
        PortalKind::Embed => Via::Portal,
        PortalKind::Oidc => Via::OpenId,
    };
    let guest = Guest { via, issuer: session.issuer.clone(), subject: session.subject.clone() };
    Actor::guest(guest, &session.name, session.role, address)
}

fn refusal(reason: &str) -> Failure {
    refused("embed_token", [reason])
}
