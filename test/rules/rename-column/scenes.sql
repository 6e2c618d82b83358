-- scene: a column that code asks for
-- expect: rename-column@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL DEFAULT 0, note text);
-- migration remark
ALTER TABLE orders RENAME COLUMN note TO remark;

-- scene: a column that no one knows yet, and one of a new table
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL DEFAULT 0, note text);
-- migration remark
ALTER TABLE orders ADD COLUMN extra text;
ALTER TABLE orders RENAME COLUMN extra TO remark;
CREATE TABLE lines (id bigint PRIMARY KEY, note text);
ALTER TABLE lines RENAME note TO remark;

-- scene: a column of a view
-- expect: rename-column@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL DEFAULT 0, note text);
CREATE VIEW notes AS SELECT note FROM orders;
-- migration remark
ALTER TABLE notes RENAME COLUMN note TO remark;

-- scene: another column takes the name
-- expect: rename-column@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, total_new bigint);
-- migration swap (in a transaction)
ALTER TABLE orders RENAME COLUMN total TO total_old;
ALTER TABLE orders RENAME COLUMN total_new TO total;

-- scene: an attribute of a type that is known, and of a new one
-- expect: rename-column@1
-- base
CREATE TYPE address AS (street text, zip int);
CREATE TABLE customers (id bigint PRIMARY KEY, home address);
-- migration postcode
ALTER TYPE address RENAME ATTRIBUTE zip TO postcode;
CREATE TYPE size AS (width int, height int);
ALTER TYPE size RENAME ATTRIBUTE width TO length;

-- scene: of a view, which nobody writes by a trigger
-- expect: rename-column@1
-- says: CREATE OR REPLACE VIEW
-- unsaid: a trigger can
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE VIEW totals AS SELECT id, total FROM orders;
-- migration sum
ALTER TABLE totals RENAME COLUMN total TO sum;

-- scene: of a materialized view
-- expect: rename-column@1
-- says: Create another materialized view, with sum,
-- unsaid: a trigger can
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE MATERIALIZED VIEW totals AS SELECT id, total FROM orders;
-- migration sum
ALTER MATERIALIZED VIEW totals RENAME COLUMN total TO sum;
