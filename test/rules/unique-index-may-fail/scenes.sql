-- scene: a column that nothing kept unique so far
-- expect: unique-index-may-fail@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration unique_email
CREATE UNIQUE INDEX CONCURRENTLY orders_email ON orders (email);

-- scene: a part of it is unique already
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration unique_email
CREATE UNIQUE INDEX CONCURRENTLY orders_email ON orders (id, email);

-- scene: an expression, for a part of the rows
-- expect: unique-index-may-fail@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration unique_email
CREATE UNIQUE INDEX CONCURRENTLY orders_email ON orders (lower(email), total) WHERE total > 100;

-- scene: a unique constraint
-- expect: unique-index-may-fail@1, add-unique-constraint@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration unique_email
ALTER TABLE orders ADD UNIQUE (email, total);

-- scene: rows of one room must not overlap
-- majors: 18-99
-- expect: unique-index-may-fail@1, add-unique-constraint@1
-- says: ON x.room = y.room AND x.during && y.during AND x.ctid < y.ctid
-- says: isempty(during)
-- unsaid: HAVING
-- unsaid: outside a transaction
-- base
CREATE TABLE stays (room int4range, during tstzrange);
CREATE UNIQUE INDEX ON stays (room, during);
-- migration apart
ALTER TABLE stays ADD UNIQUE (room, during WITHOUT OVERLAPS);
