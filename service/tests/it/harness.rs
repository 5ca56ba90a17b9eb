//! A service on a throw-away directory, and short words for what the tests do all the time.

use domain::{
    CredentialId, Failure, Role, Secret, UnixMillis,
    account::{Account, AccountDraft},
    credential::{Credential, CredentialDraft},
    report::{Query, ReportName},
    session_test::{TestDone, TestDraft},
};
use service::{
    Actor, CancellationToken, Clock, DestinationPolicy, Events, MasterKeySource, OpenError, Service, Settings,
};
use std::{path::PathBuf, sync::Arc};
use store::Store;
use tempfile::TempDir;
use testkit::{SinkOptions, SmtpSink};

/// What no output may ever show.
pub const SECRET: &str = "Kx7-geheim-q9Zt";
pub const MOMENT: UnixMillis = UnixMillis(1_795_299_160_123);

pub struct World {
    pub directory: TempDir,
    pub clock: Clock,
    pub service: Service,
    pub admin: Actor,
}

impl World {
    pub async fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let settings = settings(&directory);
        Self::open(directory, settings).await
    }

    /// With settings of its own.
    pub async fn open(directory: TempDir, settings: Settings) -> Self {
        let clock = Clock::fixed(MOMENT);
        let service = Service::open(settings, clock.clone()).await.expect("opens");
        Self { directory, clock, service, admin: actor(Role::Administrator) }
    }

    /// As after a restart.
    pub async fn reopen(&mut self) -> Result<(), OpenError> {
        self.service.close().await;
        self.service = Service::open(settings(&self.directory), self.clock.clone()).await?;
        Ok(())
    }

    pub fn key_file(&self) -> PathBuf {
        self.directory.path().join("master.key")
    }

    /// The tables past all use cases, as somebody with a database tool has them.
    pub async fn by_hand(&self) -> Store {
        Store::open(&url(&self.directory)).await.expect("opens")
    }

    pub async fn credential(&self, name: &str) -> Credential {
        self.service.credential_create(&self.admin, credential_draft(name)).await.expect("a credential")
    }

    pub async fn account(&self, draft: AccountDraft) -> Account {
        self.service.account_create(&self.admin, draft).await.expect("an account")
    }

    pub async fn test(&self, account: &Account) -> TestDone {
        self.service
            .account_test(&self.admin, account.id, test_draft(), silent(), CancellationToken::new())
            .await
            .expect("a test that ends")
    }

    /// The audit log, oldest first: `actor@origin action subject` and its detail.
    pub async fn log(&self) -> Vec<(String, String)> {
        let query = Query::from_pairs(ReportName::Audit, [("sort", "id"), ("size", "200")]);
        let page = self.service.report_page(&self.admin, ReportName::Audit, query).await.expect("the log");
        let line = |row: &domain::report::Row| {
            let cell = |index| row.get(index).as_str().to_owned();
            (format!("{}@{} {} {}", cell(2), cell(3), cell(4), cell(5)), cell(6))
        };
        page.rows.iter().map(line).collect()
    }
}

pub fn settings(directory: &TempDir) -> Settings {
    Settings {
        database_url: url(directory),
        master_key: MasterKeySource::File(directory.path().join("master.key")),
        policy: DestinationPolicy::parse("127.0.0.0/8").expect("a policy"),
        extra_roots: None,
        helo: "postroom.test".into(),
        // Nobody listens there: a test that asks names its own.
        resolver: Some(([127, 0, 0, 1], 9).into()),
        https: domain::Port::HTTPS,
        oidc: None,
        portal: None,
        public_url: None,
        embedding: domain::portal::Embedding::default(),
    }
}

pub fn url(directory: &TempDir) -> String {
    format!("sqlite://{}", directory.path().join("postroom.db").display())
}

pub fn actor(role: Role) -> Actor {
    Actor::new(None, role.code(), role, "192.0.2.1")
}

pub fn credential_draft(name: &str) -> CredentialDraft {
    CredentialDraft {
        name: name.into(),
        user_name: "relay".into(),
        secret: Some(Secret::new(SECRET)),
        ..CredentialDraft::default()
    }
}

pub fn account_draft(name: &str) -> AccountDraft {
    AccountDraft {
        name: name.into(),
        sender: "alerts@example.com".into(),
        reply_to: "help@example.com".into(),
        return_path: "bounces@example.com".into(),
        confirmation: "read@example.com".into(),
        host: "127.0.0.1".into(),
        port: "2525".into(),
        secure: false,
        ..AccountDraft::default()
    }
}

/// An account that logs in at a sink in clear.
pub fn login_draft(name: &str, sink: &SmtpSink, credential: CredentialId) -> AccountDraft {
    AccountDraft {
        port: sink.port().to_string(),
        authentication: true,
        credential_id: Some(credential),
        ..account_draft(name)
    }
}

pub fn test_draft() -> TestDraft {
    TestDraft {
        to: "ann@example.org".into(), subject: "Olá".into(), message: "ATENÇÃO".into(), ..TestDraft::default()
    }
}

pub fn silent() -> Events {
    Arc::new(|_| {})
}

/// A server that wants [`SECRET`].
pub async fn sink() -> SmtpSink {
    SmtpSink::start(SinkOptions { login: Some(("relay".into(), SECRET.into())), ..SinkOptions::default() }).await
}

/// The errors of a refused draft as `field:code`.
pub fn errors<T: std::fmt::Debug>(answer: Result<T, Failure>) -> Vec<String> {
    match answer {
        Err(Failure::Invalid { errors }) => errors.0.iter().map(|e| format!("{}:{}", e.field, e.code)).collect(),
        other => panic!("not refused for its fields: {other:?}"),
    }
}

/// The code and parameters of a refusal.
pub fn refusal<T: std::fmt::Debug>(answer: Result<T, Failure>) -> (String, Vec<String>) {
    match answer {
        Err(Failure::Refused { code, params }) => (code, params),
        other => panic!("not refused: {other:?}"),
    }
}

pub fn diagnosis(done: &TestDone) -> &str {
    done.diagnosis.as_ref().map_or("", |diagnosis| diagnosis.code.as_str())
}
