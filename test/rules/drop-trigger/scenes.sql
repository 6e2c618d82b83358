-- scene: it no longer runs
-- expect: drop-trigger@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER orders_stamp BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
-- migration trigger
DROP TRIGGER orders_stamp ON orders;

-- scene: it is made anew
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER orders_stamp BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
-- migration trigger
DROP TRIGGER IF EXISTS orders_stamp ON orders;
CREATE TRIGGER orders_stamp BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
