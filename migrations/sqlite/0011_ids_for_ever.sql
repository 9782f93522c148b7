-- no-transaction

-- Ids of these are never used twice, as on PostgreSQL: an open form would mean another role, view or file, and an event
-- of a run that is gone would be another run's. SQLite gives a table this only when it is made, so they are made anew;
-- other tables refer to them meanwhile, which no transaction allows. Begun anew after a crash, it does the same again.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;

DROP TABLE IF EXISTS made_anew;

CREATE TABLE made_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    management INTEGER NOT NULL CHECK (management IN (0, 1)),
    tasks INTEGER NOT NULL CHECK (tasks IN (0, 1)),
    reports INTEGER NOT NULL CHECK (reports IN (0, 1)),
    users INTEGER NOT NULL CHECK (users IN (0, 1)),
    settings INTEGER NOT NULL CHECK (settings IN (0, 1)),
    -- Each edit of a role raises it, so that a form opened before is noticed.
    version INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO made_anew (id, name, management, tasks, reports, users, settings, version)
    SELECT id, name, management, tasks, reports, users, settings, version FROM roles;
DROP TABLE roles;
ALTER TABLE made_anew RENAME TO roles;
CREATE UNIQUE INDEX roles_name ON roles (lower(name));

CREATE TABLE made_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    filter TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
INSERT INTO made_anew (id, user_id, name, filter, created_at)
    SELECT id, user_id, name, filter, created_at FROM lead_views;
DROP TABLE lead_views;
ALTER TABLE made_anew RENAME TO lead_views;
CREATE UNIQUE INDEX lead_views_name ON lead_views (user_id, lower(name));

CREATE TABLE made_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    file TEXT NOT NULL,
    content BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
INSERT INTO made_anew (id, user_id, file, content, created_at)
    SELECT id, user_id, file, content, created_at FROM import_drafts;
DROP TABLE import_drafts;
ALTER TABLE made_anew RENAME TO import_drafts;
CREATE INDEX import_drafts_user ON import_drafts (user_id, id);

CREATE TABLE made_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job TEXT NOT NULL,
    trigger TEXT NOT NULL CHECK (trigger IN ('run_now', 'command', 'schedule', 'catch_up')),
    -- The day a scheduled run stands for.
    local_date TEXT,
    requested_by INTEGER REFERENCES users (id),
    requested_at INTEGER NOT NULL,
    -- Missed: nothing served at the time, nor later on that day.
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'missed')),
    -- Grows with each claim: what an older claim writes no longer counts.
    fence INTEGER NOT NULL DEFAULT 0,
    started_at INTEGER,
    heartbeat_at INTEGER NOT NULL,
    finished_at INTEGER,
    settings_version INTEGER,
    outcome TEXT,
    failure TEXT,
    CHECK ((state IN ('done', 'failed', 'missed')) = (finished_at IS NOT NULL)),
    CHECK ((state = 'done') = (outcome IS NOT NULL)),
    CHECK ((state = 'failed') = (failure IS NOT NULL)),
    CHECK ((trigger IN ('schedule', 'catch_up')) = (local_date IS NOT NULL))
) STRICT;
INSERT INTO made_anew (id, job, trigger, local_date, requested_by, requested_at, state, fence, started_at, heartbeat_at,
    finished_at, settings_version, outcome, failure)
    SELECT id, job, trigger, local_date, requested_by, requested_at, state, fence, started_at, heartbeat_at,
        finished_at, settings_version, outcome, failure FROM runs;
DROP TABLE runs;
ALTER TABLE made_anew RENAME TO runs;
-- One open run per job that somebody asked for, and one that the schedule made; imports may queue up.
CREATE UNIQUE INDEX runs_one_active ON runs (job, (local_date IS NULL), (CASE job WHEN 'lead_import' THEN id ELSE 0 END))
    WHERE state IN ('queued', 'running');
CREATE UNIQUE INDEX runs_one_running ON runs (state) WHERE state = 'running';
CREATE UNIQUE INDEX runs_once_a_day ON runs (job, local_date) WHERE local_date IS NOT NULL;
CREATE INDEX runs_latest ON runs (job, id);
CREATE INDEX runs_waiting ON runs (id) WHERE state = 'queued';
CREATE INDEX runs_finished ON runs (finished_at) WHERE finished_at IS NOT NULL;

-- Runs are kept for a year, the events that they wrote for ever.
DELETE FROM sqlite_sequence WHERE name IN ('roles', 'runs');
INSERT INTO sqlite_sequence (name, seq) VALUES
    ('roles', (SELECT coalesce(max(id), 0) FROM roles)),
    ('runs', max((SELECT coalesce(max(id), 0) FROM runs), (SELECT coalesce(max(run_id), 0) FROM lead_events)));

COMMIT;
PRAGMA foreign_keys = ON;
