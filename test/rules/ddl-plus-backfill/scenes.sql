-- scene: a new column is filled where it is added
-- expect: ddl-plus-backfill@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
-- migration paid
ALTER TABLE orders ADD COLUMN paid bool;
UPDATE orders SET paid = total > 0;

-- scene: another table is locked meanwhile
-- expect: ddl-plus-backfill@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE TABLE customers (id bigint PRIMARY KEY, name text);
-- migration note (in a transaction)
ALTER TABLE customers ADD COLUMN note text;
UPDATE orders AS o SET note = lower(o.note), total = 0 WHERE o.total < 0;

-- scene: first the rows, then the table
-- expect: ddl-plus-backfill@1, set-not-null-scan@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
-- migration total
UPDATE orders SET total = 0 WHERE total IS NULL;
ALTER TABLE orders ALTER COLUMN total SET NOT NULL;

-- scene: a row by its key; rows of a new table; a migration of its own
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code text UNIQUE, total int, note text);
-- migration paid
ALTER TABLE orders ADD COLUMN paid bool;
UPDATE orders SET paid = true WHERE code = 'A-1';
UPDATE orders SET paid = true WHERE id IN (1, 2, 3) AND total > 0;
UPDATE orders SET paid = v.paid FROM (VALUES ('A-1', true), ('A-2', false)) AS v (code, paid) WHERE orders.code = v.code;
CREATE TABLE sums (id bigint PRIMARY KEY, total int);
UPDATE sums SET total = 0 WHERE total IS NULL;
-- migration fill
UPDATE orders SET paid = false WHERE paid IS NULL;
