-- scene: a key that will run out
-- expect: int-primary-key@1
-- migration orders
CREATE TABLE orders (id serial PRIMARY KEY);

-- scene: bigint, a key borrowed from another table, a key of two columns
-- base
CREATE TABLE customers (id int PRIMARY KEY);
-- migration orders
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE profiles (customer_id int PRIMARY KEY REFERENCES customers);
CREATE TABLE lines (order_id bigint REFERENCES orders, line int, PRIMARY KEY (order_id, line));

-- scene: in a line of its own, with a schema
-- expect: int-primary-key@2
-- migration orders
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id smallint, PRIMARY KEY (id));
