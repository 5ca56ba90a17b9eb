-- API tokens: what programs show in place of a user name and password.

-- The token itself is in the program's hands alone. A revoked one stays, so that the list tells of it.
CREATE TABLE tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'administrator')),
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_by TEXT NOT NULL,
    created_by_fold TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER
) STRICT;

-- The name of a revoked one is free again.
CREATE UNIQUE INDEX tokens_in_force_by_name ON tokens (name_fold) WHERE revoked_at IS NULL;

-- What was revoked never opens anything again.
CREATE TRIGGER tokens_stay_revoked BEFORE UPDATE OF revoked_at, token_hash, role ON tokens
WHEN OLD.revoked_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'token_revoked');
END;
