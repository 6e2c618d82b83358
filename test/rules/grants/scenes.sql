-- scene: everybody
-- expect: grants@1, grants@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration grant
GRANT SELECT, INSERT ON orders TO PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;

-- scene: one role, one table; functions, which are everybody's anyway; taking away
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- migration grant
GRANT SELECT ON orders TO CURRENT_USER;
GRANT EXECUTE ON FUNCTION one() TO PUBLIC;
REVOKE ALL ON orders FROM PUBLIC;

-- scene: everything in a schema
-- expect: grants@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration grant
GRANT ALL ON ALL TABLES IN SCHEMA public TO CURRENT_USER;
