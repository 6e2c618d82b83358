-- scene: the table that is referred to is locked too
-- expect: type-fk-column@1
-- base
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int REFERENCES customers);
-- migration wider
ALTER TABLE orders ALTER COLUMN customer_id TYPE bigint;

-- scene: a column that nothing refers to, of a table with foreign keys
-- base
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int REFERENCES customers, code varchar(10));
-- migration wider
ALTER TABLE orders ALTER COLUMN code TYPE text;

-- scene: nothing is rewritten, but both tables are locked
-- expect: type-fk-column@2
-- base
CREATE TABLE countries (code varchar(2) PRIMARY KEY);
CREATE TABLE customers (id bigint PRIMARY KEY, country varchar(2) REFERENCES countries);
-- migration wider
SET lock_timeout = '2s';
ALTER TABLE countries ALTER COLUMN code TYPE varchar(3);
