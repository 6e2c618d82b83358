-- scene: a domain with a check, without a default
-- expect: add-domain-column@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
CREATE DOMAIN quantity AS int CHECK (VALUE > 0);
-- migration amount
ALTER TABLE orders ADD COLUMN amount quantity;

-- scene: a domain without a check
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
CREATE DOMAIN quantity AS int;
-- migration amount
ALTER TABLE orders ADD COLUMN amount quantity;
