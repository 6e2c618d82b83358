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

-- scene: the index of the replica identity goes
-- expect: publication-without-identity@drop:1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, number int NOT NULL);
CREATE UNIQUE INDEX orders_number ON orders (number);
ALTER TABLE orders REPLICA IDENTITY USING INDEX orders_number;
CREATE PUBLICATION changes FOR TABLE orders;
-- migration drop (no transaction)
DROP INDEX CONCURRENTLY orders_number;
-- migration notes
CREATE TABLE notes (id bigint PRIMARY KEY);

-- scene: the replica identity is switched off
-- expect: publication-without-identity@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE PUBLICATION changes FOR TABLE orders;
-- migration off
SET lock_timeout = '2s';
ALTER TABLE orders REPLICA IDENTITY NOTHING;

-- scene: WHERE and lists of columns that do not fit
-- expect: publication-without-identity@1, publication-without-identity@2
-- majors: 15-99
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, number int NOT NULL);
CREATE TABLE bills (id bigint PRIMARY KEY, number int NOT NULL);
CREATE PUBLICATION changes FOR TABLE bills;
-- migration publish
CREATE PUBLICATION few FOR TABLE orders WHERE (number > 3);
ALTER PUBLICATION changes SET TABLE bills (number);

-- scene: those that fit
-- majors: 15-99
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, "Number" int NOT NULL);
CREATE TABLE bills (id bigint PRIMARY KEY, number int NOT NULL);
CREATE UNIQUE INDEX bills_number ON bills (number);
CREATE TABLE notes (id bigint PRIMARY KEY, number int NOT NULL);
-- migration publish
SET lock_timeout = '2s';
ALTER TABLE bills REPLICA IDENTITY USING INDEX bills_number;
ALTER TABLE notes REPLICA IDENTITY FULL;
CREATE PUBLICATION few FOR TABLE orders ("Number", id) WHERE (id > 3), bills (number) WHERE (number > 3), notes WHERE (number > 3);
CREATE PUBLICATION additions FOR TABLE orders ("Number") WITH (publish = 'insert');
