-- The audit log can't be changed unnoticed: each line holds the SHA-256 of itself and of all lines before it
-- (store/src/audit.rs). Lines from before this step hold none; the first one after them covers them.
ALTER TABLE audit ADD COLUMN hash BLOB CHECK (hash IS NULL OR length(hash) = 32);

-- INSERT OR REPLACE would delete a line without asking the trigger against deleting.
CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'audit_append_only');
END;
