-- scene: all rows go
-- expect: truncate@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration empty
TRUNCATE orders;

-- scene: a new table is emptied
-- migration empty
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
TRUNCATE orders;

-- scene: tables that refer to it are emptied too
-- expect: truncate@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
-- migration empty
TRUNCATE TABLE customers RESTART IDENTITY CASCADE;

-- scene: code empties tables of which the statement says nothing; a new one
-- expect: truncate@1, truncate@3
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE TABLE bills (id bigint PRIMARY KEY, total int);
CREATE FUNCTION wipe() RETURNS void LANGUAGE sql AS 'TRUNCATE bills';
-- migration empty (no transaction)
DO $$ BEGIN EXECUTE 'TRUNCATE ' || 'orders'; END $$;
SET lock_timeout = '2s';
SELECT wipe();
CREATE TABLE fresh AS SELECT generate_series(1, 9) AS id;
DO $$ BEGIN TRUNCATE fresh; END $$;
