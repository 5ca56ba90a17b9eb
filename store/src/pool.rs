//! The database file and its connections: one that writes, several that read. The only file that knows which engine it is.
//!
//! `PostgreSQL` follows here: a second variant of these aliases and pools. The statements elsewhere are the same text.

use crate::{
    ReadTx, StoreError, StoreResult, WriteTx,
    migration::{self, Lock},
    report::AccountIndex,
    watch::Watch,
};
use sqlx::{
    ConnectOptions as _,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::sync::Notify;

pub(crate) type Database = sqlx::Sqlite;
pub(crate) type Connection = sqlx::SqliteConnection;
pub(crate) type DatabaseRow = sqlx::sqlite::SqliteRow;

/// Every connection must have these, whatever the library's or the file's defaults are.
const PRAGMAS: [(&str, &str); 6] = [
    ("journal_mode", "wal"),
    // FULL: in WAL, NORMAL may lose an acknowledged commit when the power goes.
    ("synchronous", "2"),
    ("foreign_keys", "1"),
    ("busy_timeout", "5000"),
    ("trusted_schema", "0"),
    // What is deleted is overwritten: replaced secrets do not stay behind, not even sealed.
    ("secure_delete", "1"),
];
const READERS: u32 = 4;
/// Kilobytes for each: the system's own cache holds the file, too.
const READER_CACHE: &str = "-4000";
/// Apart from the readers: whoever fetches a long report slowly must not keep the pages waiting.
const LONG_READERS: u32 = 4;

/// The store; a cheap clone.
#[derive(Debug, Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    long_readers: SqlitePool,
    /// One connection, on which whether anything was written is asked (`revision.rs`): each connection counts for itself.
    watcher: SqlitePool,
    committed: Arc<Notify>,
    path: PathBuf,
    watch: Arc<Watch>,
    index: Arc<AccountIndex>,
}

/// Whoever holds it is the only one that sends from its database.
#[derive(Debug)]
pub struct WorkerLock(#[expect(dead_code, reason = "held, not read")] Lock);

impl Store {
    /// Opens the database, made where it is missing, and brings its schema up to date.
    pub async fn open(url: &str) -> StoreResult<Self> {
        let path = path_of(url)?;
        make_file(&path).map_err(|source| StoreError::File { path: path.clone(), source })?;
        // Held until the schema is current: two programs that start at once must not both migrate.
        let lock = Lock::acquire(&path).await.map_err(|source| StoreError::File { path: path.clone(), source })?;
        let options = options(&path);
        let writer = open_pool(&path, options.clone(), 1, 1).await?;
        migration::run(&writer, &path).await?;
        let options = options.read_only(true).pragma("cache_size", READER_CACHE);
        let readers = open_pool(&path, options.clone(), 1, READERS).await?;
        let long_readers = open_pool(&path, options.clone(), 0, LONG_READERS).await?;
        let watcher = open_pool(&path, options, 1, 1).await?;
        drop(lock);
        let watch = Watch::begin(&path).map_err(|source| StoreError::File { path: path.clone(), source })?;
        let index = AccountIndex::new(long_readers.clone());
        let (committed, watch) = (Arc::default(), Arc::new(watch));
        Ok(Self { writer, readers, long_readers, watcher, committed, path, watch, index })
    }

    /// A snapshot to read from.
    pub async fn read(&self) -> StoreResult<ReadTx> {
        Ok(ReadTx::new(self.readers.begin().await?).with_index(&self.index))
    }

    /// A snapshot that is read for as long as somebody far away takes to fetch it. There are few of them.
    pub async fn read_long(&self) -> StoreResult<ReadTx> {
        Ok(ReadTx::new(self.long_readers.begin().await?))
    }

    /// The one writer. Immediate: a transaction that begins with reading and then writes would fail at once
    /// where another has written meanwhile, whatever the timeout.
    pub async fn write(&self) -> StoreResult<WriteTx> {
        self.intact()?;
        let begin = || self.writer.begin_with("BEGIN IMMEDIATE");
        let transaction = match begin().await {
            // `SQLite` itself took a transaction back, as it does on a full disk, and the library still believes in it.
            Err(sqlx::Error::InvalidSavePointStatement) => {
                self.writer.acquire().await?.close().await?;
                begin().await?
            }
            other => other?,
        };
        Ok(WriteTx::new(transaction, Arc::clone(&self.watch), Arc::clone(&self.committed)))
    }

    /// Whether the files are still there that were opened.
    pub fn intact(&self) -> StoreResult<()> {
        self.watch.check()
    }

    /// A whole, consistent copy in a new file. It holds no key: what is sealed stays sealed.
    pub async fn backup(&self, to: &Path) -> StoreResult<()> {
        // A read-only connection may not VACUUM INTO; the writer may, and waits its turn.
        sqlx::query("VACUUM INTO $1").bind(to.to_string_lossy().into_owned()).execute(&self.writer).await?;
        Ok(())
    }

    /// Leave to be the one that sends what is in this database; `None` while another process, or another part of this
    /// one, has it. Given back when dropped, also by being killed.
    pub fn worker_lock(&self) -> StoreResult<Option<WorkerLock>> {
        let failed = |source| StoreError::File { path: self.path.clone(), source };
        Ok(Lock::open(&self.path, "-worker").map_err(failed)?.try_take().map_err(failed)?.map(WorkerLock))
    }

    pub(crate) const fn watcher(&self) -> &SqlitePool {
        &self.watcher
    }

    /// Returns once something was committed through this store since it was last called. For one caller.
    pub async fn committed(&self) {
        self.committed.notified().await;
    }

    pub(crate) const fn index(&self) -> &Arc<AccountIndex> {
        &self.index
    }

    /// Waits for what is under way.
    pub async fn close(&self) {
        self.watcher.close().await;
        self.long_readers.close().await;
        self.readers.close().await;
        self.writer.close().await;
    }
}

fn path_of(url: &str) -> StoreResult<PathBuf> {
    let path = url.strip_prefix("sqlite:").map(|rest| rest.strip_prefix("//").unwrap_or(rest));
    match path {
        Some(path) if !path.is_empty() && !path.contains(['?', ':']) => Ok(PathBuf::from(path)),
        _ => Err(StoreError::Url { url: without_password(url) }),
    }
}

/// Errors are printed; a URL of another engine may hold a password.
fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://***@{host}"),
        _ => url.to_owned(),
    }
}

/// Made by us and not by `SQLite`, so that nobody else can read it from its first moment on.
fn make_file(path: &Path) -> std::io::Result<()> {
    if let Some(directory) = path.parent().filter(|d| !d.as_os_str().is_empty()) {
        fs::create_dir_all(directory)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("trusted_schema", "OFF")
        .pragma("secure_delete", "ON")
        // Kilobytes: the queue's indexes stay in memory while it fills.
        .pragma("cache_size", "-16000")
        // Statements are logged by whoever handles their error; a log of every statement helps nobody.
        .disable_statement_logging()
}

async fn open_pool(path: &Path, options: SqliteConnectOptions, least: u32, most: u32) -> StoreResult<SqlitePool> {
    let pool = SqlitePoolOptions::new()
        .max_connections(most)
        .min_connections(least)
        // While one is open the log beside the file stays, and stays the same.
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(Duration::from_secs(30))
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .map_err(|source| StoreError::Open { path: path.to_owned(), source })?;
    let mut connection = pool.acquire().await?;
    for (pragma, wanted) in PRAGMAS {
        let found = pragma_value(&mut connection, pragma).await?;
        if found != wanted {
            return Err(StoreError::Pragma { path: path.to_owned(), pragma, found, wanted });
        }
    }
    drop(connection);
    Ok(pool)
}

async fn pragma_value(connection: &mut Connection, pragma: &'static str) -> StoreResult<String> {
    use sqlx::{AssertSqlSafe, Row as _};
    let row = sqlx::query(AssertSqlSafe(format!("PRAGMA {pragma}"))).fetch_one(connection).await?;
    Ok(row.try_get::<String, _>(0).or_else(|_| row.try_get::<i64, _>(0).map(|number| number.to_string()))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What NORMAL loses when the power goes is shown by no test here; that it never runs with it is.
    #[tokio::test]
    async fn s16_s17_every_connection_waits_for_the_disk_or_the_start_is_refused() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("postroom.db");
        let store = Store::open(&format!("sqlite://{}", path.display())).await.expect("opens");
        for pool in [&store.writer, &store.readers, &store.long_readers, &store.watcher] {
            let mut connection = pool.acquire().await.expect("connects");
            for (pragma, wanted) in PRAGMAS {
                assert_eq!(pragma_value(&mut connection, pragma).await.expect("asks"), wanted, "{pragma}");
            }
        }
        for (changed, pragma) in [
            (options(&path).synchronous(SqliteSynchronous::Normal), "synchronous"),
            (options(&path).foreign_keys(false), "foreign_keys"),
            (options(&path).pragma("secure_delete", "OFF"), "secure_delete"),
        ] {
            let error = open_pool(&path, changed, 1, 1).await.expect_err("refused");
            assert!(matches!(error, StoreError::Pragma { pragma: found, .. } if found == pragma), "{error}");
        }
    }

    #[test]
    fn a_url_names_a_file() {
        for (url, path) in [
            ("sqlite://data/postroom.db", Some("data/postroom.db")),
            ("sqlite:///var/lib/x.db", Some("/var/lib/x.db")),
            ("sqlite:x.db", Some("x.db")),
            ("sqlite://", None),
            ("sqlite::memory:", None),
            ("postgres://u:p@h/d", None),
        ] {
            assert_eq!(path_of(url).ok(), path.map(PathBuf::from), "{url}");
        }
        let error = path_of("postgres://u:geheim@h/d").expect_err("not ours").to_string();
        assert_eq!(error, "database postgres://***@h/d: only sqlite:// is supported");
    }
}
