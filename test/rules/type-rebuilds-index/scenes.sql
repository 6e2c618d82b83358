-- scene: another collation for a column with an index
-- expect: type-rebuilds-index@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code text);
CREATE INDEX orders_code ON orders (code, id);
-- migration collation
ALTER TABLE orders ALTER COLUMN code TYPE text COLLATE "C";

-- scene: another collation for a column without one
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code text);
-- migration collation
ALTER TABLE orders ALTER COLUMN code TYPE text COLLATE "C";

-- scene: of a longer varchar's indexes only that on an expression, also one of an earlier migration
-- expect: type-rebuilds-index@longer:1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(64), place varchar(64));
CREATE INDEX orders_plain ON orders (place, code);
CREATE TABLE bills (id bigint PRIMARY KEY, code varchar(64));
CREATE INDEX bills_plain ON bills (code);
-- migration index
CREATE INDEX CONCURRENTLY orders_expression ON orders ((place || code));
-- migration longer
ALTER TABLE orders ALTER COLUMN code TYPE varchar(128);
ALTER TABLE bills ALTER COLUMN code TYPE varchar(128);

-- scene: a unique index, and one that cannot go by itself
-- expect: type-rebuilds-index@1
-- says: Until then nothing keeps duplicates from what orders_lower keeps unique
-- says: orders_code_key cannot go without its constraint
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(10) UNIQUE);
CREATE UNIQUE INDEX orders_lower ON orders (lower(code));
-- migration code
ALTER TABLE orders ALTER code TYPE varchar(10) COLLATE "C";
