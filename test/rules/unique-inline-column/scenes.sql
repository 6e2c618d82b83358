-- scene: an index over all rows, all of them NULL
-- expect: unique-inline-column@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration handle
ALTER TABLE customers ADD COLUMN handle text UNIQUE;

-- scene: column, index, constraint
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration handle
ALTER TABLE customers ADD COLUMN handle text;
-- migration index_handle
CREATE UNIQUE INDEX CONCURRENTLY customers_handle ON customers (handle);
-- migration unique_handle
ALTER TABLE customers ADD CONSTRAINT customers_handle UNIQUE USING INDEX customers_handle;

-- scene: with a name, deferrable, before other words
-- expect: unique-inline-column@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration handle
ALTER TABLE customers ADD COLUMN handle text CONSTRAINT "One" UNIQUE DEFERRABLE COLLATE "C", ADD COLUMN other int;
