-- scene: nobody can read it any more
-- expect: drop-view@1, drop-view@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE VIEW big_orders AS SELECT * FROM orders WHERE total > 1000;
CREATE MATERIALIZED VIEW totals AS SELECT sum(total) AS total FROM orders;
-- migration away
DROP VIEW IF EXISTS big_orders;
DROP MATERIALIZED VIEW totals;

-- scene: it comes back with less
-- expect: drop-view@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE VIEW big_orders AS SELECT * FROM orders WHERE total > 1000;
GRANT SELECT ON big_orders TO PUBLIC;
-- migration anew (in a transaction)
DROP VIEW big_orders;
CREATE VIEW big_orders AS SELECT id FROM orders WHERE total > 1000;

-- scene: it comes back a transaction later
-- expect: drop-view@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE VIEW big_orders AS SELECT * FROM orders WHERE total > 1000;
-- migration anew (no transaction)
DROP VIEW big_orders;
CREATE VIEW big_orders AS SELECT * FROM orders WHERE total > 2000;

-- scene: created anew in one transaction, replaced, not there, new
-- expect: statement-after-access-exclusive@4
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE VIEW big_orders AS SELECT * FROM orders WHERE total > 1000;
CREATE MATERIALIZED VIEW totals AS SELECT sum(total) AS total FROM orders;
CREATE VIEW small_orders AS SELECT * FROM orders WHERE total < 10;
-- migration anew (in a transaction)
DROP VIEW big_orders;
CREATE VIEW public.big_orders AS SELECT id, total, 1 AS one FROM orders WHERE total > 2000;
DROP MATERIALIZED VIEW totals;
CREATE MATERIALIZED VIEW totals AS SELECT sum(total) AS total FROM orders;
CREATE OR REPLACE VIEW small_orders AS SELECT * FROM orders WHERE total < 20;
DROP VIEW IF EXISTS nothing;
CREATE VIEW fresh AS SELECT 1 AS one;
DROP VIEW fresh;
