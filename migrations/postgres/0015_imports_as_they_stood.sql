-- An import keeps the rows that it leaves out as they stood, under the file's own names for its columns. Of imports of
-- before, names is null, and their rows hold a text for each of the columns that an import knows.
ALTER TABLE imports ADD COLUMN names TEXT;
-- How the file is read where it doesn't say so itself, as JSON (domain, import::Reading); empty: as usual.
ALTER TABLE imports ADD COLUMN reading TEXT NOT NULL DEFAULT '';

-- A row not taken in; a line that stands in the quote of a row above; or what is to be said of a row that was taken in.
ALTER TABLE import_rows ADD COLUMN kind TEXT NOT NULL DEFAULT 'row' CHECK (kind IN ('row', 'line', 'remark'));
CREATE INDEX import_rows_kind ON import_rows (run_id, kind, id);

-- The import that brought the lead: two files of one name are told apart by it. Runs are kept for a year, leads for
-- ever: its run may be gone. Those of before are found by file and time, since imports never overlap.
ALTER TABLE leads ADD COLUMN import_run BIGINT;
UPDATE leads SET import_run = i.run_id FROM imports i JOIN runs r ON r.id = i.run_id
WHERE r.state = 'done' AND leads.source = i.file AND leads.created_at BETWEEN r.started_at AND r.finished_at;
CREATE INDEX leads_import ON leads (import_run, id) WHERE import_run IS NOT NULL;
