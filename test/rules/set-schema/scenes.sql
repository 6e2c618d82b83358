-- scene: a table moves
-- expect: set-schema@1
-- base
CREATE SCHEMA shop;
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration move
ALTER TABLE orders SET SCHEMA shop;

-- scene: a view stays in its place
-- base
CREATE SCHEMA shop;
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration move
ALTER TABLE public.orders SET SCHEMA shop;
CREATE VIEW public.orders AS SELECT * FROM shop.orders;
