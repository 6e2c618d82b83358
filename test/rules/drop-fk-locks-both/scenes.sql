-- scene: it waits for both tables, and both wait for it
-- expect: drop-fk-locks-both@1, drop-constraint@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers;
-- migration drop_key
ALTER TABLE orders DROP CONSTRAINT orders_customer;

-- scene: it gives up soon
-- expect: drop-constraint@2
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers;
-- migration drop_key
SET lock_timeout = '2s';
ALTER TABLE orders DROP CONSTRAINT orders_customer;

-- scene: a check has one table
-- expect: drop-constraint@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int CONSTRAINT positive CHECK (total > 0));
-- migration drop_check
ALTER TABLE orders DROP CONSTRAINT positive;
