-- scene: rows of a year go
-- expect: drop-partition@1
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration away
DROP TABLE events_2030;

-- scene: it was detached before
-- expect: drop-table@away:1
-- majors: 14-99
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration detach (no transaction)
ALTER TABLE events DETACH PARTITION events_2030 CONCURRENTLY;
-- migration away
DROP TABLE events_2030;

-- scene: the whole table goes
-- expect: drop-table@1
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration away
DROP TABLE events;
