-- scene: every row is written
-- expect: update-delete-without-where@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
-- migration note
UPDATE orders SET note = upper(note);

-- scene: nothing is left, also from inside WITH
-- expect: update-delete-without-where@1, update-delete-without-where@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE TABLE archive (id bigint PRIMARY KEY, total int, note text);
-- migration clean
DELETE FROM archive WHERE 1 = 1;
WITH moved AS (DELETE FROM orders RETURNING *) INSERT INTO archive SELECT * FROM moved;

-- scene: a new column is filled
-- expect: update-delete-without-where@fill:1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
-- migration paid
ALTER TABLE orders ADD COLUMN paid bool;
-- migration fill
UPDATE orders SET paid = (total > 0);

-- scene: some rows; a table that is new; a temporary one
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
-- migration note
UPDATE orders SET note = '' WHERE note IS NULL;
DELETE FROM orders WHERE id > 1000;
CREATE TABLE copies AS SELECT * FROM orders;
UPDATE copies SET note = '';
CREATE TEMP TABLE scratch AS SELECT id FROM orders;
DELETE FROM scratch;

-- scene: conditions that every row passes
-- expect: update-delete-without-where@1, update-delete-without-where@2, update-delete-without-where@3
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE TABLE archive (id bigint PRIMARY KEY, total int, note text);
CREATE TABLE log (id bigint PRIMARY KEY, note text);
-- migration clean
DELETE FROM orders WHERE id IS NOT NULL;
DELETE FROM archive WHERE id = id;
DELETE FROM log WHERE note = 'x' OR true;

-- scene: MERGE, a prepared statement, EXPLAIN ANALYZE
-- expect: update-delete-without-where@1, update-delete-without-where@3, update-delete-without-where@5
-- majors: 15-99
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE TABLE archive (id bigint PRIMARY KEY, total int);
CREATE TABLE log (id bigint PRIMARY KEY, note text);
-- migration clean
MERGE INTO orders USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE;
PREPARE clean AS DELETE FROM archive;
EXECUTE clean;
EXPLAIN DELETE FROM log;
EXPLAIN ANALYZE DELETE FROM log;

-- scene: a DO block, a procedure, a function
-- expect: update-delete-without-where@1, update-delete-without-where@2, update-delete-without-where@3, update-delete-without-where@5
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE TABLE archive (id bigint PRIMARY KEY, total int, note text);
CREATE TABLE log (id bigint PRIMARY KEY, total int);
CREATE TABLE bills (id bigint PRIMARY KEY, total int);
CREATE PROCEDURE wipe() LANGUAGE sql AS 'DELETE FROM archive';
CREATE FUNCTION bump() RETURNS void LANGUAGE plpgsql AS 'BEGIN UPDATE log SET total = total + 1; END';
-- migration clean
DO $$ BEGIN EXECUTE 'DELETE FROM orders'; END $$;
CALL wipe();
SELECT bump();
CREATE FUNCTION wipe_bills() RETURNS void LANGUAGE sql AS 'DELETE FROM bills';
SELECT wipe_bills();
DROP FUNCTION wipe_bills();

-- scene: code of which nobody knows what it runs
-- expect: update-delete-without-where@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
-- migration clean
DO $$ BEGIN EXECUTE format('DELETE FROM %I', 'orders'); END $$;

-- scene: conditions in code and in MERGE that all made-up rows may pass; new tables; rows by key
-- majors: 15-99
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE);
CREATE INDEX ON lines (order_id);
CREATE FUNCTION old() RETURNS void LANGUAGE sql AS 'DELETE FROM orders WHERE id < 1000000';
-- migration clean
DO $$ BEGIN UPDATE orders SET note = '' WHERE id > -1; END $$;
SELECT old();
MERGE INTO orders USING (SELECT 1 AS id) AS one ON orders.id = one.id WHEN MATCHED THEN DELETE;
CREATE TABLE copies AS SELECT generate_series(1, 9) AS id;
DO $$ BEGIN EXECUTE 'DELETE FROM copies'; END $$;
DELETE FROM orders WHERE note IS NOT NULL;
DELETE FROM orders WHERE note = note;
