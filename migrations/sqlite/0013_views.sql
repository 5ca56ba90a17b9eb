-- Saved views of reports. A number is never given again: links name it.
CREATE TABLE views (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- None: for everybody who may read the report.
    owner_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
    report TEXT NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    -- JSON of domain::report::Query.
    query TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX views_own ON views (owner_id, report, name_fold) WHERE owner_id IS NOT NULL;
CREATE UNIQUE INDEX views_shared ON views (report, name_fold) WHERE owner_id IS NULL;
