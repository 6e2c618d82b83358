-- scene: an invalid index that an interrupted run left would be kept
-- expect: concurrent-if-not-exists-trap@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration index_email
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_email ON orders (email);

-- scene: whatever is left is dropped first
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration drop_left_over
DROP INDEX CONCURRENTLY IF EXISTS orders_email;
-- migration index_email
CREATE INDEX CONCURRENTLY orders_email ON orders (email);

-- scene: an index in a schema of its own
-- expect: concurrent-if-not-exists-trap@1
-- base
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint, email text);
-- migration index_email
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_email ON shop.orders (email);

-- scene: the same file drops what is left, and is begun anew
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration index_email (no transaction)
DROP INDEX CONCURRENTLY IF EXISTS orders_email;
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_email ON orders (email);
