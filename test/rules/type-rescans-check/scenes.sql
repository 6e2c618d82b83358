-- scene: a longer varchar, but a check speaks of it
-- expect: type-rescans-check@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(10) CONSTRAINT "Code is there" CHECK (code <> ''), UNIQUE (code));
-- migration longer
ALTER TABLE ONLY orders ALTER COLUMN code TYPE varchar(40);

-- scene: a check that speaks of another column, and one that is not validated
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(10), n int CHECK (n > 0));
ALTER TABLE orders ADD CONSTRAINT later CHECK (code <> '') NOT VALID;
-- migration longer
ALTER TABLE orders ALTER COLUMN code TYPE varchar(40);
