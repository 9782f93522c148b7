-- An agent's own calls of the day, to be looked at and put right.
CREATE INDEX calls_of_agent ON calls (agent_id, started_at, id);
