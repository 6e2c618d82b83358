-- scene: a column that a function asks for is dropped
-- expect: drop-column@1, dangling-function-body@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE FUNCTION total_of(bigint) RETURNS int LANGUAGE sql AS 'SELECT total FROM orders WHERE id = $1';
CREATE FUNCTION note_of(bigint) RETURNS text LANGUAGE sql AS 'SELECT note FROM orders WHERE id = $1';
-- migration total
ALTER TABLE orders DROP COLUMN total;

-- scene: a trigger's function, a variable's type, a column that is written
-- expect: rename-column@1, dangling-function-body@1, dangling-function-body@1, dangling-function-body@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE TABLE sums (id bigint PRIMARY KEY, total int);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.total := coalesce(NEW.total, 0); RETURN NEW; END';
CREATE TRIGGER orders_stamp BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
CREATE FUNCTION stamp_sums() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.total := coalesce(NEW.total, 0); RETURN NEW; END';
CREATE TRIGGER sums_stamp BEFORE INSERT ON sums FOR EACH ROW EXECUTE FUNCTION stamp_sums();
CREATE FUNCTION typed() RETURNS int LANGUAGE plpgsql AS 'DECLARE t public.orders.total%TYPE; BEGIN RETURN t; END';
CREATE PROCEDURE reset() LANGUAGE plpgsql AS 'BEGIN UPDATE orders AS o SET total = 0 WHERE o.id > 5; END';
-- migration total
ALTER TABLE orders RENAME COLUMN total TO amount;

-- scene: a table that a function names
-- expect: drop-table@1, dangling-function-body@1
-- base
CREATE TABLE old_log (id bigint PRIMARY KEY, line text);
CREATE FUNCTION log(text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.old_log (line) VALUES ($1); END $$;
-- migration log
DROP TABLE old_log;

-- scene: the function is replaced, or the name is kept by a view
-- expect: drop-column@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE TABLE people (id bigint PRIMARY KEY, name text);
CREATE FUNCTION total_of(bigint) RETURNS int LANGUAGE sql AS 'SELECT total FROM orders WHERE id = $1';
CREATE FUNCTION name_of(bigint) RETURNS text LANGUAGE sql AS 'SELECT name FROM people WHERE id = $1';
-- migration total (in a transaction)
ALTER TABLE orders DROP COLUMN total;
CREATE OR REPLACE FUNCTION total_of(bigint) RETURNS int LANGUAGE sql AS 'SELECT 0';
ALTER TABLE people RENAME TO persons;
CREATE VIEW people AS SELECT * FROM persons;

-- scene: a variable, an alias, and another table's column
-- expect: drop-column@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE TABLE sums (id bigint PRIMARY KEY, total int);
CREATE FUNCTION one(total int) RETURNS bigint LANGUAGE plpgsql AS 'DECLARE n bigint; BEGIN SELECT o.id INTO n FROM orders o WHERE o.id = one.total; RETURN n + total; END';
CREATE FUNCTION two() RETURNS bigint LANGUAGE sql AS 'WITH o AS (SELECT id AS total FROM orders) SELECT max(total) FROM o';
CREATE FUNCTION three() RETURNS int LANGUAGE sql AS 'SELECT s.total FROM sums s JOIN orders USING (id)';
CREATE FUNCTION four() RETURNS bigint LANGUAGE plpgsql AS 'DECLARE r record; BEGIN FOR r IN SELECT * FROM sums LOOP RETURN r.total; END LOOP; END';
-- migration total
ALTER TABLE orders DROP COLUMN total;

-- scene: a query that EXECUTE has as a constant
-- expect: drop-column@1, dangling-function-body@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE FUNCTION total_of(bigint) RETURNS int LANGUAGE plpgsql AS $$ DECLARE n int; BEGIN EXECUTE 'SELECT total FROM orders WHERE id = $1' INTO n USING $1; RETURN n; END $$;
CREATE FUNCTION notes(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('UPDATE %I SET total = 0', t); END $$;
-- migration total
ALTER TABLE orders DROP COLUMN total;
