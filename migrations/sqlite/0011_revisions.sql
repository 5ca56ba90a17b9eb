-- How often each report has changed, so that whoever looks at one is told of it (store/src/revision.rs): also what another
-- program writes, and what is changed by hand. Numbers only grow.
--
-- Three reports have none. What the audit log has is known by its last line. Messages change too often for a trigger: the
-- Outbox, and the schedules that show what became of a message, count as changed whenever anything was written.
CREATE TABLE revisions (
    name TEXT PRIMARY KEY NOT NULL,
    number INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- `people` is no report: somebody's session has ended, or they may do something else than before.
INSERT INTO revisions (name) VALUES
    ('accounts'), ('credentials'), ('connectors'), ('users'), ('tokens'), ('people');

-- Accounts: their own row, which of them is the default, the latest test, and whether there is a secret for where one leads.
CREATE TRIGGER accounts_count_insert AFTER INSERT ON accounts
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'accounts';
END;

CREATE TRIGGER accounts_count_update AFTER UPDATE ON accounts
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'accounts';
END;

CREATE TRIGGER accounts_count_delete AFTER DELETE ON accounts
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'accounts';
END;

CREATE TRIGGER default_account_counts_insert AFTER INSERT ON default_account
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'accounts';
END;

CREATE TRIGGER default_account_counts_update AFTER UPDATE ON default_account
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'accounts';
END;

CREATE TRIGGER account_tests_count_insert AFTER INSERT ON account_tests
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'accounts';
END;

CREATE TRIGGER account_tests_count_delete AFTER DELETE ON account_tests
WHEN NOT EXISTS (SELECT 1 FROM account_tests WHERE account_id = OLD.account_id AND id > OLD.id)
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'accounts';
END;

CREATE TRIGGER sealed_secrets_count_insert AFTER INSERT ON sealed_secrets
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'accounts';
END;

CREATE TRIGGER sealed_secrets_count_update AFTER UPDATE OF credential_id, destination ON sealed_secrets
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'accounts';
END;

CREATE TRIGGER sealed_secrets_count_delete AFTER DELETE ON sealed_secrets
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'accounts';
END;

-- Credentials and connectors: their own row, and the names of what uses them.
CREATE TRIGGER credentials_count_insert AFTER INSERT ON credentials
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'credentials';
END;

CREATE TRIGGER credentials_count_update AFTER UPDATE ON credentials
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'credentials';
END;

CREATE TRIGGER credentials_count_delete AFTER DELETE ON credentials
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'credentials';
END;

CREATE TRIGGER connectors_count_insert AFTER INSERT ON connectors
BEGIN
    UPDATE revisions SET number = number + 1
    WHERE name = 'connectors' OR (name = 'credentials' AND NEW.credential_id IS NOT NULL);
END;

CREATE TRIGGER connectors_count_update AFTER UPDATE ON connectors
BEGIN
    UPDATE revisions SET number = number + 1
    WHERE name = 'connectors'
        OR (name = 'credentials' AND (OLD.name, OLD.credential_id) IS NOT (NEW.name, NEW.credential_id));
END;

CREATE TRIGGER connectors_count_delete AFTER DELETE ON connectors
BEGIN
    UPDATE revisions SET number = number + 1
    WHERE name = 'connectors' OR (name = 'credentials' AND OLD.credential_id IS NOT NULL);
END;

CREATE TRIGGER accounts_count_use_insert AFTER INSERT ON accounts
WHEN NEW.credential_id IS NOT NULL OR NEW.connector_id IS NOT NULL
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name IN ('credentials', 'connectors');
END;

CREATE TRIGGER accounts_count_use_update AFTER UPDATE OF name, credential_id, connector_id ON accounts
WHEN (OLD.name, OLD.credential_id, OLD.connector_id) IS NOT (NEW.name, NEW.credential_id, NEW.connector_id)
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name IN ('credentials', 'connectors');
END;

CREATE TRIGGER accounts_count_use_delete AFTER DELETE ON accounts
WHEN OLD.credential_id IS NOT NULL OR OLD.connector_id IS NOT NULL
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name IN ('credentials', 'connectors');
END;

-- Users and tokens.
CREATE TRIGGER users_count_insert AFTER INSERT ON users
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'users';
END;

CREATE TRIGGER users_count_update AFTER UPDATE OF name, role, enabled, last_sign_in, version ON users
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'users';
END;

CREATE TRIGGER users_count_delete AFTER DELETE ON users
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'users';
END;

CREATE TRIGGER tokens_count_insert AFTER INSERT ON tokens
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'tokens';
END;

CREATE TRIGGER tokens_count_update AFTER UPDATE ON tokens
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'tokens';
END;

CREATE TRIGGER tokens_count_delete AFTER DELETE ON tokens
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'tokens';
END;

-- People.
CREATE TRIGGER users_count_people AFTER UPDATE OF role, enabled ON users
WHEN (OLD.role, OLD.enabled) IS NOT (NEW.role, NEW.enabled)
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'people';
END;

CREATE TRIGGER sessions_count_delete AFTER DELETE ON sessions
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'people';
END;

CREATE TRIGGER portal_sessions_count_delete AFTER DELETE ON portal_sessions
BEGIN
    UPDATE revisions SET number = number + 1 WHERE name = 'people';
END;
