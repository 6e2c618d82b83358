-- scene: an index of a table that people use
-- expect: drop-index-not-concurrent@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
CREATE INDEX orders_email ON orders (email);
-- migration drop_index
DROP INDEX orders_email;

-- scene: it is dropped while people read and write
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
CREATE INDEX orders_email ON orders (email);
-- migration drop_index
DROP INDEX CONCURRENTLY orders_email;

-- scene: two at once, if they are there
-- expect: drop-index-not-concurrent@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
CREATE INDEX orders_email ON orders (email);
CREATE INDEX orders_total ON orders (total);
-- migration drop_indexes
DROP INDEX IF EXISTS orders_email, public.orders_total;

-- scene: with a lock_timeout it is only a notice
-- expect: drop-index-not-concurrent@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
CREATE INDEX orders_email ON orders (email);
-- migration drop_index
SET lock_timeout = '1s';
DROP INDEX orders_email;

-- scene: an index that is not there
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration drop_index
DROP INDEX IF EXISTS orders_email;

-- scene: the table itself goes next
-- expect: drop-table@3
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL);
CREATE INDEX orders_email ON orders (email);
-- migration drop
SET lock_timeout = '2s';
DROP INDEX orders_email;
DROP TABLE orders;
