//! Single sign-on: people who show an OpenID Connect provider's word (authorization code flow with PKCE, state and nonce).
//!
//! What begins is kept here until the browser comes back with it; sessions are in `oidc/session.rs`.

mod document;
mod flow;
mod person;
mod provider;
mod session;

use crate::{
    Answer, Service, SessionToken, audit,
    error::{answer, refused},
    start::Inner,
};
use domain::{Failure, Role, report::encode_component as encode};
use flow::{Flow, Flows};
use mailer::{CodeRequest, Names};
use person::{NoPerson, Person};
use provider::{Doubt, Provider};
use secrecy::{ExposeSecret, SecretString};
use std::{fmt, time::Duration};

/// For the code's exchange.
const EXCHANGE: Duration = Duration::from_secs(8);
/// Nobody's code or state is longer.
const MAX_PARAM: usize = 4096;

/// Whose word counts, and who we are to them.
#[derive(Debug, Clone)]
pub struct OidcSettings {
    /// As the provider writes it, character by character.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: SecretString,
    /// The claim that names the role.
    pub role_claim: String,
    /// Where the provider sends people back to.
    pub redirect_uri: String,
}

use OidcSettings as Settings;

pub(crate) struct Oidc {
    settings: Settings,
    provider: Provider,
    flows: Flows,
}

impl Oidc {
    pub(crate) fn new(settings: Settings) -> Self {
        Self { settings, provider: Provider::default(), flows: Flows::default() }
    }
}

/// A sign-in that has begun.
pub struct OidcBegun {
    /// Where the browser is sent.
    pub location: String,
    /// For a cookie: nobody else's browser can end this sign-in.
    pub browser: String,
}

/// For how long a sign-in that has begun can end.
pub const OIDC_SECONDS: u32 = flow::LIFE_S;

/// What the provider sent the browser back with. Shows nothing: a code is a secret.
#[derive(Default)]
pub struct OidcReturn {
    pub state: String,
    pub code: Option<String>,
    pub error: Option<String>,
    /// RFC 9207.
    pub issuer: Option<String>,
}

/// How a sign-in ended, and where the person wanted to go; empty where that is not known.
pub struct OidcEnded {
    pub next: String,
    pub result: Answer<SessionToken>,
}

/// Why nobody is signed in: the code is for the person, the rest for the log.
struct Trouble {
    code: &'static str,
    why: String,
    who: String,
}

impl Trouble {
    fn new(code: &'static str, why: impl fmt::Display) -> Self {
        Self { code, why: why.to_string(), who: String::new() }
    }

    fn provider(why: impl fmt::Display) -> Self {
        Self::new("oidc_provider", why)
    }

    fn token(why: impl fmt::Display) -> Self {
        Self::new("oidc_token", why)
    }
}

impl Service {
    /// Whether people may come by single sign-on at all.
    pub fn oidc_on(&self) -> bool {
        self.inner.oidc.is_some()
    }

    /// Where the provider is to be asked who somebody is. `next` comes back when that has been answered.
    pub async fn oidc_begin(&self, next: &str, origin: &str) -> Answer<OidcBegun> {
        let oidc = self.inner.oidc.as_ref().ok_or(Failure::NotFound)?;
        answer(async {
            let document = match oidc.provider.document(&self.inner, &oidc.settings).await {
                Ok(document) => document,
                Err(why) => {
                    // Anybody can begin, as often as they like.
                    if self.inner.limits.take_wrong("beginning single sign-on", "", self.inner.clock.now()).is_ok() {
                        tracing::warn!(origin, why, "single sign-on can't begin");
                    }
                    return Err(refused("oidc_provider", []).into());
                }
            };
            let limits = &self.inner.limits;
            limits
                .take_begun(origin, self.inner.clock.now())
                .map_err(|retry_after_s| Failure::TooMany { retry_after_s })?;
            let begun = oidc.flows.begin(next, self.inner.clock.now())?;
            let endpoint = &document.authorization_endpoint;
            let joint = if endpoint.contains('?') { '&' } else { '?' };
            let location = format!(
                "{endpoint}{joint}response_type=code&scope=openid%20profile&client_id={}&redirect_uri={}&state={}&nonce={}\
                 &code_challenge={}&code_challenge_method=S256",
                encode(&oidc.settings.client_id),
                encode(&oidc.settings.redirect_uri),
                begun.state,
                begun.nonce,
                begun.challenge,
            );
            Ok(OidcBegun { location, browser: begun.browser })
        })
        .await
    }

    /// Who has come back. `browser` is what the cookie of [`OidcBegun`] holds.
    pub async fn oidc_finish(&self, returned: &OidcReturn, browser: Option<&str>, origin: &str) -> OidcEnded {
        let Some(oidc) = &self.inner.oidc else {
            return OidcEnded { next: String::new(), result: Err(Failure::NotFound) };
        };
        let fit = returned.state.len() <= MAX_PARAM;
        let state = if fit { returned.state.as_str() } else { "" };
        let flow = match oidc.flows.take(state, browser, self.inner.clock.now()) {
            Ok(flow) => flow,
            Err(why) => {
                let result = self.oidc_refused(&Trouble::new("oidc_state", why), origin).await;
                return OidcEnded { next: String::new(), result };
            }
        };
        let result = match oidc.identify(&self.inner, returned, &flow).await {
            Ok(person) => self.oidc_session_begin(&oidc.settings, &person, origin).await,
            Err(trouble) => self.oidc_refused(&trouble, origin).await,
        };
        OidcEnded { next: flow.next, result }
    }

    /// In the log and in the audit log; who makes many of these gets neither any more, and has to wait.
    async fn oidc_refused<T>(&self, trouble: &Trouble, origin: &str) -> Answer<T> {
        let Trouble { code, why, who } = trouble;
        let limit = self.inner.limits.take_wrong("single sign-on", origin, self.inner.clock.now());
        limit.map_err(|retry_after_s| Failure::TooMany { retry_after_s })?;
        tracing::warn!(origin, code, why, who, "a single sign-on was refused");
        answer(async {
            let mut tx = self.inner.store.write().await?;
            let nobody = crate::Actor::new(None, "", Role::Viewer, origin);
            let detail = format!("single sign-on: {why}");
            self.audit(&mut tx, &nobody, audit::SIGN_IN_REFUSED, who, detail).await?;
            tx.commit().await?;
            Err(refused(code, []).into())
        })
        .await
    }
}

impl Oidc {
    async fn identify(&self, inner: &Inner, returned: &OidcReturn, flow: &Flow) -> Result<Person, Trouble> {
        let settings = &self.settings;
        let document = self.provider.document(inner, settings).await.map_err(Trouble::provider)?;
        match &returned.issuer {
            Some(issuer) if *issuer != settings.issuer => {
                return Err(Trouble::token("the answer is another issuer's (iss)"));
            }
            None if document.says_issuer => return Err(Trouble::token("the answer does not name its issuer (iss)")),
            _ => {}
        }
        if let Some(error) = &returned.error {
            return Err(Trouble::new("oidc_denied", format!("the provider says {}", known_error(error))));
        }
        let code = returned.code.as_deref().filter(|code| !code.is_empty() && code.len() <= MAX_PARAM);
        let request = CodeRequest {
            endpoint: document.token_endpoint.clone(),
            client_id: settings.client_id.clone(),
            client_secret: settings.client_secret.clone(),
            in_form: document.in_form,
            code: code.ok_or_else(|| Trouble::provider("the answer has no code"))?.into(),
            verifier: flow.verifier.clone(),
            redirect_uri: settings.redirect_uri.clone(),
        };
        let token = inner.mailer.fetch_id_token(&request, &Names::of(inner.resolver), EXCHANGE).await;
        let token = token.map_err(|fault| Trouble::provider(format!("the code was not exchanged: {fault}")))?;
        let claims = match self.provider.verify(inner, settings, token.expose_secret()).await {
            Ok(claims) => claims,
            Err(Doubt::Provider(why)) => return Err(Trouble::provider(why)),
            Err(Doubt::Token(refusal)) => return Err(Trouble::token(format!("the ID token: {}", refusal.code()))),
        };
        person::read(&claims.subject, &claims.all, &flow.nonce, settings).map_err(|nobody| match nobody {
            NoPerson::Token(why) => Trouble::token(why),
            NoPerson::Role { name } => {
                let why = format!("no role in the claim {}", settings.role_claim);
                Trouble { who: name, ..Trouble::new("oidc_role", why) }
            }
        })
    }
}

/// An error's code (RFC 6749 section 4.1.2.1) comes by the browser: only what looks like one is written down.
fn known_error(error: &str) -> &str {
    let shaped = (1..=40).contains(&error.len()) && error.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if shaped { error } else { "something else" }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn settings() -> Settings {
        Settings {
            issuer: "https://id.example/realm".into(),
            client_id: "postroom".into(),
            client_secret: "a secret of the client".into(),
            role_claim: "role".into(),
            redirect_uri: "https://mail.example.com/sign-in/oidc/callback".into(),
        }
    }

    #[test]
    fn only_what_looks_like_an_error_is_written_down() {
        for (said, kept) in [
            ("access_denied", "access_denied"),
            ("", "something else"),
            ("Access denied", "something else"),
            ("x\nforged line", "something else"),
            (&"a".repeat(41), "something else"),
        ] {
            assert_eq!(known_error(said), kept);
        }
    }
}
