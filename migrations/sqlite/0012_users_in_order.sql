-- What users are sorted and found by: whoever adds or renames one writes it (users::keys). Both are made in domain, so
-- that both databases sort and find the same. Users of before are given theirs when the server starts.
ALTER TABLE users ADD COLUMN name_order TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN sought TEXT NOT NULL DEFAULT '';
CREATE INDEX users_in_order ON users (name_order, id);
