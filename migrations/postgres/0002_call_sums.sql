-- What reports and dashboards count of an agent's calls (undone ones aside), by the quarter of an hour in which they
-- began: zones keep quarter hours, so that any zone's days and hours are sums of these. Whoever writes a call writes
-- them (call_sums.rs).
CREATE TABLE call_sums (
    agent_id BIGINT NOT NULL REFERENCES users (id),
    -- Counted from 1970-01-01 00:00 UTC.
    quarter BIGINT NOT NULL,
    -- Outgoing calls by status.
    called BIGINT NOT NULL,
    busy BIGINT NOT NULL,
    no_answer BIGINT NOT NULL,
    missed BIGINT NOT NULL,
    in_progress BIGINT NOT NULL,
    follow_up BIGINT NOT NULL,
    rescheduled BIGINT NOT NULL,
    outgoing BIGINT NOT NULL GENERATED ALWAYS AS (called + busy + no_answer + missed + in_progress + follow_up + rescheduled) STORED,
    -- Of the outgoing calls, those that somebody answered, and the seconds of all.
    connected BIGINT NOT NULL,
    talk_seconds BIGINT NOT NULL,
    incoming BIGINT NOT NULL,
    PRIMARY KEY (quarter, agent_id)
);
CREATE INDEX call_sums_agent ON call_sums (agent_id, quarter);

INSERT INTO call_sums (agent_id, quarter, called, busy, no_answer, missed, in_progress, follow_up, rescheduled,
    connected, talk_seconds, incoming)
SELECT agent_id, started_at / 900000,
    count(*) FILTER (WHERE direction = 'outgoing' AND status = 'called'),
    count(*) FILTER (WHERE direction = 'outgoing' AND status = 'busy'),
    count(*) FILTER (WHERE direction = 'outgoing' AND status = 'no_answer'),
    count(*) FILTER (WHERE direction = 'outgoing' AND status = 'missed'),
    count(*) FILTER (WHERE direction = 'outgoing' AND status = 'in_progress'),
    count(*) FILTER (WHERE direction = 'outgoing' AND status = 'follow_up'),
    count(*) FILTER (WHERE direction = 'outgoing' AND status = 'rescheduled'),
    count(*) FILTER (WHERE direction = 'outgoing' AND duration_seconds > 0),
    coalesce(sum(duration_seconds) FILTER (WHERE direction = 'outgoing'), 0),
    count(*) FILTER (WHERE direction = 'incoming')
FROM calls WHERE undone_at IS NULL GROUP BY 1, 2;

-- What they were read for stands in the sums now.
DROP INDEX calls_agent;
DROP INDEX calls_started;

-- All that a funnel asks of a lead's calls.
DROP INDEX calls_lead;
CREATE INDEX calls_lead ON calls (lead_id, started_at, agent_id, direction, duration_seconds, undone_at);
