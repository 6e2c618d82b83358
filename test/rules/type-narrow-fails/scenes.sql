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

-- scene: one column, first longer, then shorter
-- expect: type-narrow-fails@2:1, type-rewrite@2:1
-- says: Changing code from character varying(20) to character varying(5) cuts off
-- says: Ask the target first, once code is character varying(20) there
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(10));
DELETE FROM orders;
-- migration 1
ALTER TABLE orders ALTER code TYPE varchar(20);
-- migration 2
ALTER TABLE orders ALTER code TYPE varchar(5) USING code::varchar(5);

-- scene: a text is read as a number, which becomes something else later
-- expect: type-narrow-fails@1:1, type-rewrite@1:1, type-rewrite@2:1
-- says: Changing paid from text to integer fails on the first value that is no integer
-- unsaid: no boolean
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, paid text);
-- migration 1
ALTER TABLE orders ALTER paid TYPE int USING paid::int;
-- migration 2
ALTER TABLE orders ALTER paid TYPE boolean USING (paid <> 0);

-- scene: bigger and back again: what is there fits
-- expect: type-rewrite@1:1, type-rewrite@2:1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration 1
ALTER TABLE orders ALTER total TYPE bigint;
-- migration 2
ALTER TABLE orders ALTER total TYPE int;
