-- scene: an index on a table that people write to
-- expect: index-not-concurrent@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration index_email
CREATE INDEX orders_email ON orders (email);

-- scene: the index is built while people write
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration index_email
CREATE INDEX CONCURRENTLY orders_email ON orders (email);

-- scene: an index without a name, only if it is not there, with settings of its own
-- expect: index-not-concurrent@4
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration index_email
SET lock_timeout = '1s';

-- quick look-ups by e-mail
CREATE INDEX IF NOT EXISTS "By e-mail" ON orders USING btree (lower(email) DESC, total) INCLUDE (id) WHERE total > 0;

-- scene: the index exists already, so nothing is built
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
CREATE INDEX orders_email ON orders (email);
-- migration index_email
CREATE INDEX IF NOT EXISTS orders_email ON orders (email);

-- scene: the table is new as well
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
-- migration orders
CREATE TABLE orders (id bigint PRIMARY KEY, email text);
CREATE INDEX orders_email ON orders (email);

-- scene: an index on a materialized view, for which only REFRESH waits
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
CREATE MATERIALIZED VIEW totals AS SELECT email, sum(total) AS total FROM orders GROUP BY email;
-- migration index_totals
CREATE INDEX totals_email ON totals (email);
