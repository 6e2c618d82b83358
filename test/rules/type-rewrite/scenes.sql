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

-- scene: a domain with a check, which a new column cannot have either without a rewrite
-- expect: type-rewrite@1
-- says: Leave total as integer, and give the table positive_check CHECK ((total > 0)) with NOT VALID
-- unsaid: ADD COLUMN
-- base
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
UPDATE orders SET total = 1;
-- migration total
ALTER TABLE orders ALTER total TYPE positive;

-- scene: a type that gets another name before
-- expect: type-rewrite@3
-- says: Changing state from public.state_old to public.state rewrites
-- base
CREATE TYPE state AS ENUM ('new', 'done');
CREATE TABLE orders (id bigint PRIMARY KEY, state state);
-- migration state
ALTER TYPE state RENAME TO state_old;
CREATE TYPE state AS ENUM ('new', 'done', 'lost');
ALTER TABLE orders ALTER state TYPE state USING state::text::state;

-- scene: other values of the same type
-- expect: type-rewrite@1
-- says: Changing the values of total rewrites public.orders
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration total
ALTER TABLE orders ALTER total TYPE int USING total / 100;

-- scene: one column, step by step
-- expect: type-rewrite@1:1, rename-column@2:1, type-rewrite@2:2
-- says: Changing at from timestamp without time zone to timestamp with time zone rewrites
-- says: Changing moment from timestamp with time zone to date, price from numeric to numeric(10,2) rewrites
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, price numeric(8,2), at timestamp);
-- migration 0
ALTER TABLE orders ALTER price TYPE numeric;
-- migration 1
ALTER TABLE orders ALTER at TYPE timestamptz USING at AT TIME ZONE 'UTC';
-- migration 2
ALTER TABLE orders RENAME at TO moment;
ALTER TABLE orders ALTER moment TYPE date, ALTER price TYPE numeric(10,2);
