-- Which accounts have changed, in order: what is held in memory of them (store/src/report/index.rs) reads here what it has
-- missed. Whatever writes is noted, by hand too, and what is taken back is not. Numbers have no gaps and only grow, since
-- the newest line always stays.
CREATE TABLE account_changes (
    seq INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL
) STRICT;

-- Who has missed more than that reads all accounts anew.
CREATE TRIGGER account_changes_end AFTER INSERT ON account_changes
BEGIN
    DELETE FROM account_changes WHERE seq <= NEW.seq - 20000;
END;

CREATE TRIGGER accounts_note_insert AFTER INSERT ON accounts
BEGIN
    INSERT INTO account_changes (account_id) VALUES (NEW.id);
END;

CREATE TRIGGER accounts_note_update AFTER UPDATE OF
    id, name_fold, sender_fold, reply_to_fold, return_path_fold, confirmation_fold, enabled, secure, force_settings,
    read_receipt, footnote ON accounts
BEGIN
    INSERT INTO account_changes (account_id) VALUES (OLD.id), (NEW.id);
END;

CREATE TRIGGER accounts_note_delete AFTER DELETE ON accounts
BEGIN
    INSERT INTO account_changes (account_id) VALUES (OLD.id);
END;

CREATE TRIGGER default_account_notes_insert AFTER INSERT ON default_account
BEGIN
    INSERT INTO account_changes (account_id) VALUES (NEW.account_id);
END;

CREATE TRIGGER default_account_notes_update AFTER UPDATE ON default_account
BEGIN
    INSERT INTO account_changes (account_id) VALUES (OLD.account_id), (NEW.account_id);
END;

CREATE TRIGGER default_account_notes_delete AFTER DELETE ON default_account
BEGIN
    INSERT INTO account_changes (account_id) VALUES (OLD.account_id);
END;
