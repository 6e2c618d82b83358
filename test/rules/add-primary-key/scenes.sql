-- scene: nobody can use the table until the index is built
-- expect: add-primary-key@1, unique-index-may-fail@1
-- base
CREATE TABLE log (id bigint NOT NULL, at timestamptz, kind text);
-- migration key
ALTER TABLE log ADD PRIMARY KEY (id);

-- scene: the index first, while everybody works
-- expect: unique-index-may-fail@index_id:1
-- base
CREATE TABLE log (id bigint NOT NULL, at timestamptz, kind text);
-- migration index_id
CREATE UNIQUE INDEX CONCURRENTLY log_pkey ON log (id);
-- migration key
ALTER TABLE log ADD CONSTRAINT log_pkey PRIMARY KEY USING INDEX log_pkey;

-- scene: columns that may be NULL
-- expect: add-primary-key@1, unique-index-may-fail@1
-- base
CREATE TABLE log (id bigint NOT NULL, at timestamptz, kind text);
-- migration key
ALTER TABLE log ADD CONSTRAINT "Key" PRIMARY KEY (id, at);

-- scene: another key takes the name of the old one
-- expect: add-primary-key@1, drop-constraint@1
-- base
CREATE TABLE members (id bigint CONSTRAINT key PRIMARY KEY, team bigint NOT NULL);
-- migration key
ALTER TABLE members DROP CONSTRAINT key, ADD CONSTRAINT key PRIMARY KEY (team, id);

-- scene: a partitioned table
-- expect: add-primary-key@1, unique-index-may-fail@1
-- base
CREATE TABLE days (id bigint DEFAULT 1, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE days_2 PARTITION OF days DEFAULT;
DELETE FROM days;
-- migration days
ALTER TABLE days ADD PRIMARY KEY (id, day);
