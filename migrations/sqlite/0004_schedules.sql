-- Reports that go out by mail by themselves, and what became of each time.

CREATE TABLE schedules (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL UNIQUE,
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    report TEXT NOT NULL,
    -- JSON of domain::report::Query.
    query TEXT NOT NULL,
    format TEXT NOT NULL,
    -- One address a line.
    recipients TEXT NOT NULL,
    recipients_fold TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    repeat TEXT NOT NULL CHECK (repeat IN ('weekly', 'monthly')),
    -- Monday is the first of seven digits; 1 where it runs.
    days TEXT NOT NULL CHECK (length(days) = 7),
    day_of_month INTEGER NOT NULL CHECK (day_of_month BETWEEN 1 AND 31),
    time TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    account_id INTEGER REFERENCES accounts (id) ON DELETE RESTRICT,
    -- In UTC; none where it is disabled or over.
    next_at INTEGER,
    -- The latest time that is done with: none at or before it is ever done again, whatever the clock says.
    done_until INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX schedules_due ON schedules (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX schedules_by_account ON schedules (account_id);

CREATE TABLE schedule_runs (
    id INTEGER PRIMARY KEY,
    schedule_id INTEGER NOT NULL REFERENCES schedules (id) ON DELETE CASCADE,
    -- None where somebody sent it by hand.
    due INTEGER,
    at INTEGER NOT NULL,
    -- Earlier times that passed while nothing ran.
    missed INTEGER NOT NULL,
    -- Written in the transaction that accepted the message: there is no message without its run, and no second one.
    message_id INTEGER,
    -- Why there is none.
    code TEXT NOT NULL,
    params TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX schedule_runs_once ON schedule_runs (schedule_id, due) WHERE due IS NOT NULL;
CREATE INDEX schedule_runs_by_schedule ON schedule_runs (schedule_id, id);
