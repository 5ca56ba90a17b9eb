-- What an account trusts beside the machine's authorities, what its tests and health checks found, and OAuth 2.0.

-- PEM (RFC 7468), and a SHA-256 fingerprint.
ALTER TABLE accounts ADD COLUMN trusted_ca TEXT;
ALTER TABLE accounts ADD COLUMN pinned_certificate TEXT;

ALTER TABLE account_tests ADD COLUMN mode TEXT NOT NULL DEFAULT 'send' CHECK (mode IN ('send', 'check'));
-- JSON of domain::history::StepTime, in their order; empty where a test was made before they were kept.
ALTER TABLE account_tests ADD COLUMN steps TEXT NOT NULL DEFAULT '';

-- The certificate that an account's server showed last.
CREATE TABLE account_certificates (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    not_after INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    -- The smallest number of days before its end that a warning has gone out for.
    warned_days INTEGER
) STRICT;

CREATE INDEX account_certificates_by_end ON account_certificates (not_after);

-- What the health check said last of an account: only what differs from it is reported.
CREATE TABLE account_health (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
    -- The diagnosis, empty where it passed.
    code TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT;

-- Empty: off.
ALTER TABLE parameters ADD COLUMN health_hours INTEGER CHECK (health_hours BETWEEN 1 AND 168);
-- Addresses, one a line.
ALTER TABLE parameters ADD COLUMN health_recipients TEXT NOT NULL DEFAULT '';
-- Through which account reports go out; the default one where none is named.
ALTER TABLE parameters ADD COLUMN health_account_id INTEGER REFERENCES accounts (id) ON DELETE SET NULL;
ALTER TABLE parameters ADD COLUMN health_checked_at INTEGER;

-- JSON of domain::credential::OAuth, empty where a credential is a password.
ALTER TABLE credentials ADD COLUMN oauth TEXT NOT NULL DEFAULT '';

-- Access tokens, sealed like the secrets that they were got with and for the same place.
CREATE TABLE oauth_tokens (
    credential_id INTEGER NOT NULL REFERENCES credentials (id) ON DELETE CASCADE,
    destination TEXT NOT NULL,
    key_id TEXT NOT NULL REFERENCES data_keys (id) ON DELETE CASCADE,
    nonce BLOB NOT NULL,
    ciphertext BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (credential_id, destination)
) STRICT;
