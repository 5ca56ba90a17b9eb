-- What somebody likes, beside the language: none where they never chose.
ALTER TABLE users ADD COLUMN theme TEXT CHECK (theme IN ('system', 'light', 'dark', 'contrast'));
ALTER TABLE users ADD COLUMN density TEXT CHECK (density IN ('comfortable', 'compact'));
ALTER TABLE users ADD COLUMN shortcuts INTEGER CHECK (shortcuts IN (0, 1));
