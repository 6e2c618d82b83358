-- scene: a table becomes unlogged
-- expect: set-logged@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration unlogged
ALTER TABLE orders SET UNLOGGED;

-- scene: it is already
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration logged
ALTER TABLE orders SET LOGGED;
