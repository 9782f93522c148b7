-- Names that may be there once are compared by what people see of them, in any case, composition and width. What is
-- compared is made in domain (text::key), so that both databases hold the same names for one; lower() of either doesn't.
-- Whoever adds or renames something writes it (seen_names). The names of before are given theirs when the server starts.
CREATE TABLE seen_names (
    kind TEXT NOT NULL CHECK (kind IN ('user', 'role', 'status', 'view')),
    id BIGINT NOT NULL,
    -- Whose name it is among: the user who keeps a view; 0 where the company has one of each.
    scope BIGINT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE UNIQUE INDEX seen_names_once ON seen_names (kind, scope, name_key);

-- How the company writes each of its tags.
CREATE TABLE tags (
    tag_key TEXT NOT NULL PRIMARY KEY,
    tag TEXT NOT NULL
);

-- Leads are found by their emoji and by the last digits of their phone from now on. The words of the leads that are here
-- already can't be made in SQL, nor one spelling of their tags: the server does it, the leads after this id next, and
-- takes the row away when all are done (migrate.rs).
CREATE TABLE unwritten_words (
    after_id BIGINT NOT NULL
);

INSERT INTO unwritten_words (after_id) SELECT 0 WHERE EXISTS (SELECT 1 FROM leads);
