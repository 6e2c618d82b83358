-- scene: the unique constraint has an index already
-- expect: duplicate-index@1
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
-- migration index_email
CREATE INDEX CONCURRENTLY users_by_email ON users (email);

-- scene: another order, another part of the rows
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
-- migration index_email
CREATE INDEX CONCURRENTLY users_by_email ON users (email DESC);
-- migration index_active
CREATE INDEX CONCURRENTLY users_active ON users (email) WHERE id > 0;

-- scene: the same index twice in one pull request
-- expect: duplicate-index@two:1
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration one
CREATE INDEX CONCURRENTLY users_email ON users (email);
-- migration two
CREATE INDEX CONCURRENTLY users_email_again ON users (email);

-- scene: neither has a name of its own
-- expect: duplicate-index@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE INDEX ON orders (total);
-- migration index (no transaction)
CREATE INDEX CONCURRENTLY ON orders (total);
