-- Since when an account's connections have failed one after another; of those that fail already, nobody knows.

ALTER TABLE account_sending ADD COLUMN failing_since INTEGER;
