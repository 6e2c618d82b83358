-- scene: the session has another time zone
-- expect: timestamp-to-timestamptz@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, at timestamp);
-- migration at
SET timezone = 'Europe/Zurich';
ALTER TABLE orders ALTER COLUMN at TYPE timestamptz;

-- scene: the migration says that moments are UTC
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, at timestamp);
-- migration at
SET LOCAL timezone = 'UTC';
ALTER TABLE orders ALTER COLUMN at TYPE timestamp with time zone;

-- scene: the time zone is left to chance
-- expect: timestamp-to-timestamptz@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, at timestamp(3), gone timestamptz);
-- migration at
ALTER TABLE orders ALTER COLUMN at TYPE timestamptz, ALTER COLUMN gone TYPE timestamp;

-- scene: a precision rewrites the table in every time zone
-- expect: type-rewrite@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, at timestamp(3));
-- migration at
SET LOCAL timezone = 'UTC';
ALTER TABLE orders ALTER COLUMN at TYPE timestamptz(3);
