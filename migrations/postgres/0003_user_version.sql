-- Each edit of a user raises it, so that a form opened before is noticed.
ALTER TABLE users ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
