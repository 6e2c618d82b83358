-- scene: every INSERT must give the column from now on
-- expect: change-default@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL DEFAULT 0, note text);
-- migration total
ALTER TABLE orders ALTER COLUMN total DROP DEFAULT;

-- scene: another default, and a column that may stay empty
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL DEFAULT 0, note text DEFAULT '');
-- migration total
ALTER TABLE orders ALTER COLUMN total SET DEFAULT 1, ALTER COLUMN note DROP DEFAULT;

-- scene: the default only fills the rows that are there
-- expect: change-default@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL DEFAULT 0, note text);
-- migration state
ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new';
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;

-- scene: an identity takes over
-- base
CREATE SEQUENCE numbers;
CREATE TABLE orders (id bigint PRIMARY KEY DEFAULT nextval('numbers'), total int NOT NULL);
-- migration identity
ALTER TABLE orders ALTER COLUMN id DROP DEFAULT, ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY, ALTER COLUMN total DROP DEFAULT;
