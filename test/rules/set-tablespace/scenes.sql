-- scene: to another tablespace, and back with all others there
-- expect: set-tablespace@3, set-tablespace@4
-- majors: 15-99
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration tablespace (no transaction)
SET allow_in_place_tablespaces = on;
CREATE TABLESPACE lockkeeper_scene LOCATION '';
ALTER TABLE orders SET TABLESPACE lockkeeper_scene;
ALTER TABLE ALL IN TABLESPACE lockkeeper_scene SET TABLESPACE pg_default;
DROP TABLESPACE lockkeeper_scene;

-- scene: the tablespace that it has
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration tablespace
ALTER TABLE orders SET TABLESPACE pg_default;
