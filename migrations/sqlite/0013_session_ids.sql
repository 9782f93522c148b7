-- As those of 0011, the ids of sessions are never used twice: an open page would end another session than it shows.
CREATE TABLE made_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token_digest TEXT NOT NULL UNIQUE,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    browser TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
INSERT INTO made_anew (id, token_digest, user_id, address, browser, created_at, last_seen_at, expires_at)
    SELECT id, token_digest, user_id, address, browser, created_at, last_seen_at, expires_at FROM sessions;
DROP TABLE sessions;
ALTER TABLE made_anew RENAME TO sessions;
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);
