-- scene: PostgreSQL's own message and place
-- expect: migration-fails@3
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration paid
ALTER TABLE orders
  ADD COLUMN paid bool,
  ADD COLUMN state no_such_type;

-- scene: it runs
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration index
CREATE INDEX CONCURRENTLY orders_note ON orders (note);

-- scene: a failure says nothing of locks
-- expect: migration-fails@2
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration types
SET lock_timeout = '1s';
ALTER TABLE orders ALTER COLUMN note TYPE int, ADD CHECK (total > 0);
