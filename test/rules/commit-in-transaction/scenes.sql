-- scene: the tool's transaction is committed half-way
-- expect: commit-in-transaction@2
-- migration orders (in a transaction)
CREATE TABLE orders (id bigint PRIMARY KEY);
COMMIT;
CREATE TABLE customers (id bigint PRIMARY KEY);

-- scene: the tool's transaction is rolled back
-- expect: commit-in-transaction@3
-- migration orders (in a transaction)
BEGIN;
CREATE TABLE orders (id bigint PRIMARY KEY);
ROLLBACK;

-- scene: a transaction of the migration's own
-- migration orders (no transaction)
BEGIN;
CREATE TABLE orders (id bigint PRIMARY KEY);
COMMIT;

-- scene: savepoints end nothing
-- migration orders (in a transaction)
SAVEPOINT a;
CREATE TABLE orders (id bigint PRIMARY KEY);
ROLLBACK TO SAVEPOINT a;
RELEASE SAVEPOINT a;
