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
