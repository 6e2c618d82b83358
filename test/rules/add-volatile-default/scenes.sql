-- scene: every row gets a random value of its own
-- expect: add-volatile-default@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration token
ALTER TABLE orders ADD COLUMN token float NOT NULL DEFAULT random();

-- scene: a constant, and a function with one value for the whole statement
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration made
ALTER TABLE orders ADD COLUMN made timestamptz NOT NULL DEFAULT now(), ADD COLUMN state text DEFAULT 'new';

-- scene: a function of one's own, among other actions
-- expect: add-volatile-default@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
CREATE FUNCTION code() RETURNS text LANGUAGE sql AS $$ SELECT md5(random()::text) $$;
-- migration code
ALTER TABLE ONLY orders ADD COLUMN note text, ADD COLUMN code varchar(40) DEFAULT left(code(), 10), ALTER COLUMN total SET DEFAULT 0;

-- scene: what rewrites the table is another column
-- expect: type-rewrite@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration made
ALTER TABLE orders ADD COLUMN made timestamptz DEFAULT now(), ALTER COLUMN total TYPE bigint;

-- scene: the rows lie in partitions
-- expect: add-volatile-default@1
-- base
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration token
ALTER TABLE events ADD COLUMN token float DEFAULT random();

-- scene: the table is new as well
-- migration orders
CREATE TABLE orders (id bigint PRIMARY KEY);
ALTER TABLE orders ADD COLUMN token float DEFAULT random();
