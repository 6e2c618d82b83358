-- scene: a DO block drops a column and a table
-- expect: drop-in-code@1, drop-in-code@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE TABLE bills (id bigint PRIMARY KEY, total int);
-- migration away
DO $$ BEGIN EXECUTE format('ALTER TABLE %I DROP COLUMN note', 'orders'); END $$;
DO $$ BEGIN DROP TABLE IF EXISTS bills; END $$;

-- scene: a function renames a column
-- expect: drop-in-code@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE FUNCTION tidy() RETURNS void LANGUAGE plpgsql AS 'BEGIN ALTER TABLE orders RENAME COLUMN note TO remark; END';
-- migration away
SELECT tidy();

-- scene: code that adds, and statements that say what they drop
-- expect: drop-table@2, drop-column@3
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE TABLE bills (id bigint PRIMARY KEY, total int);
-- migration away
DO $$ BEGIN ALTER TABLE orders ADD COLUMN remark text; CREATE TABLE scratch (id int); DROP TABLE scratch; END $$;
DROP TABLE bills;
ALTER TABLE orders DROP COLUMN note;
