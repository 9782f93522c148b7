-- Customers have words that no other lead has, so that those who search them needn't read the others: whoever converts
-- a lead, or turns it back, writes its words anew (leads::words). Those of the customers that are here already can't be
-- made in SQL: the server does it, those after this id next, and takes the row away when all are marked (migrate.rs).
CREATE TABLE unmarked_customers (
    after_id BIGINT NOT NULL
);

INSERT INTO unmarked_customers (after_id) SELECT 0 WHERE EXISTS (SELECT 1 FROM leads WHERE status_id = 4);
