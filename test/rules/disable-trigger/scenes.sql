-- scene: foreign keys hold no longer
-- expect: disable-trigger@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER orders_stamp BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
-- migration trigger
ALTER TABLE orders DISABLE TRIGGER ALL;

-- scene: the same transaction enables it again
-- expect: disable-trigger@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER orders_stamp BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
-- migration trigger
ALTER TABLE orders DISABLE TRIGGER orders_stamp;
INSERT INTO orders VALUES (1000001, 1);
ALTER TABLE orders ENABLE TRIGGER orders_stamp;

-- scene: a trigger is enabled
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER orders_stamp BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
-- migration trigger
ALTER TABLE orders ENABLE ALWAYS TRIGGER orders_stamp;

-- scene: all triggers and foreign keys are switched off for the session
-- expect: disable-trigger@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration copy
SET session_replication_role = replica;
UPDATE orders SET total = 2 WHERE id = 3;

-- scene: until they are switched on again
-- expect: disable-trigger@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration copy
SET session_replication_role = 'replica';
UPDATE orders SET total = 2 WHERE id = 3;
SET session_replication_role = DEFAULT;
SET session_replication_role = origin;

-- scene: all triggers, but foreign keys hold on
-- expect: disable-trigger@1
-- says: All triggers of public.orders do nothing from then on; its foreign keys still hold.
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration trigger
ALTER TABLE orders DISABLE TRIGGER USER;
