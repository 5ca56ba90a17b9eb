//! Login: when it is allowed, and what its end means; with a password here, with a token next door. The only place that reads
//! an account's password.

use super::conversation::Conversation;
use crate::{
    cause::Cause,
    fault::Fault,
    reply::Reply,
    route::{AccountLogin, Login},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::session_test::{Fact, Step};
use secrecy::{ExposeSecret, zeroize::Zeroizing};

/// A login that asks on is not one.
pub(super) const MAX_CHALLENGES: usize = 4;

impl Conversation<'_> {
    pub async fn log_in(&mut self) -> Result<(), Fault> {
        let job = self.job;
        let Some(login) = &job.route.login else {
            job.journal.skip(Step::Auth);
            return Ok(());
        };
        job.journal.start(Step::Auth);
        if !self.wire()?.is_encrypted() && !self.is_local() {
            return Err(Fault::new(Cause::PasswordInClear).politely());
        }
        let Some(offered) = self.extensions.auth.clone() else {
            // A way out of the clear text is offered: the login is most likely behind it.
            let behind_tls = self.extensions.starttls && !self.wire()?.is_encrypted();
            let fault = Fault::new(Cause::AuthNotOffered).politely();
            return Err(if behind_tls { fault.param("starttls") } else { fault });
        };
        let (reply, refused) = match login {
            AccountLogin::Password(login) => (self.with_password(login, &offered).await?, Cause::AuthRefused),
            AccountLogin::OAuth { user_name, tokens } => {
                (self.with_token(user_name, tokens.as_ref(), &offered).await?, Cause::OauthTokenRefused)
            }
        };
        match reply.code {
            200..=299 => job.journal.pass(&reply.shown()),
            400..=499 => return Err(Fault::refused(Cause::AuthTemporary, &reply)),
            504 => return Err(Fault::refused(Cause::AuthNoMechanism, &reply).param(offered.join(" "))),
            500..=599 => return Err(Fault::refused(refused, &reply)),
            _ => return Err(Fault::new(Cause::ProtocolError).with_reply(&reply)),
        }
        Ok(())
    }

    async fn with_password(&mut self, login: &Login, offered: &[String]) -> Result<Reply, Fault> {
        // NUL is PLAIN's separator; a user name or password with one would be read as something else.
        if login.user_name.contains('\0') || login.secret.expose_secret().contains('\0') {
            return Err(Fault::internal("nul_in_credential").politely());
        }
        let has = |mechanism: &str| offered.iter().any(|offer| offer == mechanism);
        let Some(mechanism) = ["PLAIN", "LOGIN"].into_iter().find(|mechanism| has(mechanism)) else {
            return Err(Fault::new(Cause::AuthNoMechanism).param(offered.join(" ")).politely());
        };
        self.tell_login(mechanism, offered, &login.user_name);
        if mechanism == "PLAIN" { self.plain(login).await } else { self.login(login).await }
    }

    /// Which way was chosen, and for whom.
    pub(super) fn tell_login(&self, mechanism: &str, offered: &[String], user_name: &str) {
        let journal = self.job.journal;
        journal.fact(|| Fact::new("mechanism").with(mechanism).with(offered.join(" ")));
        journal.fact(|| Fact::new("user_name").with(user_name));
    }

    /// Whether the clear text stays on this machine: our socket ends here and, through a connector, so does its.
    fn is_local(&self) -> bool {
        let target_is_local = self.job.route.host.ip().is_some_and(|ip| ip.to_canonical().is_loopback());
        self.address.ip().to_canonical().is_loopback() && (self.job.route.tunnel.is_none() || target_is_local)
    }

    async fn plain(&mut self, login: &Login) -> Result<Reply, Fault> {
        let token = plain_token(login);
        let line = Zeroizing::new(format!("AUTH PLAIN {}\r\n", token.as_str()));
        let reply = self.ask_as(&line, "AUTH PLAIN ***", self.job.budget.command).await?;
        if reply.code != 334 {
            return Ok(reply);
        }
        // Some servers ignore the initial response and ask for it.
        let line = Zeroizing::new(format!("{}\r\n", token.as_str()));
        self.answer(&[line]).await
    }

    async fn login(&mut self, login: &Login) -> Result<Reply, Fault> {
        let reply = self.command("AUTH LOGIN\r\n").await?;
        if reply.code != 334 {
            return Ok(reply);
        }
        // By position: the prompts' wording is anything.
        let encode = |text: &str| Zeroizing::new(format!("{}\r\n", BASE64_STANDARD.encode(text)));
        self.answer(&[encode(&login.user_name), encode(login.secret.expose_secret())]).await
    }

    /// Answers challenges in turn; more of them than answers get an empty line, so that the real verdict comes.
    async fn answer(&mut self, lines: &[Zeroizing<String>]) -> Result<Reply, Fault> {
        let mut lines = lines.iter();
        for _ in 0..MAX_CHALLENGES {
            let (line, shown) = lines.next().map_or(("\r\n", ""), |line| (line.as_str(), "***"));
            let reply = self.ask_as(line, shown, self.job.budget.command).await?;
            if reply.code != 334 {
                return Ok(reply);
            }
        }
        Err(Fault::new(Cause::ProtocolError).param("challenges"))
    }
}

fn plain_token(login: &Login) -> Zeroizing<String> {
    let triple = Zeroizing::new(format!("\0{}\0{}", login.user_name, login.secret.expose_secret()));
    Zeroizing::new(BASE64_STANDARD.encode(triple.as_bytes()))
}
