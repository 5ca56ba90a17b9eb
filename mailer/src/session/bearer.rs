//! Login with an access token: XOAUTH2 and OAUTHBEARER (RFC 7628), and one new token for a server that refuses the first.

use super::{auth::MAX_CHALLENGES, conversation::Conversation};
use crate::{
    cause::Cause,
    fault::Fault,
    mask::Mask,
    oauth::{TokenFault, TokenSource},
    reply::Reply,
    text::{inert, one_line},
};
use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    prelude::BASE64_STANDARD,
};
use domain::session_test::Fact;
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};
use tokio::time::{self, Instant};

/// RFC 4954 section 4: a response that would make the command longer than SMTP's lines waits to be asked for.
const MAX_COMMAND: usize = 512;
/// What servers say is read with or without its padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mechanism {
    Xoauth2,
    Oauthbearer,
}

impl Mechanism {
    /// XOAUTH2 first: it is what Google and Microsoft document, and the one of the two that Microsoft has. OAUTHBEARER says
    /// nothing more to a server than it does.
    fn among(offered: &[String]) -> Option<Self> {
        [Self::Xoauth2, Self::Oauthbearer].into_iter().find(|one| offered.iter().any(|offer| offer == one.name()))
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Xoauth2 => "XOAUTH2",
            Self::Oauthbearer => "OAUTHBEARER",
        }
    }

    /// What ends an exchange that the server has refused; only then does its verdict come (RFC 7628 section 3.2.3).
    const fn end(self) -> &'static str {
        match self {
            Self::Xoauth2 => "",
            // The one byte 0x01.
            Self::Oauthbearer => "AQ==",
        }
    }
}

impl Conversation<'_> {
    pub(super) async fn with_token(
        &mut self,
        user_name: &str,
        tokens: &dyn TokenSource,
        offered: &[String],
    ) -> Result<Reply, Fault> {
        let Some(mechanism) = Mechanism::among(offered) else {
            return Err(Fault::new(Cause::AuthNoMechanism).param(offered.join(" ")).param("oauth").politely());
        };
        // They separate the parts of what is said; a user name with one would be read as something else.
        if user_name.contains(['\0', '\u{1}']) {
            return Err(Fault::internal("nul_in_credential").politely());
        }
        self.tell_login(mechanism.name(), offered, user_name);
        let first = self.token(tokens, false).await?;
        let refusal = self.present(mechanism, user_name, &first).await?;
        // Up to 504 it is the command that is refused.
        if !matches!(refusal.code, 505..=599) {
            return Ok(refusal);
        }
        // It may have been revoked before its time. One new one, and what is said to that one holds.
        let second = self.token(tokens, true).await?;
        if second.expose_secret() == first.expose_secret() {
            return Ok(refusal);
        }
        match self.present(mechanism, user_name, &second).await {
            Err(fault) if hung_up(&fault) => Ok(refusal),
            Ok(reply) if reply.code == 421 => Ok(refusal),
            other => other,
        }
    }

    async fn token(&self, tokens: &dyn TokenSource, fresh: bool) -> Result<SecretString, Fault> {
        let (began, limit) = (Instant::now(), self.job.budget.token);
        let late = || TokenFault::new(Cause::TokenTimeout).param("").param(limit.as_secs());
        let token = time::timeout(limit, tokens.token(fresh)).await.unwrap_or_else(|_| Err(late()))?;
        let code = if fresh { "token_renewed" } else { "token" };
        self.job.journal.fact(|| Fact::new(code).with(began.elapsed().as_millis()));
        if token.expose_secret().bytes().all(|b| b.is_ascii_graphic()) {
            Ok(token)
        } else {
            Err(Fault::internal("nul_in_credential").politely())
        }
    }

    /// Shows the token, once. The reply is the final one, with what the server said before it.
    async fn present(&mut self, mechanism: Mechanism, user_name: &str, token: &SecretString) -> Result<Reply, Fault> {
        let response = self.response(mechanism, user_name, token.expose_secret());
        let mask = Mask::of_token(user_name, token.expose_secret(), response.clone());
        self.job.journal.learn(&mask);
        self.token = Some(mask);
        let (limit, verb) = (self.job.budget.command, format!("AUTH {}", mechanism.name()));
        let whole = Zeroizing::new(format!("{verb} {}\r\n", response.as_str()));
        let response = Zeroizing::new(format!("{}\r\n", response.as_str()));
        let at_once = whole.len() <= MAX_COMMAND;
        let mut reply = if at_once {
            self.ask_and(&whole, &format!("{verb} ***"), limit, decoded).await?
        } else {
            self.ask_and(&format!("{verb}\r\n"), &verb, limit, |reply| reply).await?
        };
        let mut due = !at_once;
        let mut objection = None;
        for turn in 0..MAX_CHALLENGES {
            if reply.code != 334 {
                reply.lines.extend(objection);
                return Ok(reply);
            }
            // Some servers ignore the initial response and ask for it.
            due |= turn == 0 && challenge(&reply).is_empty();
            reply = if std::mem::take(&mut due) {
                self.ask_and(&response, "***", limit, decoded).await?
            } else {
                objection = Some(challenge(&reply)).filter(|said| !said.is_empty()).or(objection);
                let end = mechanism.end();
                self.ask_and(&format!("{end}\r\n"), end, limit, decoded).await?
            };
        }
        Err(Fault::new(Cause::ProtocolError).param("challenges"))
    }

    fn response(&self, mechanism: Mechanism, user_name: &str, token: &str) -> Zeroizing<String> {
        let route = self.job.route;
        let said = match mechanism {
            Mechanism::Xoauth2 => format!("user={user_name}\u{1}auth=Bearer {token}\u{1}\u{1}"),
            Mechanism::Oauthbearer => {
                // RFC 5801 section 4: the name's own commas and equals signs.
                let name = user_name.replace('=', "=3D").replace(',', "=2C");
                let (host, port) = (route.host.ascii(), route.port);
                format!("n,a={name},\u{1}host={host}\u{1}port={port}\u{1}auth=Bearer {token}\u{1}\u{1}")
            }
        };
        Zeroizing::new(BASE64_STANDARD.encode(Zeroizing::new(said).as_bytes()))
    }
}

/// Some servers do that to whom they have refused; it is no answer to the second token.
fn hung_up(fault: &Fault) -> bool {
    matches!(fault.cause, Cause::ConnectionClosed | Cause::ConnectionReset | Cause::ServiceRefused)
}

fn challenge(reply: &Reply) -> String {
    reply.lines.concat().trim().to_owned()
}

/// A challenge in the words that it stands for, where it stands for any.
fn decoded(reply: Reply) -> Reply {
    let words = || {
        let bytes = LENIENT.decode(challenge(&reply)).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        Some(inert(one_line(&text).as_bytes()))
    };
    match words().filter(|_| reply.code == 334) {
        Some(words) => Reply { lines: vec![words], ..reply },
        None => reply,
    }
}
