//! Accounts, and which of them is the default.

use crate::{ReadTx, StoreResult, WriteTx, pool::DatabaseRow, read::Reader};
use domain::{
    AccountId, Certificates, ConnectorId, CredentialId, Fingerprint, Host, Label,
    account::{Account, LastTest, NewAccount, SecurityType},
    destination::Destination,
};
use sqlx::Row as _;

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT a.*, (d.account_id IS NOT NULL) AS is_default, t.passed AS test_passed, t.at AS test_at, ",
            "t.duration_ms AS test_ms, t.stage AS test_stage, t.reply AS test_reply FROM accounts a ",
            "LEFT JOIN default_account d ON d.account_id = a.id ",
            "LEFT JOIN account_tests t ON t.id = (SELECT max(x.id) FROM account_tests x WHERE x.account_id = a.id) ",
            $tail
        )
    };
}

impl ReadTx {
    pub async fn account_get(&mut self, id: AccountId) -> StoreResult<Option<Account>> {
        let row = sqlx::query(select!("WHERE a.id = $1")).bind(id.0).fetch_optional(self.connection()).await?;
        row.as_ref().map(read).transpose()
    }

    pub async fn account_default(&mut self) -> StoreResult<Option<Account>> {
        let row = sqlx::query(select!("WHERE d.account_id IS NOT NULL")).fetch_optional(self.connection()).await?;
        row.as_ref().map(read).transpose()
    }

    /// Id, name and whether enabled, of all, by name.
    pub async fn account_names(&mut self) -> StoreResult<Vec<(AccountId, String, bool)>> {
        let rows = sqlx::query("SELECT id, name, enabled FROM accounts ORDER BY name_fold, id")
            .fetch_all(self.connection())
            .await?;
        let read =
            |row: &DatabaseRow| Ok((AccountId(row.try_get("id")?), row.try_get("name")?, row.try_get("enabled")?));
        rows.iter().map(read).collect()
    }

    pub async fn account_get_by_name(&mut self, name: &str) -> StoreResult<Option<Account>> {
        let row = sqlx::query(select!("WHERE a.name_fold = $1"))
            .bind(domain::value::fold(name))
            .fetch_optional(self.connection())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// By another account than that one.
    pub async fn account_name_taken(&mut self, name: &Label, but: Option<AccountId>) -> StoreResult<bool> {
        let row = sqlx::query("SELECT id FROM accounts WHERE name_fold = $1 AND id <> $2")
            .bind(name.folded())
            .bind(but.map_or(0, |id| id.0))
            .fetch_optional(self.connection())
            .await?;
        Ok(row.is_some())
    }

    /// Those that name a connector, whether or not they go through it at the moment.
    pub async fn account_list_by_connector(&mut self, id: ConnectorId) -> StoreResult<Vec<Account>> {
        let rows = sqlx::query(select!("WHERE a.connector_id = $1 ORDER BY a.name_fold, a.id"))
            .bind(id.0)
            .fetch_all(self.connection())
            .await?;
        rows.iter().map(read).collect()
    }

    pub async fn account_list_by_host(&mut self, host: &Host) -> StoreResult<Vec<Account>> {
        let rows = sqlx::query(select!("WHERE a.host = $1 ORDER BY a.id"))
            .bind(host.as_str())
            .fetch_all(self.connection())
            .await?;
        rows.iter().map(read).collect()
    }

    /// Those that name a credential, whether or not they log in with it at the moment.
    pub async fn account_list_by_credential(&mut self, id: CredentialId) -> StoreResult<Vec<Account>> {
        let rows = sqlx::query(select!("WHERE a.credential_id = $1 ORDER BY a.name_fold, a.id"))
            .bind(id.0)
            .fetch_all(self.connection())
            .await?;
        rows.iter().map(read).collect()
    }
}

/// The columns of the two statements below, in their order; the first eleven are the texts that are folded too.
macro_rules! bind {
    ($statement:literal, $account:expr, $destination:expr) => {{
        let a = $account;
        sqlx::query($statement)
            .bind(a.name.as_str())
            .bind(a.name.folded())
            .bind(a.enabled)
            .bind(a.sender.as_str())
            .bind(domain::value::fold(a.sender.as_str()))
            .bind(a.reply_to.as_str())
            .bind(domain::value::fold(a.reply_to.as_str()))
            .bind(a.return_path.as_str())
            .bind(domain::value::fold(a.return_path.as_str()))
            .bind(a.confirmation.as_str())
            .bind(domain::value::fold(a.confirmation.as_str()))
            .bind(a.read_receipt)
            .bind(a.force_settings)
            .bind(a.footnote)
            .bind(a.host.as_str())
            .bind(a.port.map(|port| i64::from(port.get())))
            .bind(a.secure)
            .bind(a.security_type.code())
            .bind(a.authentication)
            .bind(a.credential_id.map(|id| id.0))
            .bind(a.ignore_certificate_errors)
            .bind(a.use_connector)
            .bind(a.connector_id.map(|id| id.0))
            .bind($destination.as_str())
            .bind(a.trusted_ca.as_ref().map(domain::Certificates::as_str))
            .bind(a.pinned_certificate.as_ref().map(domain::Fingerprint::as_str))
    }};
}

impl WriteTx {
    /// The first account becomes the default whatever it says; a later one when it says so.
    pub async fn account_insert(&mut self, account: &NewAccount, destination: &Destination) -> StoreResult<AccountId> {
        let row = bind!(
            "INSERT INTO accounts (name, name_fold, enabled, sender, sender_fold, reply_to, reply_to_fold, return_path, \
             return_path_fold, confirmation, confirmation_fold, read_receipt, force_settings, footnote, host, port, \
             secure, security_type, authentication, credential_id, ignore_certificate_errors, use_connector, \
             connector_id, destination, trusted_ca, pinned_certificate) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
             $17, $18, $19, $20, $21, $22, $23, $24, $25, $26) RETURNING id",
            account,
            destination
        )
        .fetch_one(self.connection())
        .await?;
        let id = AccountId(row.try_get("id")?);
        if account.is_default {
            self.account_default_set(id).await?;
        }
        Ok(id)
    }

    /// `false` where the version is no longer that one. Moves the default here where the account says so; never takes it away.
    pub async fn account_update(
        &mut self,
        id: AccountId,
        version: i64,
        account: &NewAccount,
        destination: &Destination,
    ) -> StoreResult<bool> {
        // What another server showed says nothing of this one.
        sqlx::query(
            "DELETE FROM account_certificates WHERE account_id = $1 AND EXISTS \
             (SELECT 1 FROM accounts WHERE id = $1 AND version = $2 AND destination <> $3)",
        )
        .bind(id.0)
        .bind(version)
        .bind(destination.as_str())
        .execute(self.connection())
        .await?;
        let done = bind!(
            "UPDATE accounts SET name = $1, name_fold = $2, enabled = $3, sender = $4, sender_fold = $5, reply_to = $6, \
             reply_to_fold = $7, return_path = $8, return_path_fold = $9, confirmation = $10, confirmation_fold = $11, \
             read_receipt = $12, force_settings = $13, footnote = $14, host = $15, port = $16, secure = $17, \
             security_type = $18, authentication = $19, credential_id = $20, ignore_certificate_errors = $21, \
             use_connector = $22, connector_id = $23, destination = $24, trusted_ca = $25, \
             pinned_certificate = $26, version = version + 1 WHERE id = $27 AND version = $28",
            account,
            destination
        )
        .bind(id.0)
        .bind(version)
        .execute(self.connection())
        .await
        .map_err(default_if_reference_is_the_pointers)?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        if account.is_default {
            self.account_default_set(id).await?;
        }
        Ok(true)
    }

    /// Moves the default. The account that was it and the one that is it count up: whoever edits either is told.
    pub async fn account_default_set(&mut self, id: AccountId) -> StoreResult<()> {
        sqlx::query(
            "UPDATE accounts SET version = version + 1 WHERE id IN (SELECT account_id FROM default_account UNION SELECT $1) \
             AND NOT EXISTS (SELECT 1 FROM default_account WHERE account_id = $1)",
        )
        .bind(id.0)
        .execute(self.connection())
        .await?;
        sqlx::query("UPDATE default_account SET account_id = $1 WHERE account_id <> $1")
            .bind(id.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub async fn account_enabled_set(&mut self, id: AccountId, enabled: bool) -> StoreResult<()> {
        sqlx::query("UPDATE accounts SET enabled = $2, version = version + 1 WHERE id = $1 AND enabled <> $2")
            .bind(id.0)
            .bind(enabled)
            .execute(self.connection())
            .await
            .map_err(default_if_reference_is_the_pointers)?;
        Ok(())
    }

    /// After a connector has moved, where the accounts through it lead.
    pub async fn account_destination_set(&mut self, id: AccountId, destination: &Destination) -> StoreResult<()> {
        sqlx::query("UPDATE accounts SET destination = $2 WHERE id = $1")
            .bind(id.0)
            .bind(destination.as_str())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub async fn account_delete(&mut self, id: AccountId) -> StoreResult<bool> {
        let done = sqlx::query("DELETE FROM accounts WHERE id = $1").bind(id.0).execute(self.connection()).await?;
        Ok(done.rows_affected() > 0)
    }
}

/// Disabling the default breaks the key that points to it; so does a credential that is not there.
/// The callers look those up first, in the same transaction.
fn default_if_reference_is_the_pointers(error: sqlx::Error) -> crate::StoreError {
    match error.into() {
        crate::StoreError::Reference => crate::StoreError::DefaultAccount,
        other => other,
    }
}

fn read(row: &DatabaseRow) -> StoreResult<Account> {
    let r = Reader::new("accounts", row)?;
    let last_test = match r.get::<Option<bool>>("test_passed")? {
        None => None,
        Some(passed) => Some(LastTest {
            passed,
            at: r.time("test_at")?,
            duration_ms: r.get::<i64>("test_ms")?.unsigned_abs(),
            stage: r.get("test_stage")?,
            reply: r.get("test_reply")?,
        }),
    };
    Ok(Account {
        id: AccountId(r.id()),
        version: r.get("version")?,
        settings: NewAccount {
            name: r.label("name")?,
            enabled: r.get("enabled")?,
            sender: r.email("sender")?,
            reply_to: r.email("reply_to")?,
            return_path: r.email("return_path")?,
            confirmation: r.email("confirmation")?,
            is_default: r.get("is_default")?,
            read_receipt: r.get("read_receipt")?,
            force_settings: r.get("force_settings")?,
            footnote: r.get("footnote")?,
            host: r.host("host")?,
            port: r.port("port")?,
            secure: r.get("secure")?,
            security_type: r.parse("security_type", SecurityType::parse)?,
            authentication: r.get("authentication")?,
            credential_id: r.get::<Option<i64>>("credential_id")?.map(CredentialId),
            ignore_certificate_errors: r.get("ignore_certificate_errors")?,
            trusted_ca: r.optional("trusted_ca", |text| Certificates::parse(text).ok())?,
            pinned_certificate: r.optional("pinned_certificate", |text| Fingerprint::parse(text).ok())?,
            use_connector: r.get("use_connector")?,
            connector_id: r.get::<Option<i64>>("connector_id")?.map(ConnectorId),
        },
        last_test,
    })
}
