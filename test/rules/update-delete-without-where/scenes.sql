-- scene: every row is written
-- expect: update-delete-without-where@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
-- migration note
UPDATE orders SET note = upper(note);

-- scene: nothing is left, also from inside WITH
-- expect: update-delete-without-where@1, update-delete-without-where@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE TABLE archive (id bigint PRIMARY KEY, total int, note text);
-- migration clean
DELETE FROM archive WHERE 1 = 1;
WITH moved AS (DELETE FROM orders RETURNING *) INSERT INTO archive SELECT * FROM moved;

-- scene: a new column is filled
-- expect: update-delete-without-where@fill:1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
-- migration paid
ALTER TABLE orders ADD COLUMN paid bool;
-- migration fill
UPDATE orders SET paid = (total > 0);

-- scene: some rows; a table that is new; a temporary one
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
-- migration note
UPDATE orders SET note = '' WHERE note IS NULL;
DELETE FROM orders WHERE id > 1000;
CREATE TABLE copies AS SELECT * FROM orders;
UPDATE copies SET note = '';
CREATE TEMP TABLE scratch AS SELECT id FROM orders;
DELETE FROM scratch;
