//! The schema's steps, and the lock under which they are taken.

use crate::{StoreError, StoreResult};
use sqlx::{
    SqlSafeStr as _,
    migrate::{MigrateError, Migration, MigrationType, Migrator},
    sqlite::SqlitePool,
};
use std::{
    borrow::Cow,
    fs::{File, OpenOptions, TryLockError},
    io,
    path::Path,
    time::Duration,
};

/// Number, name and text of each step. A step that has been released never changes.
const STEPS: [(i64, &str, &str); 14] = [
    (1, "initial", include_str!("../../migrations/sqlite/0001_initial.sql")),
    (2, "tokens", include_str!("../../migrations/sqlite/0002_tokens.sql")),
    (3, "outbox", include_str!("../../migrations/sqlite/0003_outbox.sql")),
    (4, "schedules", include_str!("../../migrations/sqlite/0004_schedules.sql")),
    (5, "failing", include_str!("../../migrations/sqlite/0005_failing.sql")),
    (6, "trust_health_oauth", include_str!("../../migrations/sqlite/0006_trust_health_oauth.sql")),
    (7, "portal", include_str!("../../migrations/sqlite/0007_portal.sql")),
    (8, "audit_chain", include_str!("../../migrations/sqlite/0008_audit_chain.sql")),
    (9, "language", include_str!("../../migrations/sqlite/0009_language.sql")),
    (10, "account_changes", include_str!("../../migrations/sqlite/0010_account_changes.sql")),
    (11, "revisions", include_str!("../../migrations/sqlite/0011_revisions.sql")),
    (12, "tastes", include_str!("../../migrations/sqlite/0012_tastes.sql")),
    (13, "views", include_str!("../../migrations/sqlite/0013_views.sql")),
    (14, "account_revisions", include_str!("../../migrations/sqlite/0014_account_revisions.sql")),
];

/// All steps in one transaction: killed in the middle, the database is as it was.
pub(crate) async fn run(pool: &SqlitePool, path: &Path) -> StoreResult<()> {
    let steps = STEPS.map(|(number, name, text)| {
        Migration::new(number, Cow::Borrowed(name), MigrationType::Simple, text.into_sql_str(), false)
    });
    let mut migrator = Migrator::with_migrations(steps.into());
    migrator.set_locking(false);
    let mut transaction = pool.begin_with("BEGIN EXCLUSIVE").await?;
    migrator.run_direct(None, &mut *transaction, false).await.map_err(|error| {
        let path = path.to_owned();
        match error {
            MigrateError::VersionMissing(found) => {
                StoreError::Newer { path, found, known: STEPS.last().map_or(0, |step| step.0) }
            }
            other => StoreError::Migration { path, source: Box::new(other) },
        }
    })?;
    transaction.commit().await?;
    Ok(())
}

/// A lock on a file beside the database. `SQLite`'s own does not cover the change to WAL, and the migrator's does nothing.
#[derive(Debug)]
pub(crate) struct Lock(File);

impl Lock {
    const PATIENCE: u32 = 600;

    /// Waits until the schema may be changed.
    pub(crate) async fn acquire(database: &Path) -> io::Result<Self> {
        let lock = Self::open(database, "-lock")?;
        for _ in 0..Self::PATIENCE {
            match lock.0.try_lock() {
                Ok(()) => return Ok(lock),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(Duration::from_millis(50)).await,
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Err(io::Error::new(io::ErrorKind::TimedOut, "another program has been changing its schema for 30 s"))
    }

    /// The file with that ending beside the database's own, not locked yet.
    pub(crate) fn open(database: &Path, ending: &str) -> io::Result<Self> {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(Path::new(&name)).map(Self)
    }

    /// `None` where somebody else has it.
    pub(crate) fn try_take(self) -> io::Result<Option<Self>> {
        match self.0.try_lock() {
            Ok(()) => Ok(Some(self)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_step() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/sqlite");
        let names = std::fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").file_name());
        let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        assert_eq!(names, STEPS.map(|(number, name, _)| format!("{number:04}_{name}.sql")));
    }
}
