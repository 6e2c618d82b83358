-- scene: a new partition beside a default partition
-- expect: attach-scans-default@1
-- base
CREATE TABLE bins (id bigint, kind int) PARTITION BY LIST (kind);
CREATE TABLE bins_rest PARTITION OF bins DEFAULT;
-- migration bin
CREATE TABLE bins_77 PARTITION OF bins FOR VALUES IN (77, 78);

-- scene: an attached one
-- expect: attach-scans-default@2
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_rest PARTITION OF events DEFAULT;
-- migration attach
CREATE TABLE events_2050 (LIKE events);
ALTER TABLE events ATTACH PARTITION events_2050 FOR VALUES FROM ('2050-01-01') TO (MAXVALUE);

-- scene: a check excludes the new bounds
-- base
CREATE TABLE bins (id bigint, kind int) PARTITION BY LIST (kind);
CREATE TABLE bins_rest PARTITION OF bins DEFAULT;
ALTER TABLE bins_rest ADD CHECK (kind IS NULL OR kind <> 77);
-- migration bin
CREATE TABLE bins_77 (LIKE bins);
ALTER TABLE bins ATTACH PARTITION bins_77 FOR VALUES IN (77);

-- scene: a default partition that is partitioned itself
-- expect: attach-scans-default@2
-- base
CREATE TABLE bins (id bigint, kind int) PARTITION BY LIST (kind);
CREATE TABLE bins_rest PARTITION OF bins DEFAULT PARTITION BY RANGE (id);
CREATE TABLE bins_rest_low PARTITION OF bins_rest FOR VALUES FROM (MINVALUE) TO (1000000);
CREATE TABLE bins_rest_high PARTITION OF bins_rest DEFAULT;
-- migration attach
CREATE TABLE bins_77 (LIKE bins);
ALTER TABLE bins ATTACH PARTITION bins_77 FOR VALUES IN (77);

-- scene: one beside it that is created in place
-- expect: attach-scans-default@1
-- base
CREATE TABLE bins (id bigint, kind int) PARTITION BY LIST (kind);
CREATE TABLE bins_rest PARTITION OF bins DEFAULT PARTITION BY RANGE (id);
CREATE TABLE bins_rest_low PARTITION OF bins_rest FOR VALUES FROM (MINVALUE) TO (1000000);
-- migration bin
CREATE TABLE bins_77 PARTITION OF bins FOR VALUES IN (77, 78);
