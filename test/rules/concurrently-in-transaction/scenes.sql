-- scene: a tool that puts every file into a transaction
-- expect: concurrently-in-transaction@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration index_email (in a transaction)
CREATE INDEX CONCURRENTLY orders_email ON orders (email);

-- scene: outside a transaction, alone in its file
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration index_email (no transaction)
CREATE INDEX CONCURRENTLY orders_email ON orders (email);

-- scene: two statements in one message are a transaction as well
-- expect: concurrently-in-transaction@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
CREATE INDEX orders_email ON orders (email);
-- migration drop_index (one message)
SET lock_timeout = '2min';
DROP INDEX CONCURRENTLY orders_email;

-- scene: a transaction that the script begins by itself
-- expect: concurrently-in-transaction@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, email text NOT NULL, total int NOT NULL);
-- migration reindex (no transaction)
BEGIN;
REINDEX TABLE CONCURRENTLY orders;
COMMIT;
