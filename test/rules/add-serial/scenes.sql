-- scene: a serial column on a table in use
-- expect: add-serial@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration number
ALTER TABLE orders ADD COLUMN number bigserial;

-- scene: a plain column with a sequence for new rows
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration number
CREATE SEQUENCE orders_number_seq;
ALTER TABLE orders ADD COLUMN number bigint;
ALTER TABLE orders ALTER COLUMN number SET DEFAULT nextval('orders_number_seq');

-- scene: names that need quotes
-- expect: add-serial@1
-- base
CREATE SCHEMA "Shop";
CREATE TABLE "Shop"."Orders" (id bigint PRIMARY KEY);
-- migration number
ALTER TABLE "Shop"."Orders" ADD COLUMN "The number" serial NOT NULL;
