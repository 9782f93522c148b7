-- Who may do what: a user has one role, a role is a named set of permissions.
CREATE TABLE roles (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    management INTEGER NOT NULL CHECK (management IN (0, 1)),
    tasks INTEGER NOT NULL CHECK (tasks IN (0, 1)),
    reports INTEGER NOT NULL CHECK (reports IN (0, 1)),
    users INTEGER NOT NULL CHECK (users IN (0, 1)),
    settings INTEGER NOT NULL CHECK (settings IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX roles_name ON roles (lower(name));

INSERT INTO roles (id, name, management, tasks, reports, users, settings) VALUES
    (1, 'Company Admin', 1, 0, 1, 1, 1),
    (2, 'Manager', 1, 0, 1, 0, 0),
    (3, 'Agent', 0, 1, 0, 0, 0);

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    phone TEXT NOT NULL DEFAULT '',
    employee_code TEXT NOT NULL DEFAULT '',
    role_id INTEGER NOT NULL REFERENCES roles (id),
    password_hash TEXT NOT NULL,
    lead_cap INTEGER NOT NULL CHECK (lead_cap BETWEEN 0 AND 100000),
    banned INTEGER NOT NULL DEFAULT 0 CHECK (banned IN (0, 1)),
    -- The switch for leave: only an agent with it on is given leads by jobs.
    receiving INTEGER NOT NULL DEFAULT 1 CHECK (receiving IN (0, 1)),
    -- When a job last gave the agent a lead (R7); null: never.
    last_given_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX users_email ON users (lower(email));
CREATE INDEX users_role ON users (role_id);

-- Only the digest of a session's token is kept: who reads the table can't sign in with it.
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    token_digest TEXT NOT NULL UNIQUE,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    browser TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- Counted to slow guessing down. The account is a digest, so that mistyped addresses aren't collected.
CREATE TABLE sign_ins (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    address TEXT NOT NULL,
    at INTEGER NOT NULL,
    succeeded INTEGER NOT NULL CHECK (succeeded IN (0, 1))
) STRICT;
CREATE INDEX sign_ins_account ON sign_ins (account, address, at);
CREATE INDEX sign_ins_address ON sign_ins (address, at);

-- The pipeline. Ids 1 to 4 are known to the rules (domain::status); position is the pipeline's order.
CREATE TABLE statuses (
    -- Never used twice: events and saved settings name deleted statuses for ever.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    position INTEGER NOT NULL,
    on_queue INTEGER NOT NULL CHECK (on_queue IN (0, 1)),
    CHECK (id NOT IN (1, 4) OR NOT on_queue),
    CHECK (id <> 2 OR on_queue)
) STRICT;
CREATE UNIQUE INDEX statuses_name ON statuses (lower(name));

INSERT INTO statuses (id, name, position, on_queue) VALUES
    (1, 'Unassigned', 1, 0),
    (2, 'Assigned', 2, 1),
    (3, 'Followups', 3, 1),
    (5, 'Interested', 4, 0),
    (6, 'Not Interested', 5, 0),
    (7, 'Busy', 6, 1),
    (8, 'Not Picked', 7, 1),
    (9, 'Missed', 8, 1),
    (10, 'Wrong Number', 9, 0),
    (4, 'Customer', 10, 0);

CREATE TABLE leads (
    id INTEGER PRIMARY KEY,
    first_name TEXT NOT NULL CHECK (length(first_name) BETWEEN 1 AND 120),
    last_name TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL UNIQUE CHECK (phone LIKE '+%'),
    email TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    status_id INTEGER NOT NULL REFERENCES statuses (id),
    status_since INTEGER NOT NULL,
    owner_id INTEGER REFERENCES users (id),
    assigned_at INTEGER,
    -- The agent the lead was last taken from (R6).
    last_owner_id INTEGER REFERENCES users (id),
    -- The agent who owned the lead when it became a customer.
    converter_id INTEGER REFERENCES users (id),
    converted_at INTEGER,
    created_at INTEGER NOT NULL,
    -- Grows with each change; a plan made on an older one leaves the lead alone.
    version INTEGER NOT NULL DEFAULT 1,
    -- Unassigned means no owner, and no owner means Unassigned, Customer aside.
    CHECK (status_id = 4 OR (status_id = 1) = (owner_id IS NULL)),
    CHECK ((status_id = 4) = (converted_at IS NOT NULL))
) STRICT;
CREATE INDEX leads_status ON leads (status_id, id);
CREATE INDEX leads_waiting ON leads (status_id, status_since, id);
CREATE INDEX leads_owner ON leads (owner_id, status_id, id) WHERE owner_id IS NOT NULL;
CREATE INDEX leads_unowned ON leads (id) WHERE owner_id IS NULL;
CREATE INDEX leads_source ON leads (source, id);
CREATE INDEX leads_customers ON leads (converted_at, id) WHERE converted_at IS NOT NULL;
CREATE INDEX leads_conversions ON leads (converter_id, converted_at, id) WHERE converted_at IS NOT NULL;

CREATE TABLE lead_tags (
    lead_id INTEGER NOT NULL REFERENCES leads (id),
    tag TEXT NOT NULL CHECK (length(tag) BETWEEN 1 AND 60),
    PRIMARY KEY (lead_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_tags_tag ON lead_tags (tag, lead_id);

-- What leads are found by, by the lead's id: whoever adds or renames a lead writes it (leads::words). The words are made
-- in domain::search, so that both databases find the same; the index only has to split them at the blanks.
CREATE VIRTUAL TABLE lead_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = 'none', prefix = '1 2 3 4', tokenize = 'ascii'
);

-- Filters of the list of leads that somebody keeps under a name, as the page writes them.
CREATE TABLE lead_views (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    filter TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX lead_views_name ON lead_views (user_id, lower(name));

-- When a run of a job was asked for, by whom, and what became of it.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
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
-- One open run per job that somebody asked for, and one that the schedule made; imports may queue up.
CREATE UNIQUE INDEX runs_one_active ON runs (job, (local_date IS NULL), (CASE job WHEN 'lead_import' THEN id ELSE 0 END))
    WHERE state IN ('queued', 'running');
CREATE UNIQUE INDEX runs_one_running ON runs (state) WHERE state = 'running';
CREATE UNIQUE INDEX runs_once_a_day ON runs (job, local_date) WHERE local_date IS NOT NULL;
CREATE INDEX runs_latest ON runs (job, id);
CREATE INDEX runs_waiting ON runs (id) WHERE state = 'queued';
CREATE INDEX runs_finished ON runs (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE run_agents (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    agent_id INTEGER NOT NULL REFERENCES users (id),
    before INTEGER NOT NULL CHECK (before >= 0),
    given INTEGER NOT NULL CHECK (given >= 0),
    taken INTEGER NOT NULL CHECK (taken >= 0),
    after INTEGER NOT NULL CHECK (after >= 0),
    cap INTEGER NOT NULL CHECK (cap >= 0),
    PRIMARY KEY (run_id, agent_id),
    -- No run takes an agent above the cap, or gives to one above it.
    CHECK (given = 0 OR after <= cap)
) STRICT, WITHOUT ROWID;

-- A file of leads that a run takes in.
CREATE TABLE imports (
    run_id INTEGER PRIMARY KEY REFERENCES runs (id),
    file TEXT NOT NULL,
    -- Gone once the run has ended.
    content BLOB,
    -- What each column is taken as; null: what its name says.
    columns TEXT
) STRICT;

-- A file that somebody has brought and looks at before it is taken in.
CREATE TABLE import_drafts (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    file TEXT NOT NULL,
    content BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX import_drafts_user ON import_drafts (user_id, id);

-- The rows of a file that were not taken in: why not, or the lead that has the row's phone already.
CREATE TABLE import_rows (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES imports (run_id),
    line INTEGER NOT NULL,
    reason TEXT,
    lead_id INTEGER REFERENCES leads (id),
    -- What the row holds, as JSON: a text for each of the columns that an import knows.
    cells TEXT NOT NULL,
    CHECK ((reason IS NULL) = (lead_id IS NOT NULL))
) STRICT;
CREATE INDEX import_rows_run ON import_rows (run_id, id);

-- Every change of a lead's status or owner: when, who or which run, from what, to what, and why.
CREATE TABLE lead_events (
    id INTEGER PRIMARY KEY,
    lead_id INTEGER NOT NULL REFERENCES leads (id),
    at INTEGER NOT NULL,
    actor_id INTEGER REFERENCES users (id),
    -- Runs are kept for a year, events for ever: this one's run may be gone.
    run_id INTEGER,
    -- No status before: the lead was created.
    from_status_id INTEGER,
    to_status_id INTEGER NOT NULL,
    from_owner_id INTEGER,
    to_owner_id INTEGER,
    why TEXT NOT NULL
) STRICT;
CREATE INDEX lead_events_lead ON lead_events (lead_id, id);
-- What the funnel of some days begins with: leads that came in, and leads that somebody was given.
CREATE INDEX lead_events_came ON lead_events (at, lead_id) WHERE from_status_id IS NULL;
CREATE INDEX lead_events_given ON lead_events (to_owner_id, at, lead_id)
    WHERE to_owner_id IS NOT NULL AND to_owner_id IS DISTINCT FROM from_owner_id;
CREATE INDEX lead_events_run ON lead_events (run_id, id) WHERE run_id IS NOT NULL;
-- What runs took from an agent. What they gave stands in run_agents; top-up, which moves most, adds nothing here.
CREATE INDEX lead_events_taken ON lead_events (from_owner_id, run_id) WHERE run_id IS NOT NULL AND from_owner_id IS NOT NULL;

CREATE TABLE calls (
    id INTEGER PRIMARY KEY,
    lead_id INTEGER NOT NULL REFERENCES leads (id),
    agent_id INTEGER NOT NULL REFERENCES users (id),
    started_at INTEGER NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('outgoing', 'incoming')),
    status TEXT NOT NULL CHECK (status IN ('called', 'busy', 'no_answer', 'missed', 'in_progress', 'follow_up', 'rescheduled')),
    duration_seconds INTEGER NOT NULL CHECK (duration_seconds >= 0),
    note TEXT NOT NULL DEFAULT '',
    -- An undone call stays in the log and counts nowhere.
    undone_at INTEGER
) STRICT;
CREATE INDEX calls_agent ON calls (agent_id, direction, started_at) WHERE undone_at IS NULL;
-- All that reports count, so that they needn't read the calls themselves.
CREATE INDEX calls_started ON calls (started_at, agent_id, direction, status, duration_seconds) WHERE undone_at IS NULL;
CREATE INDEX calls_lead ON calls (lead_id, started_at);

-- What a call said before somebody put it right.
CREATE TABLE call_corrections (
    id INTEGER PRIMARY KEY,
    call_id INTEGER NOT NULL REFERENCES calls (id),
    at INTEGER NOT NULL,
    user_id INTEGER NOT NULL REFERENCES users (id),
    direction TEXT NOT NULL,
    status TEXT NOT NULL,
    duration_seconds INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX call_corrections_call ON call_corrections (call_id, id);

-- The call that each agent logged last, and what it found: what undoing it puts back.
CREATE TABLE last_calls (
    agent_id INTEGER PRIMARY KEY REFERENCES users (id),
    call_id INTEGER NOT NULL REFERENCES calls (id),
    lead_id INTEGER NOT NULL REFERENCES leads (id),
    logged_at INTEGER NOT NULL,
    -- The version that the call gave the lead: a higher one says that more has happened to it.
    lead_version INTEGER NOT NULL,
    status_id INTEGER NOT NULL,
    status_since INTEGER NOT NULL,
    owner_id INTEGER,
    assigned_at INTEGER,
    last_owner_id INTEGER,
    converter_id INTEGER,
    converted_at INTEGER
) STRICT;

CREATE TABLE follow_ups (
    id INTEGER PRIMARY KEY,
    lead_id INTEGER NOT NULL REFERENCES leads (id),
    agent_id INTEGER NOT NULL REFERENCES users (id),
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    resolved_at INTEGER,
    -- The call that agreed on it, and the one that resolved it.
    call_id INTEGER REFERENCES calls (id),
    resolved_by INTEGER REFERENCES calls (id),
    -- The call that agreed on it was undone.
    taken_back INTEGER NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1))
) STRICT;
CREATE INDEX follow_ups_open ON follow_ups (lead_id, due_at) WHERE resolved_at IS NULL;
CREATE INDEX follow_ups_due ON follow_ups (due_at) WHERE resolved_at IS NULL;
CREATE INDEX follow_ups_lead ON follow_ups (lead_id, id);

-- The settings by section; each save raises the version and adds a row to the history.
CREATE TABLE settings (
    section TEXT PRIMARY KEY,
    version INTEGER NOT NULL CHECK (version >= 0),
    value TEXT NOT NULL
) STRICT;

INSERT INTO settings (section, version, value) VALUES
    ('general', 0, '{"company":"My company","country":"IN","time_zone":"Asia/Kolkata"}'),
    ('daily_target', 0, '{"calls":100}'),
    ('show_customer', 0, '"all"'),
    ('auto_assignment', 0, '{"enabled":false,"statuses":[1,8,9],"at":"09:00"}'),
    ('top_up', 0, '{"enabled":false,"at":"09:15"}'),
    ('auto_removal', 0, '{"enabled":false,"statuses":[8,9],"days":7,"at":"08:00"}');

CREATE TABLE settings_history (
    section TEXT NOT NULL REFERENCES settings (section),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    user_id INTEGER NOT NULL REFERENCES users (id),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (section, version)
) STRICT;

-- No event, no correction and no history row is ever changed or removed.
CREATE TRIGGER lead_events_no_update BEFORE UPDATE ON lead_events BEGIN SELECT RAISE(ABORT, 'lead_events is never changed'); END;
CREATE TRIGGER lead_events_no_delete BEFORE DELETE ON lead_events BEGIN SELECT RAISE(ABORT, 'lead_events is never changed'); END;
CREATE TRIGGER call_corrections_no_update BEFORE UPDATE ON call_corrections BEGIN SELECT RAISE(ABORT, 'call_corrections is never changed'); END;
CREATE TRIGGER call_corrections_no_delete BEFORE DELETE ON call_corrections BEGIN SELECT RAISE(ABORT, 'call_corrections is never changed'); END;
CREATE TRIGGER settings_history_no_update BEFORE UPDATE ON settings_history BEGIN SELECT RAISE(ABORT, 'settings_history is never changed'); END;
CREATE TRIGGER settings_history_no_delete BEFORE DELETE ON settings_history BEGIN SELECT RAISE(ABORT, 'settings_history is never changed'); END;
