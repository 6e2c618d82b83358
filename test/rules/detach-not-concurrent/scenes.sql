-- scene: a partition is detached
-- expect: detach-not-concurrent@1
-- majors: 14-99
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration detach
ALTER TABLE events DETACH PARTITION events_2030;

-- scene: while others go on
-- majors: 14-99
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration detach (no transaction)
ALTER TABLE events DETACH PARTITION events_2030 CONCURRENTLY;

-- scene: beside a default partition there is no other way
-- expect: detach-not-concurrent@2
-- majors: 14-99
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
-- migration detach
SET lock_timeout = '2s';
ALTER TABLE events DETACH PARTITION events_2030;
