-- scene: dropped, and renamed
-- expect: drop-function@1, drop-function@2
-- base
CREATE FUNCTION price(bigint) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE refill(amount int) LANGUAGE sql AS 'SELECT 1';
-- migration away
DROP FUNCTION price(bigint);
ALTER PROCEDURE refill(int) RENAME TO refill_all;

-- scene: with other parameters, a trigger's function, a new one, one that was not there
-- base
CREATE FUNCTION price(bigint) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
-- migration away
DROP FUNCTION price(bigint);
CREATE FUNCTION price(bigint, currency text DEFAULT 'EUR') RETURNS int LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION stamp();
CREATE FUNCTION fresh() RETURNS int LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION fresh();
DROP FUNCTION IF EXISTS nothing(int);
