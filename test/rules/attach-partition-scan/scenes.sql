-- scene: every row is looked at
-- expect: attach-partition-scan@1
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
CREATE TABLE apart (id bigint, day date NOT NULL CHECK (day >= '2029-01-01' AND day <> '2032-01-01' AND day < '2032-01-01'));
DELETE FROM apart WHERE day < '2031-01-01';
-- migration attach
ALTER TABLE events ATTACH PARTITION apart FOR VALUES FROM ('2028-01-01') TO ('2030-01-01');

-- scene: a check proves where the rows belong
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
CREATE TABLE apart (id bigint, day date NOT NULL, CHECK (day >= '2031-01-01' AND day < '2032-01-01'));
-- migration attach
ALTER TABLE events ATTACH PARTITION apart FOR VALUES FROM ('2031-01-01') TO ('2032-01-01');

-- scene: an index and a key are built on it
-- expect: attach-partition-scan@1
-- base
CREATE TABLE bins (id bigint, kind int, note text, PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
CREATE INDEX bins_note ON bins (note);
CREATE TABLE bins_1 (id bigint NOT NULL, kind int NOT NULL, note text, CHECK (kind = 1));
-- migration attach
ALTER TABLE bins ATTACH PARTITION bins_1 FOR VALUES IN (1);

-- scene: the table is new as well
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration attach
CREATE TABLE events_2031 (LIKE events);
ALTER TABLE events ATTACH PARTITION events_2031 FOR VALUES FROM ('2031-01-01') TO ('2032-01-01');

-- scene: a foreign key of the partitioned table is checked
-- rows: 0
-- expect: attach-partition-scan@1
-- base
CREATE TABLE kinds (id bigint PRIMARY KEY);
CREATE TABLE bins (id bigint, kind int, "Kind" bigint REFERENCES kinds ON DELETE CASCADE) PARTITION BY LIST (kind);
CREATE INDEX ON bins ("Kind");
CREATE TABLE bins_1 (id bigint, kind int NOT NULL CHECK (kind = 1), "Kind" bigint);
CREATE INDEX ON bins_1 ("Kind");
-- migration attach
ALTER TABLE bins ATTACH PARTITION bins_1 FOR VALUES IN (1);

-- scene: the table has the foreign key already
-- rows: 0
-- base
CREATE TABLE kinds (id bigint PRIMARY KEY);
CREATE TABLE bins (id bigint, kind int, of bigint REFERENCES kinds) PARTITION BY LIST (kind);
CREATE INDEX ON bins (of);
CREATE TABLE bins_1 (id bigint, kind int NOT NULL CHECK (kind = 1), of bigint REFERENCES kinds);
CREATE INDEX ON bins_1 (of);
-- migration attach
ALTER TABLE bins ATTACH PARTITION bins_1 FOR VALUES IN (1);

-- scene: the default partition comes back
-- rows: 0
-- expect: detach-not-concurrent@away:1, attach-partition-scan@back:1
-- majors: 14-99
-- base
CREATE TABLE bins (id bigint, kind int) PARTITION BY LIST (kind);
CREATE TABLE bins_1 PARTITION OF bins FOR VALUES IN (1);
CREATE TABLE bins_rest PARTITION OF bins DEFAULT;
-- migration away
ALTER TABLE bins DETACH PARTITION bins_rest;
-- migration back
ALTER TABLE bins ATTACH PARTITION bins_rest DEFAULT;
