-- scene: one transaction adds and checks
-- expect: not-valid-validate-same-tx@2
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration positive
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > -2147483648) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT positive;

-- scene: a transaction for each
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration positive
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > -2147483648) NOT VALID;
-- migration check_positive
ALTER TABLE orders VALIDATE CONSTRAINT positive;

-- scene: one file, but every statement by itself
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration positive (no transaction)
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > -2147483648) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT positive;

-- scene: another change of the table holds the lock
-- expect: not-valid-validate-same-tx@2
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
-- migration note (one message)
ALTER TABLE orders ADD COLUMN remark text;
ALTER TABLE orders VALIDATE CONSTRAINT orders_customer;

-- scene: one statement adds and checks
-- expect: not-valid-validate-same-tx@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
CREATE INDEX ON orders (customer_id);
-- migration customer
ALTER TABLE orders ADD note text, ADD CONSTRAINT customer FOREIGN KEY (customer_id) REFERENCES customers NOT VALID, VALIDATE CONSTRAINT customer;
