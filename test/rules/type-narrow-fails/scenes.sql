-- scene: texts must be short from now on
-- expect: type-narrow-fails@1, type-rewrite@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code text);
-- migration code
ALTER TABLE orders ALTER COLUMN code TYPE varchar(40);

-- scene: texts are read as identifiers, and the rehearsal's own are none
-- expect: type-narrow-fails@1, type-rewrite@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code text);
-- migration code
ALTER TABLE orders ALTER COLUMN code TYPE uuid USING code::uuid;

-- scene: the statement says itself what becomes of long texts
-- expect: type-rewrite@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code text);
-- migration code
ALTER TABLE orders ALTER COLUMN code TYPE varchar(4) USING left(code, 4);

-- scene: big numbers and small ones, a query for each column
-- expect: type-narrow-fails@1, type-narrow-fails@1, type-narrow-fails@1, type-rewrite@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, n bigint, price numeric(8,2), part numeric(6,2));
-- migration smaller
ALTER TABLE orders ALTER n TYPE int, ALTER price TYPE decimal(6, 2), ALTER part TYPE numeric(6,3);

-- scene: more room
-- expect: type-rewrite@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, n smallint, price numeric(8,2), note char(4));
-- migration bigger
ALTER TABLE orders ALTER n TYPE int, ALTER price TYPE numeric, ALTER note TYPE varchar(4);
