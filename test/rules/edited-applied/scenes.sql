-- scene: databases that have it will not run it again
-- expect: edited-applied@1:2
-- base 1
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE customers (id bigint PRIMARY KEY);
-- edited 1
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
-- migration 2
ALTER TABLE orders ADD COLUMN note text;

-- scene: a new migration
-- base 1
CREATE TABLE customers (id bigint PRIMARY KEY);
-- migration 2
ALTER TABLE customers ADD COLUMN email text;
