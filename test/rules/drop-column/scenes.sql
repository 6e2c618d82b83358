-- scene: a column with data
-- expect: drop-column@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL DEFAULT 0, note text);
-- migration drop_note
ALTER TABLE orders DROP COLUMN note;

-- scene: a column that no one knows yet
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL DEFAULT 0, note text);
-- migration extra
ALTER TABLE orders ADD COLUMN extra text;
ALTER TABLE orders DROP COLUMN extra, DROP COLUMN IF EXISTS more;

-- scene: constraints, an index and a view go with it
-- expect: drop-column@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, day date, UNIQUE (customer_id, day), CHECK (customer_id > 0));
CREATE INDEX orders_day ON orders (day, customer_id);
CREATE INDEX orders_id_day ON orders (id, day);
CREATE VIEW days AS SELECT customer_id, day FROM orders;
-- migration drop_customer
ALTER TABLE orders DROP COLUMN customer_id CASCADE;

-- scene: a new column under another name, and one that is dropped and added again
-- expect: drop-column@4
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration total
ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE orders RENAME COLUMN note TO remark;
ALTER TABLE orders DROP COLUMN remark;
ALTER TABLE orders DROP COLUMN total;
ALTER TABLE orders ADD COLUMN total bigint;
ALTER TABLE orders DROP COLUMN total;

-- scene: the foreign key goes, and the table it refers to, by a statement of its own
-- expect: drop-column@2, drop-table@3
-- base
CREATE TABLE files (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, file_id bigint REFERENCES files);
-- migration files
SET lock_timeout = '2s';
ALTER TABLE orders DROP COLUMN file_id CASCADE;
DROP TABLE files CASCADE;

-- scene: an attribute that is as new as its going, and one that is not
-- expect: drop-column@3
-- base
CREATE TYPE address AS (street text, zip int);
-- migration city
ALTER TYPE address ADD ATTRIBUTE city text;
ALTER TYPE address DROP ATTRIBUTE city;
ALTER TYPE address DROP ATTRIBUTE zip;
