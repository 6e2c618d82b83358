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
-- expect: drop-cascade@1, drop-function@1
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

-- scene: each takes its own
-- expect: drop-cascade@1, drop-cascade@2, drop-function@2, drop-cascade@3, drop-function@3, drop-cascade@4, drop-function@5, drop-sequence@4
-- base
CREATE SEQUENCE numbers;
CREATE TABLE orders (id bigint PRIMARY KEY DEFAULT nextval('numbers'), total int);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER orders_stamp BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
CREATE FUNCTION first_total() RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER TABLE orders ALTER total SET DEFAULT first_total();
CREATE FUNCTION fits(int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true';
ALTER TABLE orders ADD CHECK (fits(total));
CREATE FUNCTION alone() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- migration away
DROP FUNCTION stamp() CASCADE;
DROP FUNCTION first_total CASCADE;
DROP FUNCTION fits(int) CASCADE;
DROP SEQUENCE numbers CASCADE;
DROP FUNCTION alone() CASCADE;

-- scene: what other schemas have of it
-- expect: drop-schema@1, drop-cascade@1
-- base
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint PRIMARY KEY, total int);
CREATE TABLE bills (id bigint PRIMARY KEY, order_id bigint REFERENCES shop.orders);
CREATE VIEW totals AS SELECT sum(total) AS total FROM shop.orders;
-- migration away
DROP SCHEMA shop CASCADE;
