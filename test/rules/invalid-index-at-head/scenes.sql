-- scene: the index of a partitioned table, and none of its partitions'
-- expect: invalid-index-at-head@1
-- base
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2029 PARTITION OF events FOR VALUES FROM ('2029-01-01') TO ('2030-01-01');
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration index_kind
CREATE INDEX events_kind ON ONLY events (kind);

-- scene: every partition's index is attached
-- base
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2029 PARTITION OF events FOR VALUES FROM ('2029-01-01') TO ('2030-01-01');
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration index_parent
CREATE INDEX events_kind ON ONLY events (kind);
-- migration index_2029
CREATE INDEX CONCURRENTLY events_2029_kind ON events_2029 (kind);
-- migration index_2030
CREATE INDEX CONCURRENTLY events_2030_kind ON events_2030 (kind);
-- migration attach
ALTER INDEX events_kind ATTACH PARTITION events_2029_kind;
ALTER INDEX events_kind ATTACH PARTITION events_2030_kind;

-- scene: a build that failed on duplicates
-- expect: invalid-index-at-head@1, migration-fails@1
-- base
CREATE TABLE orders (id bigint, email text);
INSERT INTO orders VALUES (1, 'a@b.c'), (2, 'a@b.c');
-- migration unique_email
CREATE UNIQUE INDEX CONCURRENTLY orders_email ON orders (email);

-- scene: on the partitioned table alone, and without a name
-- expect: invalid-index-at-head@1
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration index
CREATE INDEX ON ONLY events (id);
