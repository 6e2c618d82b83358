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

-- scene: a type moves, and a new one
-- expect: set-schema@2
-- base
CREATE TYPE state AS ENUM ('new', 'paid');
CREATE TABLE orders (id bigint PRIMARY KEY, state state);
-- migration move
CREATE SCHEMA shop;
ALTER TYPE state SET SCHEMA shop;
CREATE TYPE kind AS ENUM ('a', 'b');
ALTER TYPE kind SET SCHEMA shop;
