-- scene: an integer that refers to a bigint
-- expect: fk-type-mismatch@1, fk-type-mismatch@3
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, code text UNIQUE);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int);
-- migration bills
CREATE TABLE bills (id bigint PRIMARY KEY, customer_id int REFERENCES customers);
SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN payer smallint REFERENCES customers;

-- scene: the same types, and two kinds of text
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, code text UNIQUE);
-- migration bills
CREATE TABLE bills (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, code varchar(10) REFERENCES customers (code));

-- scene: domains stand for what is under them
-- expect: fk-type-mismatch@2
-- base
CREATE DOMAIN key AS text;
CREATE DOMAIN "Other" AS key;
CREATE DOMAIN number AS bigint;
CREATE TABLE customers (id key PRIMARY KEY, number number UNIQUE);
-- migration bills
CREATE TABLE bills (id bigint PRIMARY KEY, customer_id text REFERENCES customers, payer "Other" REFERENCES customers);
CREATE TABLE offers (id bigint PRIMARY KEY, customer int REFERENCES customers (number));
