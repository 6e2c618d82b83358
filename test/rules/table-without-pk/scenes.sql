-- scene: rows that cannot be told apart
-- expect: table-without-pk@1
-- migration log
CREATE TABLE log (at timestamptz, line text);

-- scene: a key that comes later, a partition, a temporary table
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration log
CREATE TABLE log (id bigint, line text);
ALTER TABLE log ADD PRIMARY KEY (id);
CREATE TEMP TABLE scratch AS SELECT 1 AS one;
SET lock_timeout = '2s';
CREATE TABLE events_2031 PARTITION OF events FOR VALUES FROM ('2031-01-01') TO ('2032-01-01');

-- scene: a table from a query
-- expect: table-without-pk@1
-- migration copy
CREATE TABLE copies AS SELECT 1 AS one;
