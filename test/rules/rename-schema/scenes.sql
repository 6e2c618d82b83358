-- scene: a schema with a table
-- expect: rename-schema@1
-- base
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint PRIMARY KEY);
-- migration rename
ALTER SCHEMA shop RENAME TO store;

-- scene: an empty schema
-- base
CREATE SCHEMA shop;
-- migration rename
ALTER SCHEMA shop RENAME TO store;
