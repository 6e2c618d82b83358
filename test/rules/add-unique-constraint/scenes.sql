-- scene: nobody can use the table until the index is built
-- expect: add-unique-constraint@1, unique-index-may-fail@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration unique_email
ALTER TABLE customers ADD CONSTRAINT customers_email UNIQUE (email);

-- scene: the index first, while everybody works
-- expect: unique-index-may-fail@index_email:1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration index_email
CREATE UNIQUE INDEX CONCURRENTLY customers_email ON customers (email);
-- migration unique_email
ALTER TABLE customers ADD CONSTRAINT customers_email UNIQUE USING INDEX customers_email;

-- scene: without a name, deferrable, with an included column, beside another action
-- expect: add-unique-constraint@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration unique_email
ALTER TABLE customers ADD note text, ADD UNIQUE (email, id) INCLUDE (id) DEFERRABLE INITIALLY DEFERRED;

-- scene: NULLs are the same
-- majors: 15-99
-- expect: add-unique-constraint@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration unique_email
ALTER TABLE customers ADD UNIQUE NULLS NOT DISTINCT (id, email);

-- scene: one takes the place of another with its name
-- expect: add-unique-constraint@1, drop-constraint@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text, place text, CONSTRAINT once UNIQUE (email));
-- migration unique_email
ALTER TABLE customers DROP CONSTRAINT once, ADD CONSTRAINT once UNIQUE (email, place);

-- scene: a column that the same statement adds
-- expect: add-unique-constraint@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
-- migration numbers
ALTER TABLE customers ADD COLUMN number bigint DEFAULT 0, ADD CONSTRAINT numbers UNIQUE (number, id), ADD UNIQUE (id, email);
