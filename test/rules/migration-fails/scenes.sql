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

-- scene: a DO block that commits, in a file that has no runner
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration fill
SET lock_timeout = '1s';
DO $$
BEGIN
  UPDATE orders SET note = 'x' WHERE id = 1;
  COMMIT;
END $$;

-- scene: a procedure that commits is called where it is made
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration fill
CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN UPDATE orders SET note = 'x' WHERE id = 1; COMMIT; END $$;
CALL fill();

-- scene: a DO block that commits in the tool's transaction
-- expect: migration-fails@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration fill (in a transaction)
DO $$ BEGIN UPDATE orders SET note = 'x' WHERE id = 1; COMMIT; END $$;

-- scene: a DO block that only speaks of COMMIT keeps its file in one transaction
-- expect: statement-after-access-exclusive@3
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration comment
ALTER TABLE orders ADD COLUMN state text;
DO $$ BEGIN /* no commit; commit; */ RAISE NOTICE 'commit'; EXECUTE 'ANALYZE orders'; END $$;
DO $$ DECLARE n int; BEGIN n := (SELECT count(*) FROM orders); END $$;

-- scene: what depends on it is named, and CASCADE not recommended
-- expect: migration-fails@1
-- says: by name rather than with CASCADE.
-- unsaid: Use DROP
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int UNIQUE);
CREATE TABLE parts (id bigint PRIMARY KEY, total int REFERENCES orders (total));
-- migration total
ALTER TABLE orders DROP COLUMN total;

-- scene: another role was taken
-- expect: migration-fails@2
-- says: The role that line 1 takes is not allowed to
-- unsaid: Lockkeeper
-- base
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration note
SET ROLE pg_monitor;
ALTER TABLE orders ADD COLUMN note text;

-- scene: rows that were there before NOT VALID
-- expect: migration-fails@check:1
-- says: A row violates it: correct such rows in an earlier migration.
-- unsaid: NOT VALID adds
-- base
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration filled
ALTER TABLE orders ADD total int;
INSERT INTO orders VALUES (1000001, 1);
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 1) NOT VALID;
-- migration check
ALTER TABLE orders VALIDATE CONSTRAINT positive;
