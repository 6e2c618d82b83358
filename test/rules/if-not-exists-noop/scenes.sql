-- scene: the table is there, with other columns
-- expect: if-not-exists-noop@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration orders
CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY, total bigint, note text);

-- scene: the table is there as it is written, another is not
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(10), price numeric(8,2), tags text[], at timestamptz);
-- migration orders
CREATE TABLE IF NOT EXISTS orders (id int8 PRIMARY KEY, code varchar(10), price decimal(8, 2), tags text[], at timestamp with time zone);
CREATE TABLE IF NOT EXISTS customers (id bigint PRIMARY KEY);

-- scene: what is there is no table
-- expect: if-not-exists-noop@1
-- base
CREATE VIEW orders AS SELECT 1 AS id;
-- migration orders
CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY);

-- scene: a table by that name in another schema of the search_path, and a temporary one
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE SCHEMA shop;
-- migration orders
CREATE TEMP TABLE IF NOT EXISTS orders (note text);
DROP TABLE pg_temp.orders;
SET search_path = shop, public;
CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY, note text);

-- scene: a column and an index that are there, and are others
-- expect: if-not-exists-noop@2, if-not-exists-noop@3
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration orders
SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN IF NOT EXISTS total bigint NOT NULL DEFAULT 0;
CREATE INDEX IF NOT EXISTS orders_pkey ON orders (total);

-- scene: those that are there as they are written, come to be so, or are not there
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL DEFAULT 0, note text, "Code" text);
CREATE INDEX orders_note ON orders (note, "Code") WHERE total > 3;
-- migration orders
SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN IF NOT EXISTS total int NOT NULL DEFAULT 0, ADD COLUMN IF NOT EXISTS state text;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text DEFAULT '';
ALTER TABLE orders ALTER COLUMN note SET DEFAULT '';
CREATE INDEX IF NOT EXISTS orders_note ON orders (note, "Code") WHERE total > 3;
