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
