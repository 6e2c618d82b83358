-- scene: a rule on a table
-- expect: create-rule@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration keep
CREATE RULE keep AS ON DELETE TO orders DO INSTEAD NOTHING;

-- scene: a view, and a rule on it
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration all
CREATE VIEW all_orders AS SELECT * FROM orders;
CREATE RULE keep AS ON DELETE TO all_orders DO INSTEAD NOTHING;
