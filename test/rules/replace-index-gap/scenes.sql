-- scene: first the old one goes
-- expect: replace-index-gap@build:1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE INDEX orders_total ON orders (total);
-- migration drop (no transaction)
DROP INDEX CONCURRENTLY orders_total;
-- migration build (no transaction)
CREATE INDEX CONCURRENTLY orders_total ON orders (total, note);

-- scene: first the new one comes
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE INDEX orders_total ON orders (total);
CREATE INDEX orders_note ON orders (note);
-- migration build (no transaction)
CREATE INDEX CONCURRENTLY orders_total_note ON orders (total, note);
-- migration drop (no transaction)
DROP INDEX CONCURRENTLY orders_total;
-- migration another (no transaction)
CREATE INDEX CONCURRENTLY orders_id_note ON orders (id, note);

-- scene: another index serves meanwhile
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
CREATE INDEX orders_total ON orders (total);
CREATE INDEX orders_total_id ON orders (total, id);
-- migration drop (no transaction)
DROP INDEX CONCURRENTLY orders_total;
-- migration build (no transaction)
CREATE INDEX CONCURRENTLY orders_total_note ON orders (total, note);
