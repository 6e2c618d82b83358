-- scene: a json column on a table in use
-- expect: add-json@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration extra
ALTER TABLE orders ADD COLUMN extra json;

-- scene: a jsonb column, and a new table with json
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration extra
ALTER TABLE orders ADD COLUMN extra jsonb;
CREATE TABLE extras (id bigint PRIMARY KEY, extra json);
