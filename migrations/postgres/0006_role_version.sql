-- Each edit of a role raises it, so that a form opened before is noticed.
ALTER TABLE roles ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
