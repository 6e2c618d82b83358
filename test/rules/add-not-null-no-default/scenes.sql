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
