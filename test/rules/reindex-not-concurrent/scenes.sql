-- scene: the indexes of a table that people use
-- expect: reindex-not-concurrent@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration reindex
REINDEX TABLE orders;

-- scene: they are rebuilt while people read and write
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration reindex
REINDEX TABLE CONCURRENTLY orders;

-- scene: one index, with options
-- expect: reindex-not-concurrent@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration reindex
REINDEX (VERBOSE) INDEX orders_pkey;

-- scene: every index of a schema
-- expect: reindex-not-concurrent@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration reindex (no transaction)
REINDEX SCHEMA public;
