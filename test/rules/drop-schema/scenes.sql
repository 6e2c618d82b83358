-- scene: a schema with a table
-- expect: drop-schema@1
-- base
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint PRIMARY KEY);
CREATE VIEW shop.all_orders AS SELECT * FROM shop.orders;
-- migration away
DROP SCHEMA shop CASCADE;

-- scene: an empty schema
-- base
CREATE SCHEMA shop;
-- migration away
DROP SCHEMA shop;

-- scene: a schema with functions only
-- expect: drop-schema@1
-- base
CREATE SCHEMA shop;
CREATE FUNCTION shop.one() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- migration away
DROP SCHEMA shop CASCADE;
