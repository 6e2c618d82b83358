-- scene: a parameter more, with a default
-- expect: function-overload-trap@1
-- base
CREATE FUNCTION price(item bigint) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- migration price
CREATE OR REPLACE FUNCTION price(item bigint, currency text DEFAULT 'EUR') RETURNS int LANGUAGE sql AS 'SELECT 2';

-- scene: another type
-- expect: function-overload-trap@1
-- base
CREATE FUNCTION price(item int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- migration price
CREATE OR REPLACE FUNCTION price(item bigint) RETURNS int LANGUAGE sql AS 'SELECT 2';

-- scene: not said to replace, and yet calls are not unique
-- expect: function-overload-trap@1
-- base
CREATE PROCEDURE shop(item bigint, amount int DEFAULT 1) LANGUAGE sql AS 'SELECT 1';
-- migration price
CREATE PROCEDURE shop(item bigint) LANGUAGE sql AS 'SELECT 2';

-- scene: replaced indeed; the old one goes; meant to be a second one; a family of functions
-- base
CREATE FUNCTION price(item int8, tags varchar(10)[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION rate(item bigint) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION tax(item bigint) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION text_of(item bigint) RETURNS text LANGUAGE sql AS 'SELECT 1::text';
CREATE FUNCTION text_of(item date) RETURNS text LANGUAGE sql AS 'SELECT 1::text';
CREATE SCHEMA shop;
-- migration price
CREATE OR REPLACE FUNCTION public.price(item bigint, tags character varying[]) RETURNS int LANGUAGE sql AS 'SELECT 2';
DROP FUNCTION rate(bigint);
CREATE OR REPLACE FUNCTION rate(item bigint, currency text DEFAULT 'EUR') RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION tax(item text) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE OR REPLACE FUNCTION text_of(item boolean) RETURNS text LANGUAGE sql AS 'SELECT 1::text';
CREATE OR REPLACE FUNCTION shop.tax(item bigint, rate int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 2';
