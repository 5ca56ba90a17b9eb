//! What a session needs before it dials: the route with its secrets, or the reason why nothing is dialled; the message.

use crate::{
    Service, binding,
    compose::Letter,
    error::Inside,
    oauth::{Source, Tokens},
};
use domain::{
    Secret,
    account::{NewAccount, field},
    connector::{Connector, NewConnector},
    credential::Credential,
    destination::Destination,
    session_test::{Diagnosis, NewTest, Step},
};
use mailer::{AccountLogin, Route, Tunnel};
use secrecy::SecretString;
use std::sync::Arc;
use store::ReadTx;

pub(crate) enum Plan {
    Go {
        route: Route,
        place: Destination,
    },
    /// Nothing is dialled.
    Stop {
        diagnosis: Diagnosis,
        place: Destination,
    },
}

impl Plan {
    pub(crate) const fn place(&self) -> &Destination {
        match self {
            Self::Go { place, .. } | Self::Stop { place, .. } => place,
        }
    }
}

/// Which secrets may be used.
pub(crate) enum Secrets {
    /// The copy bound to the destination, no other.
    Bound,
    /// The one typed, else the copy bound to the destination, else, if allowed, the one that no place has claimed.
    Draft { typed: Option<Secret>, unclaimed: bool },
}

/// A login, none needed, or one whose secret is not known for this place.
pub(crate) enum Login<T = mailer::Login> {
    None,
    With(T),
    Missing,
}

impl Service {
    pub(crate) async fn plan(&self, tx: &mut ReadTx, settings: &NewAccount, secrets: Secrets) -> Inside<Plan> {
        let (place, connector) = binding::place_of(tx, settings).await?;
        let stop = |code: &str, stage: Step, params: Vec<String>, place: Destination| {
            Ok(Plan::Stop { diagnosis: Diagnosis::of_settings(code, stage, params), place })
        };
        let mut tunnel = None;
        if let Some(connector) = &connector {
            let name = connector.settings.name.to_string();
            if !connector.settings.enabled {
                return stop("connector_disabled", Step::Connector, vec![name], place);
            }
            let login = self.connector_login(tx, connector).await?;
            if matches!(login, Login::Missing) {
                return stop("secret_missing", Step::Connector, vec![name], place);
            }
            tunnel = Some(tunnel_of(&connector.settings, login));
        }
        let is_draft = matches!(secrets, Secrets::Draft { .. });
        let login = match self.account_login(tx, settings, &place, secrets).await? {
            Login::None => None,
            Login::With(login) => Some(login),
            Login::Missing if is_draft => return Err(crate::error::invalid(field::SECRET, "secret_again").into()),
            Login::Missing => return stop("secret_missing", Step::Auth, vec![], place),
        };
        let route = Route {
            host: settings.host.clone(),
            port: settings.effective_port(),
            security: settings.security(),
            certificate: settings.certificate_check().into(),
            login,
            tunnel,
            helo: self.inner.helo.clone(),
        };
        Ok(Plan::Go { route, place })
    }

    pub(crate) async fn connector_login(&self, tx: &mut ReadTx, connector: &Connector) -> Inside<Login> {
        let Some(id) = connector.settings.credential_id else { return Ok(Login::None) };
        // A token is nothing that a connector could be shown.
        let credential = tx.credential_get(id).await?.filter(|credential| !credential.kind.is_oauth());
        let Some(credential) = credential else { return Ok(Login::Missing) };
        let place = Destination::of_connector(&connector.settings);
        let secret = binding::open_at(tx, &self.inner.keys, &credential, Some(&place)).await?;
        Ok(secret.map_or(Login::Missing, |secret| Login::With(password(&credential, &secret))))
    }

    async fn account_login(
        &self,
        tx: &mut ReadTx,
        settings: &NewAccount,
        place: &Destination,
        secrets: Secrets,
    ) -> Inside<Login<AccountLogin>> {
        let Some(id) = settings.credential() else { return Ok(Login::None) };
        let Some(credential) = tx.credential_get(id).await? else {
            return Err(crate::error::invalid(field::CREDENTIAL, "not_found").into());
        };
        let keys = &self.inner.keys;
        let (typed, unclaimed) = match secrets {
            Secrets::Bound => (None, false),
            Secrets::Draft { typed, unclaimed } => (typed, unclaimed),
        };
        let mut source = Source::Bound;
        let mut secret = None;
        if let Some(typed) = typed {
            let typed = binding::whole(tx, keys, &credential, typed).await?;
            source = Source::Typed(typed.clone());
            secret = Some(typed);
        }
        if secret.is_none() {
            secret = binding::open_at(tx, keys, &credential, Some(place)).await?;
        }
        if secret.is_none() && unclaimed {
            source = Source::Unclaimed;
            secret = binding::open_at(tx, keys, &credential, None).await?;
        }
        let Some(secret) = secret else { return Ok(Login::Missing) };
        if !credential.kind.is_oauth() {
            return Ok(Login::With(password(&credential, &secret).into()));
        }
        let user_name = credential.user_name.clone();
        let tokens = Arc::new(Tokens::new(self.clone(), credential, place.clone(), source));
        Ok(Login::With(AccountLogin::OAuth { user_name, tokens }))
    }
}

fn password(credential: &Credential, secret: &Secret) -> mailer::Login {
    mailer::Login { user_name: credential.user_name.clone(), secret: SecretString::from(secret.expose().to_owned()) }
}

pub(crate) fn tunnel_of(connector: &NewConnector, login: Login) -> Tunnel {
    let login = match login {
        Login::With(login) => Some(login),
        Login::None | Login::Missing => None,
    };
    Tunnel { kind: connector.kind, host: connector.host.clone(), port: connector.port, login }
}

/// A message as a notification would be.
pub(super) fn letter(test: &NewTest) -> Letter<'_> {
    Letter { to: std::slice::from_ref(&test.to), subject: &test.subject, text: &test.message, ..Letter::default() }
}
