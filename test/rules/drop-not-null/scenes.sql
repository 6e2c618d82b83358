-- scene: readers may meet a NULL
-- expect: drop-not-null@1
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
-- migration email
ALTER TABLE users ALTER COLUMN email DROP NOT NULL;

-- scene: it was nullable before
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration email
ALTER TABLE users ALTER COLUMN email DROP NOT NULL;

-- scene: the constraint is dropped by its name; another constraint
-- expect: drop-not-null@2, drop-not-null@3
-- majors: 18-99
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, name text CONSTRAINT named NOT NULL, age int NOT NULL);
CREATE TABLE bills (id bigint PRIMARY KEY, total int CONSTRAINT given NOT NULL);
-- migration open
SET lock_timeout = '2s';
ALTER TABLE users DROP CONSTRAINT users_email_not_null;
ALTER TABLE bills DROP CONSTRAINT given;
ALTER TABLE users ADD CONSTRAINT old CHECK (age > 0) NOT VALID;
ALTER TABLE users DROP CONSTRAINT old;
