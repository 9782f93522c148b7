-- When the first of a lead's open follow-ups is due: with it a queue is read in order, and no further than it is shown.
-- Whoever writes follow-ups needn't know of it; calliyo check compares the two.
ALTER TABLE leads ADD COLUMN due_at BIGINT;

UPDATE leads SET due_at = (SELECT min(f.due_at) FROM follow_ups f WHERE f.lead_id = leads.id AND f.resolved_at IS NULL)
WHERE id IN (SELECT lead_id FROM follow_ups WHERE resolved_at IS NULL);

-- The lead is held first: an update alone would not see what somebody else committed while it waited for the lead. It
-- is written only where something changes. A dump that is read back has no search path but this one.
CREATE FUNCTION keep_due_at() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM 1 FROM leads WHERE id IN (OLD.lead_id, NEW.lead_id) ORDER BY id FOR NO KEY UPDATE;
    UPDATE leads SET due_at = (SELECT min(f.due_at) FROM follow_ups f WHERE f.lead_id = leads.id AND f.resolved_at IS NULL)
    WHERE id IN (OLD.lead_id, NEW.lead_id) AND due_at IS DISTINCT FROM
        (SELECT min(f.due_at) FROM follow_ups f WHERE f.lead_id = leads.id AND f.resolved_at IS NULL);
    RETURN NULL;
END $$;
CREATE TRIGGER follow_ups_added AFTER INSERT ON follow_ups FOR EACH ROW EXECUTE FUNCTION keep_due_at();
CREATE TRIGGER follow_ups_changed AFTER UPDATE OF lead_id, due_at, resolved_at ON follow_ups
    FOR EACH ROW EXECUTE FUNCTION keep_due_at();
CREATE TRIGGER follow_ups_removed AFTER DELETE ON follow_ups FOR EACH ROW EXECUTE FUNCTION keep_due_at();

-- What an owner has agreed on, whatever its status; and an owner's leads on a status, by what is agreed on.
CREATE INDEX leads_due ON leads (owner_id, due_at, status_since, id) WHERE due_at IS NOT NULL;
CREATE INDEX leads_queue ON leads (owner_id, status_id, due_at, status_since, id) WHERE owner_id IS NOT NULL;
