-- scene: a column and its index in one file
-- expect: concurrent-mixed-file@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration note
ALTER TABLE orders ADD COLUMN note text;
CREATE INDEX CONCURRENTLY orders_note ON orders (note);

-- scene: one after the other
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration note
ALTER TABLE orders ADD COLUMN note text;
-- migration index_note
SET lock_timeout = '5min';
DROP INDEX CONCURRENTLY IF EXISTS orders_note;
CREATE INDEX CONCURRENTLY orders_note ON orders (note);

-- scene: what stands beside it does no harm when it runs again
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration index (no transaction)
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE OR REPLACE VIEW totals AS SELECT total FROM orders;
SET lock_timeout = '5min';
CREATE INDEX CONCURRENTLY orders_email ON orders (email);
