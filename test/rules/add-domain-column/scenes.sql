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

-- scene: a domain that is never NULL
-- expect: add-domain-column@1
-- says: Add size as integer; make it NOT NULL
-- unsaid: NOT VALID
-- base
CREATE DOMAIN size AS int NOT NULL;
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration size
ALTER TABLE orders ADD COLUMN size size DEFAULT 5;
