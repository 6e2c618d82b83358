-- scene: nothing ends the wait for the lock
-- expect: no-lock-timeout@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration note
ALTER TABLE orders ADD COLUMN remark text;
ALTER TABLE customers ADD COLUMN remark text;

-- scene: after two seconds it gives up
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration note
SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN remark text;

-- scene: only reads and row locks
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration note
UPDATE orders SET note = '' WHERE id = 5;
COMMENT ON TABLE orders IS 'what customers want';

-- scene: writes wait too
-- expect: no-lock-timeout@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER noop BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION noop();
-- migration trigger
ALTER TABLE orders ENABLE REPLICA TRIGGER noop;

-- scene: told better by another rule
-- expect: index-not-concurrent@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration index
CREATE INDEX orders_note ON orders (note);

-- scene: statement_timeout ends the wait as well
-- base
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration note
SET statement_timeout = '3s';
ALTER TABLE orders ADD COLUMN remark text;

-- scene: an end that is too far away
-- expect: no-lock-timeout@2
-- says: wait behind it, for up to 3600 s.
-- unsaid: nothing ends the wait
-- base
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration note
SET lock_timeout = '1h';
ALTER TABLE orders ADD COLUMN remark text;

-- scene: what does not wait at all
-- base
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration lock (in a transaction)
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE NOWAIT;
