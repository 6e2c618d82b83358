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
