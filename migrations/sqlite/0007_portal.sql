-- People who sign in elsewhere: in the portal that embeds us, or with OpenID Connect. They have no row among the users.

-- The token itself is in the hands of whoever was given it.
CREATE TABLE portal_sessions (
    token_hash BLOB PRIMARY KEY NOT NULL CHECK (length(token_hash) = 32),
    kind TEXT NOT NULL CHECK (kind IN ('embed', 'oidc')),
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'administrator')),
    -- Empty where the token named none.
    issuer TEXT NOT NULL,
    -- The origin that frames us; empty where nobody does.
    embedder TEXT NOT NULL,
    -- Where it was opened from.
    address TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX portal_sessions_by_end ON portal_sessions (expires_at);

-- Tokens that were shown once and are good no second time, for as long as they would be good otherwise.
CREATE TABLE used_tokens (
    id_hash BLOB PRIMARY KEY NOT NULL CHECK (length(id_hash) = 32),
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX used_tokens_by_end ON used_tokens (expires_at);
