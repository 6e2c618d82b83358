-- scene: a view goes with its table
-- expect: drop-table@1, drop-cascade@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE VIEW big_orders AS SELECT * FROM orders WHERE total > 1000;
-- migration away
DROP TABLE orders CASCADE;

-- scene: a trigger goes with its function
-- expect: drop-cascade@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER orders_stamp BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
-- migration away
DROP FUNCTION stamp() CASCADE;

-- scene: a column goes with its type
-- expect: drop-cascade@1
-- base
CREATE TYPE state AS ENUM ('new');
CREATE TABLE orders (id bigint PRIMARY KEY, state state);
CREATE FUNCTION next(state) RETURNS state LANGUAGE sql AS 'SELECT $1';
-- migration away
DROP TYPE state CASCADE;

-- scene: nothing depends on it
-- expect: drop-table@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration away
DROP TABLE orders CASCADE;

-- scene: a foreign key of a table that stays
-- expect: drop-table@1, drop-cascade@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
-- migration away
DROP TABLE customers CASCADE;
