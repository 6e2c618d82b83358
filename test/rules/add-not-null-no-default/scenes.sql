-- scene: a column that every row must have, and none has
-- expect: add-not-null-no-default@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration state
ALTER TABLE orders ADD COLUMN state text NOT NULL, ADD COLUMN note text;

-- scene: a constant default
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration state
ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new';

-- scene: the table was emptied before, but not on production
-- expect: ddl-plus-backfill@1, add-not-null-no-default@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration state
DELETE FROM orders WHERE id > 0;
ALTER TABLE orders ADD COLUMN state point NOT NULL;

-- scene: the table is new as well
-- migration orders
CREATE TABLE orders (id bigint PRIMARY KEY);
ALTER TABLE orders ADD COLUMN state text NOT NULL;

-- scene: a column that is computed when it is read needs no default, but every row is read
-- majors: 18-99
-- expect: set-not-null-scan@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration taxed
ALTER TABLE orders ADD COLUMN taxed int GENERATED ALWAYS AS (total * 2) VIRTUAL NOT NULL;
