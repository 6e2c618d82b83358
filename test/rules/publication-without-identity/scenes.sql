-- scene: a table without a key is published
-- expect: publication-without-identity@1
-- base
CREATE TABLE log (at timestamptz, line text);
-- migration publish
CREATE PUBLICATION everything FOR TABLE log;

-- scene: a key, another identity, no changes sent
-- base
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE lines (id bigint);
CREATE TABLE log (id bigint);
-- migration publish
ALTER TABLE lines REPLICA IDENTITY FULL;
CREATE PUBLICATION changes FOR TABLE orders, lines;
CREATE PUBLICATION additions FOR TABLE log WITH (publish = 'insert');

-- scene: a new table where all are published
-- expect: publication-without-identity@1
-- base
CREATE PUBLICATION everything FOR ALL TABLES;
-- migration log
CREATE TABLE log (at timestamptz, line text);

-- scene: it was so before
-- base
CREATE TABLE log (at timestamptz, line text);
CREATE PUBLICATION everything FOR TABLE log;
-- migration line
ALTER TABLE log ADD COLUMN level int;
