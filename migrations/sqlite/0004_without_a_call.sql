-- What people write down about a lead without a call.
CREATE TABLE lead_notes (
    id INTEGER PRIMARY KEY,
    lead_id INTEGER NOT NULL REFERENCES leads (id),
    user_id INTEGER NOT NULL REFERENCES users (id),
    at INTEGER NOT NULL,
    note TEXT NOT NULL CHECK (length(note) BETWEEN 1 AND 2000)
) STRICT;
CREATE INDEX lead_notes_lead ON lead_notes (lead_id, id);

-- No note is ever changed or removed.
CREATE TRIGGER lead_notes_no_update BEFORE UPDATE ON lead_notes BEGIN SELECT RAISE(ABORT, 'lead_notes is never changed'); END;
CREATE TRIGGER lead_notes_no_delete BEFORE DELETE ON lead_notes BEGIN SELECT RAISE(ABORT, 'lead_notes is never changed'); END;

-- Who moved or dropped an agreed call without making it.
ALTER TABLE follow_ups ADD COLUMN called_off_by INTEGER REFERENCES users (id);
