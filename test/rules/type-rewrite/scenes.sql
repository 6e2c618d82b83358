-- scene: integers become bigger integers
-- expect: type-rewrite@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL DEFAULT 0);
-- migration total
ALTER TABLE orders ALTER COLUMN total TYPE bigint;

-- scene: longer, unlimited, more digits: nothing is touched
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(10), note varchar(20), price numeric(8,2), at timestamp(3));
CREATE INDEX orders_code ON orders (code);
-- migration wider
ALTER TABLE orders ALTER code TYPE varchar(40), ALTER note TYPE text, ALTER price TYPE numeric(12,2), ALTER at TYPE timestamp;

-- scene: another column of the statement is what costs
-- expect: type-rewrite@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(10), total int);
-- migration wider
ALTER TABLE orders ALTER code TYPE text, ALTER total TYPE bigint;

-- scene: a key that an index and a view depend on
-- expect: type-rewrite@1
-- base
CREATE TABLE orders (id int PRIMARY KEY, total int);
-- migration id
ALTER TABLE orders ALTER COLUMN id SET DATA TYPE bigint;

-- scene: texts are read as numbers
-- expect: type-narrow-fails@1, type-rewrite@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, "Code" text CHECK (id > 0));
DELETE FROM orders;
-- migration code
ALTER TABLE orders ALTER "Code" TYPE int USING "Code"::int;

-- scene: the table is new as well
-- migration orders
CREATE TABLE orders (id int PRIMARY KEY);
ALTER TABLE orders ALTER id TYPE bigint;
