-- scene: no reason, no such rule, no such day
-- expect: invalid-waiver@1, invalid-waiver@3, invalid-waiver@5, index-not-concurrent@2, index-not-concurrent@4, index-not-concurrent@6
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration indexes
-- lockkeeper:allow index-not-concurrent
CREATE INDEX orders_note ON orders (note);
-- lockkeeper:allow index-not-concurent because the table is small
CREATE INDEX orders_total ON orders (total);
-- lockkeeper:allow index-not-concurrent until 2030-02-30 because the table is small
CREATE INDEX orders_customer ON orders (customer_id);

-- scene: for the whole file
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration key
-- lockkeeper:allow never-validated, fk-without-index because the old rows go next month

ALTER TABLE customers ADD COLUMN remark text;
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
