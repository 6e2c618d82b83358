-- scene: a partition for next year
-- expect: create-partition-of@1
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration next
CREATE TABLE events_2031 PARTITION OF events FOR VALUES FROM ('2031-01-01') TO ('2032-01-01');

-- scene: created by itself, then attached
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration next
CREATE TABLE events_2031 (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE events ATTACH PARTITION events_2031 FOR VALUES FROM ('2031-01-01') TO ('2032-01-01');

-- scene: with keys, indexes and a default
-- expect: create-partition-of@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE events (id bigint, day date NOT NULL DEFAULT '2030-05-05', n int CHECK (n > 0), customer bigint REFERENCES customers, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
CREATE INDEX events_n ON events (n, (n * 2));
-- migration next
CREATE TABLE "Events of 2031" PARTITION OF events FOR VALUES FROM ('2031-01-01') TO ('2032-01-01');

-- scene: the partitioned table is new as well
-- migration events
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
