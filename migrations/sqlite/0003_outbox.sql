-- The Outbox: messages, what became of each try, how each account sends.
--
-- A message is three rows with the same id: a small one that changes while it is sent, the texts that reports show and
-- search, and the content, which only sending and reading load. None of them points to accounts: a deleted account's
-- messages stay, and its id is never given to another.

CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'sending', 'sent', 'error', 'paused', 'canceled', 'resent')),
    -- The account it was accepted for, and the one that the next try goes through.
    account_id INTEGER NOT NULL,
    route INTEGER NOT NULL,
    -- 0 goes before 1 goes before 2.
    rank INTEGER NOT NULL CHECK (rank IN (0, 1, 2)),
    due INTEGER NOT NULL,
    -- Who claimed it has it until then.
    lease INTEGER,
    -- Counts up with each claim: what an older claim reports is refused.
    attempt INTEGER NOT NULL DEFAULT 0,
    -- Tries that failed for a while, for the back-off.
    tries INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    possible_duplicate INTEGER NOT NULL DEFAULT 0 CHECK (possible_duplicate IN (0, 1)),
    opened_at INTEGER,
    -- The server's reply that took it.
    mta TEXT NOT NULL DEFAULT '',
    -- Why it waits or was given up: a code, its parameters as JSON, the server's words.
    reason TEXT NOT NULL DEFAULT '',
    reason_params TEXT NOT NULL DEFAULT '',
    reason_reply TEXT NOT NULL DEFAULT '',
    CHECK ((status = 'sending') = (lease IS NOT NULL))
) STRICT;

CREATE INDEX messages_ready ON messages (route, rank, due) WHERE status = 'waiting';
CREATE INDEX messages_leased ON messages (lease) WHERE status = 'sending';
CREATE INDEX messages_expiring ON messages (expires_at) WHERE status IN ('waiting', 'paused');
CREATE INDEX messages_by_status ON messages (status);
CREATE INDEX messages_by_time ON messages (created_at);

CREATE TABLE message_texts (
    id INTEGER PRIMARY KEY,
    -- The header, without angle brackets: the same in every try.
    message_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    priority TEXT NOT NULL,
    created_by TEXT NOT NULL,
    resent_from INTEGER,
    subject TEXT NOT NULL,
    subject_fold TEXT NOT NULL,
    recipients TEXT NOT NULL,
    recipients_fold TEXT NOT NULL,
    sender TEXT NOT NULL,
    sender_fold TEXT NOT NULL,
    account TEXT NOT NULL,
    account_fold TEXT NOT NULL
) STRICT;

CREATE INDEX message_texts_by_subject ON message_texts (subject_fold);
CREATE INDEX message_texts_by_recipients ON message_texts (recipients_fold);
CREATE INDEX message_texts_by_sender ON message_texts (sender_fold);
CREATE INDEX message_texts_by_account ON message_texts (account_fold);
CREATE INDEX message_texts_by_priority ON message_texts (priority);

-- Finds any three letters in a row. Filled behind the queue's back, up to message_counter.searchable.
CREATE VIRTUAL TABLE message_search USING fts5 (
    subject, recipients,
    content = '', contentless_delete = 1, detail = column, tokenize = 'trigram case_sensitive 1'
);

CREATE TABLE message_bodies (
    id INTEGER PRIMARY KEY,
    -- JSON of domain::notification::NewNotification.
    content BLOB NOT NULL
) STRICT;

-- Only where the recipients of a message fare differently.
CREATE TABLE message_recipients (
    message_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'sent', 'error')),
    reply TEXT NOT NULL,
    PRIMARY KEY (message_id, address)
) STRICT, WITHOUT ROWID;

-- A line before the final dot (no outcome), and one when the try has ended.
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    account TEXT NOT NULL,
    outcome TEXT,
    stage TEXT NOT NULL,
    code TEXT NOT NULL,
    params TEXT NOT NULL,
    reply TEXT NOT NULL,
    ms INTEGER NOT NULL,
    -- `tcp:3 greeting:12 …`
    stages TEXT NOT NULL
) STRICT;

CREATE INDEX attempts_by_message ON attempts (message_id);

CREATE TRIGGER attempts_are_never_changed BEFORE UPDATE ON attempts
BEGIN
    SELECT RAISE(ABORT, 'attempts_append_only');
END;

CREATE TABLE message_counter (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    next INTEGER NOT NULL,
    -- How many there are: counting a million takes its time.
    total INTEGER NOT NULL,
    searchable INTEGER NOT NULL
) STRICT;

INSERT INTO message_counter (id, next, total, searchable) VALUES (1, 1, 0, 0);

CREATE TABLE idempotency_keys (
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    hash BLOB NOT NULL,
    message_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_keys_by_time ON idempotency_keys (at);

CREATE TABLE account_sending (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    connections INTEGER NOT NULL DEFAULT 10 CHECK (connections BETWEEN 1 AND 50),
    per_minute INTEGER NOT NULL DEFAULT 0 CHECK (per_minute >= 0),
    failover_id INTEGER REFERENCES accounts (id) ON DELETE SET NULL CHECK (failover_id <> account_id),
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    -- Why nothing is sent until somebody changes something: a reason as in messages, and what the account was then.
    halted_at INTEGER,
    halt_code TEXT NOT NULL DEFAULT '',
    halt_params TEXT NOT NULL DEFAULT '',
    halt_reply TEXT NOT NULL DEFAULT '',
    halt_stamp TEXT NOT NULL DEFAULT '',
    -- Connections that failed one after another; after some, one try at that time.
    failures INTEGER NOT NULL DEFAULT 0,
    retry_at INTEGER
) STRICT;

INSERT INTO account_sending (account_id) SELECT id FROM accounts;

CREATE TRIGGER accounts_can_send AFTER INSERT ON accounts
BEGIN
    INSERT INTO account_sending (account_id) VALUES (NEW.id);
END;

-- What waits for an account that goes will never be sent: said, and not left waiting.
CREATE TRIGGER accounts_leave_messages BEFORE DELETE ON accounts
BEGIN
    UPDATE messages SET route = account_id WHERE route = OLD.id AND status = 'waiting' AND account_id <> OLD.id;
    UPDATE messages SET status = 'error', reason = 'account_deleted', reason_params = '', reason_reply = ''
    WHERE account_id = OLD.id AND status IN ('waiting', 'paused');
END;

ALTER TABLE parameters ADD COLUMN footer_html TEXT NOT NULL DEFAULT '';
ALTER TABLE parameters ADD COLUMN retention_days INTEGER NOT NULL DEFAULT 180 CHECK (retention_days BETWEEN 1 AND 3650);
