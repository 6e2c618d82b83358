-- scene: it is ended before it is done
-- expect: concurrent-with-short-timeout@index:3, concurrent-with-short-timeout@rebuild:2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration index (no transaction)
SET lock_timeout = '5s';
SET statement_timeout = '1min';
CREATE INDEX CONCURRENTLY orders_total ON orders (total);
-- migration rebuild (no transaction)
SET lock_timeout = '500ms';
REINDEX INDEX CONCURRENTLY orders_total;

-- scene: it has time
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE INDEX orders_id ON orders (id, total);
-- migration index (no transaction)
SET lock_timeout = '10min';
SET statement_timeout = 0;
CREATE INDEX CONCURRENTLY orders_total ON orders (total);
-- migration drop (no transaction)
SET lock_timeout = '5s';
DROP INDEX CONCURRENTLY orders_id;
