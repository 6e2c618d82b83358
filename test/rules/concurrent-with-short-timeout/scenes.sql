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

-- scene: a partition is detached
-- expect: concurrent-with-short-timeout@2
-- majors: 14-99
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration detach
SET lock_timeout = '2s';
ALTER TABLE events DETACH PARTITION events_2030 CONCURRENTLY;

-- scene: a partition is detached with patience
-- majors: 14-99
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration detach
SET lock_timeout = '10min';
ALTER TABLE events DETACH PARTITION events_2030 CONCURRENTLY;
