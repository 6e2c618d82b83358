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

-- scene: a partitioned table
-- expect: add-unique-constraint@1, unique-index-may-fail@1
-- says: ALTER TABLE public.days_2 ADD CONSTRAINT days_2_id_day_key UNIQUE USING INDEX days_2_id_day_key DEFERRABLE;
-- base
CREATE TABLE days (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (id);
CREATE TABLE days_1_rest PARTITION OF days_1 DEFAULT;
CREATE TABLE days_2 PARTITION OF days DEFAULT;
-- migration days
ALTER TABLE days ADD UNIQUE (id, day) DEFERRABLE, ADD note text;

-- scene: with settings of its index
-- expect: add-unique-constraint@1, unique-index-may-fail@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, number int);
-- migration number
ALTER TABLE orders ADD CONSTRAINT orders_number UNIQUE (number) INCLUDE (id) WITH (fillfactor = 70) DEFERRABLE INITIALLY DEFERRED;

-- scene: no index can be built before WITHOUT OVERLAPS
-- majors: 18-99
-- expect: add-unique-constraint@1, unique-index-may-fail@1
-- says: No online way exists: plan a window
-- unsaid: outside a transaction
-- base
CREATE TABLE stays (room int4range, during tstzrange);
-- migration apart
ALTER TABLE stays ADD UNIQUE (room, during WITHOUT OVERLAPS);
