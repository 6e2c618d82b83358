-- scene: every row is read while nobody can use the table
-- expect: set-not-null-scan@1
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text DEFAULT '', name text);
UPDATE users SET email = '';
-- migration email
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- scene: before PostgreSQL 18, with the help of a CHECK
-- majors: 12-17
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text DEFAULT '', name text);
-- migration email_check
ALTER TABLE users ADD CONSTRAINT email_not_null CHECK (email IS NOT NULL) NOT VALID;
-- migration check_email
ALTER TABLE users VALIDATE CONSTRAINT email_not_null;
-- migration email
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT email_not_null;

-- scene: from PostgreSQL 18 on
-- majors: 18-99
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text DEFAULT '', name text);
-- migration email
ALTER TABLE users ADD CONSTRAINT email_not_null NOT NULL email NOT VALID;
-- migration check_email
ALTER TABLE users VALIDATE CONSTRAINT email_not_null;

-- scene: two columns among other actions
-- expect: set-not-null-scan@1
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text DEFAULT '', "Name" text DEFAULT 'a');
-- migration email
ALTER TABLE public.users ALTER email SET NOT NULL, ADD COLUMN note text, ALTER COLUMN "Name" SET NOT NULL;

-- scene: it is NOT NULL already
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
-- migration email
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- scene: a NOT NULL constraint with a name, checked at once
-- majors: 18-99
-- expect: set-not-null-scan@1
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text DEFAULT '');
-- migration email
ALTER TABLE users ADD CONSTRAINT has_email NOT NULL email;

-- scene: a new column that is computed when it is read
-- majors: 18-99
-- expect: set-not-null-scan@1
-- says: ADD CONSTRAINT has_taxed NOT NULL taxed NOT VALID
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration taxed
ALTER TABLE orders ADD note text, ADD COLUMN taxed int CONSTRAINT has_taxed NOT NULL GENERATED ALWAYS AS (total * 2);

-- scene: a NOT NULL constraint that children of the table do not have
-- majors: 18-99
-- expect: set-not-null-scan@1
-- says: ADD CONSTRAINT has_email NOT NULL email NO INHERIT NOT VALID
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text DEFAULT '');
-- migration email
ALTER TABLE users ADD CONSTRAINT has_email NOT NULL email NO INHERIT;

-- scene: NOT NULL already, though not for the old rows
-- majors: 18-99
-- expect: set-not-null-scan@1
-- says: VALIDATE CONSTRAINT with its name
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text DEFAULT '');
ALTER TABLE users ADD CONSTRAINT has_email NOT NULL email NOT VALID;
-- migration email
ALTER TABLE users ALTER email SET NOT NULL;

-- scene: NOT NULL as NOT VALID in the migration before
-- majors: 18-99
-- expect: set-not-null-scan@2:1
-- says: VALIDATE CONSTRAINT with its name
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text DEFAULT '');
-- migration 1
ALTER TABLE users ADD CONSTRAINT has_email NOT NULL email NOT VALID;
-- migration 2
ALTER TABLE users ALTER email SET NOT NULL;
