-- Accounts, connections, people and what they did.
--
-- Columns ending in _fold hold domain::value::fold of the column before them, in byte order: filters, sorts and
-- uniqueness go without regard to case or accents, and alike in the browser and on every engine.

CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'administrator')),
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    password_hash TEXT NOT NULL,
    last_sign_in INTEGER
) STRICT;

-- Without an enabled administrator nobody could ever make one again.
CREATE TRIGGER users_keep_an_administrator_update BEFORE UPDATE OF role, enabled ON users
WHEN OLD.role = 'administrator' AND OLD.enabled
    AND NOT (NEW.role = 'administrator' AND NEW.enabled)
    AND NOT EXISTS (SELECT 1 FROM users WHERE id <> OLD.id AND role = 'administrator' AND enabled)
BEGIN
    SELECT RAISE(ABORT, 'last_administrator');
END;

CREATE TRIGGER users_keep_an_administrator_delete BEFORE DELETE ON users
WHEN OLD.role = 'administrator' AND OLD.enabled
    AND NOT EXISTS (SELECT 1 FROM users WHERE id <> OLD.id AND role = 'administrator' AND enabled)
BEGIN
    SELECT RAISE(ABORT, 'last_administrator');
END;

-- The token itself is in the browser's cookie alone.
CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY NOT NULL,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    origin TEXT NOT NULL
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id);

-- The one-time token of the first start: one row at most.
CREATE TABLE setup (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    token_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Keys that secrets are sealed with, themselves wrapped by the master key, which is not here.
CREATE TABLE data_keys (
    id TEXT PRIMARY KEY NOT NULL,
    nonce BLOB NOT NULL,
    wrapped BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE credentials (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    user_name TEXT NOT NULL,
    user_name_fold TEXT NOT NULL,
    secret_set_at INTEGER NOT NULL
) STRICT;

-- One sealed copy for each place the secret may be sent to, and one at most that no place has claimed yet
-- (an empty destination). The destination is bound into the ciphertext: a changed one merely fails to open.
CREATE TABLE sealed_secrets (
    credential_id INTEGER NOT NULL REFERENCES credentials (id) ON DELETE CASCADE,
    destination TEXT NOT NULL,
    key_id TEXT NOT NULL REFERENCES data_keys (id) ON DELETE RESTRICT,
    nonce BLOB NOT NULL,
    ciphertext BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (credential_id, destination)
) STRICT;

CREATE TABLE connectors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    host TEXT NOT NULL,
    host_fold TEXT NOT NULL,
    port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
    credential_id INTEGER REFERENCES credentials (id) ON DELETE RESTRICT,
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1))
) STRICT;

CREATE INDEX connectors_by_credential ON connectors (credential_id);

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL UNIQUE,
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    sender TEXT NOT NULL,
    sender_fold TEXT NOT NULL,
    reply_to TEXT NOT NULL,
    reply_to_fold TEXT NOT NULL,
    return_path TEXT NOT NULL,
    return_path_fold TEXT NOT NULL,
    confirmation TEXT NOT NULL,
    confirmation_fold TEXT NOT NULL,
    read_receipt INTEGER NOT NULL CHECK (read_receipt IN (0, 1)),
    force_settings INTEGER NOT NULL CHECK (force_settings IN (0, 1)),
    footnote INTEGER NOT NULL CHECK (footnote IN (0, 1)),
    host TEXT NOT NULL,
    port INTEGER CHECK (port BETWEEN 1 AND 65535),
    secure INTEGER NOT NULL CHECK (secure IN (0, 1)),
    security_type TEXT NOT NULL CHECK (security_type IN ('tls', 'ssl')),
    authentication INTEGER NOT NULL CHECK (authentication IN (0, 1)),
    credential_id INTEGER REFERENCES credentials (id) ON DELETE RESTRICT,
    ignore_certificate_errors INTEGER NOT NULL CHECK (ignore_certificate_errors IN (0, 1)),
    use_connector INTEGER NOT NULL CHECK (use_connector IN (0, 1)),
    connector_id INTEGER REFERENCES connectors (id) ON DELETE RESTRICT,
    -- Where its secret would be sent, for the report's badge. Nothing is sent on its word: that is worked out anew.
    destination TEXT NOT NULL,
    CHECK (NOT authentication OR credential_id IS NOT NULL),
    CHECK (NOT use_connector OR connector_id IS NOT NULL),
    UNIQUE (id, enabled)
) STRICT;

CREATE INDEX accounts_by_credential ON accounts (credential_id);
CREATE INDEX accounts_by_connector ON accounts (connector_id);

-- Which account is the default: a pointer, not a flag on each account, because one row can be moved by one statement
-- and can't be there twice. The key it points with holds that the default is enabled.
CREATE TABLE default_account (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    account_id INTEGER NOT NULL,
    account_enabled INTEGER NOT NULL DEFAULT 1 CHECK (account_enabled = 1),
    FOREIGN KEY (account_id, account_enabled) REFERENCES accounts (id, enabled) ON DELETE CASCADE ON UPDATE RESTRICT
) STRICT;

-- While any account exists there is a default: the first becomes it, …
CREATE TRIGGER accounts_first_is_default AFTER INSERT ON accounts
WHEN NOT EXISTS (SELECT 1 FROM default_account)
BEGIN
    INSERT INTO default_account (id, account_id) VALUES (1, NEW.id);
END;

-- … it stays as long as another account does, …
CREATE TRIGGER accounts_default_stays BEFORE DELETE ON accounts
WHEN EXISTS (SELECT 1 FROM default_account WHERE account_id = OLD.id)
    AND EXISTS (SELECT 1 FROM accounts WHERE id <> OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'default_account');
END;

-- … and the pointer goes with the last account only.
CREATE TRIGGER default_account_stays BEFORE DELETE ON default_account
WHEN EXISTS (SELECT 1 FROM accounts WHERE id = OLD.account_id)
BEGIN
    SELECT RAISE(ABORT, 'default_account');
END;

CREATE TABLE account_tests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
    outcome TEXT NOT NULL,
    stage TEXT NOT NULL,
    duration_ms INTEGER NOT NULL,
    reply TEXT NOT NULL,
    -- JSON of domain::session_test::Diagnosis, or empty.
    diagnosis TEXT NOT NULL
) STRICT;

CREATE INDEX account_tests_by_account ON account_tests (account_id, id);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    actor_fold TEXT NOT NULL,
    origin TEXT NOT NULL,
    origin_fold TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_fold TEXT NOT NULL,
    detail TEXT NOT NULL,
    detail_fold TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit_append_only');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit_append_only');
END;

CREATE TABLE parameters (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    footer TEXT NOT NULL
) STRICT;

INSERT INTO parameters (id, footer) VALUES (1, '');
