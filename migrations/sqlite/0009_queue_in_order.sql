-- When the first of a lead's open follow-ups is due: with it a queue is read in order, and no further than it is shown.
-- Whoever writes follow-ups needn't know of it; calliyo check compares the two.
ALTER TABLE leads ADD COLUMN due_at INTEGER;

UPDATE leads SET due_at = (SELECT min(f.due_at) FROM follow_ups f WHERE f.lead_id = leads.id AND f.resolved_at IS NULL)
WHERE id IN (SELECT lead_id FROM follow_ups WHERE resolved_at IS NULL);

CREATE TRIGGER follow_ups_added AFTER INSERT ON follow_ups BEGIN
    UPDATE leads SET due_at = (SELECT min(f.due_at) FROM follow_ups f WHERE f.lead_id = leads.id AND f.resolved_at IS NULL)
    WHERE id = NEW.lead_id;
END;
CREATE TRIGGER follow_ups_changed AFTER UPDATE OF lead_id, due_at, resolved_at ON follow_ups BEGIN
    UPDATE leads SET due_at = (SELECT min(f.due_at) FROM follow_ups f WHERE f.lead_id = leads.id AND f.resolved_at IS NULL)
    WHERE id IN (OLD.lead_id, NEW.lead_id);
END;
CREATE TRIGGER follow_ups_removed AFTER DELETE ON follow_ups BEGIN
    UPDATE leads SET due_at = (SELECT min(f.due_at) FROM follow_ups f WHERE f.lead_id = leads.id AND f.resolved_at IS NULL)
    WHERE id = OLD.lead_id;
END;

-- What an owner has agreed on, whatever its status; and an owner's leads on a status, by what is agreed on.
CREATE INDEX leads_due ON leads (owner_id, due_at, status_since, id) WHERE due_at IS NOT NULL;
CREATE INDEX leads_queue ON leads (owner_id, status_id, due_at, status_since, id) WHERE owner_id IS NOT NULL;
