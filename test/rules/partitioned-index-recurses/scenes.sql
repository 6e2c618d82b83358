-- scene: one statement indexes all partitions
-- expect: partitioned-index-recurses@1
-- base
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2029 PARTITION OF events FOR VALUES FROM ('2029-01-01') TO ('2030-01-01');
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration index_kind
CREATE INDEX events_kind ON events (kind);

-- scene: partition by partition, while people write
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

-- scene: partitions that have partitions, an index without a name
-- expect: partitioned-index-recurses@1
-- base
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2029 PARTITION OF events FOR VALUES FROM ('2029-01-01') TO ('2030-01-01');
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
CREATE TABLE events_2031 PARTITION OF events FOR VALUES FROM ('2031-01-01') TO ('2032-01-01') PARTITION BY LIST (kind);
CREATE TABLE events_2031_sale PARTITION OF events_2031 FOR VALUES IN ('sale');
-- migration index_kind
CREATE INDEX ON events (kind, id);
