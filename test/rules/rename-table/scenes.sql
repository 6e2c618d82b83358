-- scene: a table that code names
-- expect: rename-table@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration rename
ALTER TABLE orders RENAME TO purchases;

-- scene: a view keeps the old name alive
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration rename
ALTER TABLE orders RENAME TO purchases;
CREATE VIEW orders AS SELECT * FROM purchases;

-- scene: the view comes in another transaction
-- expect: rename-table@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration rename (no transaction)
ALTER TABLE orders RENAME TO purchases;
CREATE VIEW orders AS SELECT * FROM purchases;

-- scene: an index, a constraint, and a table that no one knows yet
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration rename
ALTER INDEX orders_pkey RENAME TO orders_key;
CREATE TABLE drafts (id bigint PRIMARY KEY);
ALTER TABLE drafts RENAME TO sketches;

-- scene: another table takes the name
-- expect: rename-table@3
-- base
CREATE TABLE orders (id int PRIMARY KEY, total int);
-- migration swap (in a transaction)
CREATE TABLE orders_new (id bigint PRIMARY KEY, total int);
INSERT INTO orders_new SELECT * FROM orders;
ALTER TABLE orders RENAME TO orders_old;
ALTER TABLE orders_new RENAME TO orders;
