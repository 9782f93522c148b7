-- An owner's leads, newest first, whatever their status: without it a page of them is found among everybody's.
CREATE INDEX leads_of_owner ON leads (owner_id, id) WHERE owner_id IS NOT NULL;
