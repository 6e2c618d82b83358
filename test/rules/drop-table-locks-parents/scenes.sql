-- scene: tables that stay are locked
-- expect: drop-table@1, drop-table-locks-parents@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE products (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, product_id bigint REFERENCES products);
-- migration away
DROP TABLE orders;

-- scene: the foreign key is dropped before, in another transaction
-- expect: drop-constraint@unbind:1, drop-table@away:1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
-- migration unbind
ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey;
-- migration away
DROP TABLE orders;

-- scene: both go
-- expect: drop-table@2, drop-table@2
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
-- migration away
SET lock_timeout = '2s';
DROP TABLE orders, customers;
