-- scene: a table with data
-- expect: drop-table@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration away
DROP TABLE orders;

-- scene: a table that no one knows yet, and one that never was
-- migration away
CREATE TABLE drafts (id bigint PRIMARY KEY);
DROP TABLE drafts;
DROP TABLE IF EXISTS orders;

-- scene: it is made anew
-- expect: drop-table@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration again
DROP TABLE IF EXISTS orders;
CREATE TABLE orders (id bigint PRIMARY KEY, total int);

-- scene: a foreign table, whose rows are elsewhere
-- expect: drop-table@1
-- base
CREATE FOREIGN DATA WRAPPER far;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER far;
CREATE FOREIGN TABLE remote_orders (id bigint) SERVER elsewhere;
-- migration away
DROP FOREIGN TABLE remote_orders;
