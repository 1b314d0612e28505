-- Where each branch was when it was last looked at; the newest row counts, the older ones are
-- where to go on from when history was rewritten.
CREATE TABLE cursors (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    repository TEXT NOT NULL,
    branch TEXT NOT NULL,
    commit_id TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX cursors_of ON cursors (repository, branch, number);

-- The unit that is told once: a change of a page, with the commit that brought it.
CREATE TABLE told (
    target TEXT NOT NULL,
    repository TEXT NOT NULL,
    document TEXT NOT NULL,
    change TEXT NOT NULL,
    commit_id TEXT NOT NULL,
    PRIMARY KEY (target, repository, document, change, commit_id)
) STRICT, WITHOUT ROWID;

-- One event for one target. Times are milliseconds since 1970.
CREATE TABLE deliveries (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    target TEXT NOT NULL,
    body TEXT NOT NULL,
    made INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    refusals INTEGER NOT NULL DEFAULT 0,
    next_attempt INTEGER NOT NULL,
    settled INTEGER,
    error TEXT
) STRICT;
CREATE INDEX queue ON deliveries (target, state, number);

-- Targets that said that they are gone, and by which settings they were reached.
CREATE TABLE disabled (
    target TEXT PRIMARY KEY,
    setting TEXT NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
