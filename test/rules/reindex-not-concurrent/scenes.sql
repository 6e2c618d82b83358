-- scene: the indexes of a table that people use
-- expect: reindex-not-concurrent@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration reindex
REINDEX TABLE orders;

-- scene: they are rebuilt while people read and write
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration reindex
REINDEX TABLE CONCURRENTLY orders;

-- scene: one index, with options
-- expect: reindex-not-concurrent@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration reindex
REINDEX (VERBOSE) INDEX orders_pkey;

-- scene: every index of a schema
-- expect: reindex-not-concurrent@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration reindex (no transaction)
REINDEX SCHEMA public;

-- scene: a partitioned table, which PostgreSQL refuses in a transaction
-- expect: reindex-not-concurrent@1
-- majors: 14-99
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
CREATE INDEX events_id ON events (id);
-- migration reindex
REINDEX TABLE events;
