-- scene: deleting a customer reads all orders
-- expect: fk-without-index@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
-- migration orders
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);

-- scene: an index that begins with the foreign key's column
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
-- migration orders
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, at date);
CREATE INDEX ON orders (customer_id, at);

-- scene: an index on something else, and on a part of the rows
-- expect: fk-without-index@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, at date);
CREATE INDEX ON orders (at, customer_id);
CREATE INDEX ON orders (customer_id) WHERE at > '2030-01-01';
-- migration key
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
