-- scene: PostgreSQL cannot build an index on a partitioned table concurrently
-- expect: concurrently-on-partitioned@1
-- base
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2029 PARTITION OF events FOR VALUES FROM ('2029-01-01') TO ('2030-01-01');
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration index_kind
CREATE INDEX CONCURRENTLY events_kind ON events (kind);

-- scene: on a partition it can
-- base
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2029 PARTITION OF events FOR VALUES FROM ('2029-01-01') TO ('2030-01-01');
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration index_kind
CREATE INDEX CONCURRENTLY events_2030_kind ON events_2030 (kind);

-- scene: a unique index with more words, in a schema
-- expect: concurrently-on-partitioned@1
-- base
CREATE SCHEMA log;
CREATE TABLE log.events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE log.events_2029 PARTITION OF log.events FOR VALUES FROM ('2029-01-01') TO ('2030-01-01');
CREATE TABLE log.events_2030 PARTITION OF log.events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration index_id
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "Ids" ON log.events USING btree (id, at) WITH (fillfactor = 80);

-- scene: nor can it drop one
-- expect: concurrently-on-partitioned@1
-- base
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2029 PARTITION OF events FOR VALUES FROM ('2029-01-01') TO ('2030-01-01');
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
CREATE INDEX events_kind ON events (kind);
-- migration drop_kind
DROP INDEX CONCURRENTLY events_kind;

-- scene: the name of the index is left to PostgreSQL
-- expect: concurrently-on-partitioned@1
-- says: then CONCURRENTLY on each partition
-- base
CREATE TABLE days (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE days_1 PARTITION OF days DEFAULT;
-- migration days (no transaction)
CREATE INDEX CONCURRENTLY ON days (id);
