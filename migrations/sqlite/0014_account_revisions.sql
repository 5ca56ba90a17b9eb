-- What each revision of the accounts' report was about, so that who holds its rows is sent those alone that have become others
-- (store/src/revision.rs). Each revision has one line: of an account, or of a credential, which any number of accounts log
-- in with.
CREATE TABLE account_revisions (
    revision INTEGER PRIMARY KEY,
    account_id INTEGER,
    credential_id INTEGER,
    -- Where a backup is brought back, or a number set back by hand, numbers are given a second time: this is not.
    mark INTEGER NOT NULL DEFAULT (random() & 65535)
) STRICT;

-- A line counts as a change of the report; and who has missed more than so many fetches all rows anew.
CREATE TRIGGER account_revisions_count AFTER INSERT ON account_revisions
BEGIN
    UPDATE revisions SET number = NEW.revision WHERE name = 'accounts';
    DELETE FROM account_revisions WHERE revision <= NEW.revision - 20000;
END;

DROP TRIGGER accounts_count_insert;
DROP TRIGGER accounts_count_update;
DROP TRIGGER accounts_count_delete;
DROP TRIGGER default_account_counts_insert;
DROP TRIGGER default_account_counts_update;
DROP TRIGGER account_tests_count_insert;
DROP TRIGGER account_tests_count_delete;
DROP TRIGGER sealed_secrets_count_insert;
DROP TRIGGER sealed_secrets_count_update;
DROP TRIGGER sealed_secrets_count_delete;

CREATE TRIGGER accounts_count_insert AFTER INSERT ON accounts
BEGIN
    INSERT OR REPLACE INTO account_revisions (revision, account_id) SELECT number + 1, NEW.id FROM revisions WHERE name = 'accounts';
END;

CREATE TRIGGER accounts_count_update AFTER UPDATE ON accounts
BEGIN
    INSERT OR REPLACE INTO account_revisions (revision, account_id) SELECT number + 1, NEW.id FROM revisions WHERE name = 'accounts';
END;

CREATE TRIGGER accounts_count_number AFTER UPDATE OF id ON accounts
WHEN OLD.id IS NOT NEW.id
BEGIN
    INSERT OR REPLACE INTO account_revisions (revision, account_id) SELECT number + 1, OLD.id FROM revisions WHERE name = 'accounts';
END;

CREATE TRIGGER accounts_count_delete AFTER DELETE ON accounts
BEGIN
    INSERT OR REPLACE INTO account_revisions (revision, account_id) SELECT number + 1, OLD.id FROM revisions WHERE name = 'accounts';
END;

CREATE TRIGGER default_account_counts_insert AFTER INSERT ON default_account
BEGIN
    INSERT OR REPLACE INTO account_revisions (revision, account_id)
    SELECT number + 1, NEW.account_id FROM revisions WHERE name = 'accounts';
END;

CREATE TRIGGER default_account_counts_update AFTER UPDATE ON default_account
BEGIN
    INSERT OR REPLACE INTO account_revisions (revision, account_id)
    SELECT number + 1, OLD.account_id FROM revisions WHERE name = 'accounts';
    INSERT OR REPLACE INTO account_revisions (revision, account_id)
    SELECT number + 1, NEW.account_id FROM revisions WHERE name = 'accounts';
END;

CREATE TRIGGER default_account_counts_delete AFTER DELETE ON default_account
BEGIN
    INSERT OR REPLACE INTO account_revisions (revision, account_id)
    SELECT number + 1, OLD.account_id FROM revisions WHERE name = 'accounts';
END;

CREATE TRIGGER account_tests_count_insert AFTER INSERT ON account_tests
BEGIN
    INSERT OR REPLACE INTO account_revisions (revision, account_id)
    SELECT number + 1, NEW.account_id FROM revisions WHERE name = 'accounts';
END;

CREATE TRIGGER account_tests_count_update AFTER UPDATE OF account_id, at, passed, duration_ms ON account_tests
BEGIN
    INSERT OR REPLACE INTO account_revisions (revision, account_id)
    SELECT number + 1, OLD.account_id FROM revisions WHERE name = 'accounts';
    INSERT OR REPLACE INTO account_revisions (revision, account_id)
    SELECT number + 1, NEW.account_id FROM revisions WHERE name = 'accounts';
END;

CREATE TRIGGER account_tests_count_delete AFTER DELETE ON account_tests
WHEN NOT EXISTS (SELECT 1 FROM account_tests WHERE account_id = OLD.account_id AND id > OLD.id)
BEGIN
    INSERT OR REPLACE INTO account_revisions (revision, account_id)
    SELECT number + 1, OLD.account_id FROM revisions WHERE name = 'accounts';
END;

CREATE TRIGGER sealed_secrets_count_insert AFTER INSERT ON sealed_secrets
BEGIN
    INSERT OR REPLACE INTO account_revisions (revision, credential_id)
    SELECT number + 1, NEW.credential_id FROM revisions WHERE name = 'accounts';
END;

CREATE TRIGGER sealed_secrets_count_update AFTER UPDATE OF credential_id, destination ON sealed_secrets
BEGIN
    INSERT OR REPLACE INTO account_revisions (revision, credential_id)
    SELECT number + 1, OLD.credential_id FROM revisions WHERE name = 'accounts';
    INSERT OR REPLACE INTO account_revisions (revision, credential_id)
    SELECT number + 1, NEW.credential_id FROM revisions WHERE name = 'accounts';
END;

CREATE TRIGGER sealed_secrets_count_delete AFTER DELETE ON sealed_secrets
BEGIN
    INSERT OR REPLACE INTO account_revisions (revision, credential_id)
    SELECT number + 1, OLD.credential_id FROM revisions WHERE name = 'accounts';
END;
