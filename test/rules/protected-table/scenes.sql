-- scene: a table that nobody may drop
-- protected: public.orders
-- expect: protected-table@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration drop_orders
DROP TABLE orders;

-- scene: what adds to it may run
-- protected: public.orders
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration note
ALTER TABLE orders ADD COLUMN remark text;
ALTER TABLE customers ALTER COLUMN email SET DEFAULT '';

-- scene: emptied by CASCADE
-- protected: public.orders
-- expect: protected-table@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;
-- migration empty
TRUNCATE customers CASCADE;

-- scene: renamed, moved, with fewer columns
-- protected: public.orders, public.customers, public.events
-- expect: protected-table@1, protected-table@2, protected-table@3, protected-table@4
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
CREATE TABLE events (id bigint, secret text);
-- migration changes
ALTER TABLE orders RENAME TO purchases;
ALTER TABLE customers RENAME COLUMN email TO mail;
ALTER TABLE public.events DROP COLUMN secret;
ALTER TABLE events SET SCHEMA pg_catalog;

-- scene: with its schema
-- protected: shop.orders
-- expect: protected-table@1
-- base
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint PRIMARY KEY);
-- migration close_shop
DROP SCHEMA shop CASCADE;

-- scene: a column, with its type
-- protected: public.orders
-- expect: protected-table@1
-- base
CREATE TYPE state AS ENUM ('new', 'paid');
CREATE TABLE orders (id bigint PRIMARY KEY, state state);
-- migration no_states
DROP TYPE state CASCADE;

-- scene: a waiver does not help, nor that it fails
-- protected: public.customers
-- expect: protected-table@2, migration-fails@2, invalid-waiver@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
CREATE VIEW mails AS SELECT email FROM customers;
-- migration drop_customers
-- lockkeeper:allow protected-table because nobody needs it
DROP TABLE customers;

-- scene: dropped by a DO block, and created anew
-- protected: public.orders
-- expect: protected-table@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration anew
DO $$ BEGIN DROP TABLE orders; CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text); END $$;
