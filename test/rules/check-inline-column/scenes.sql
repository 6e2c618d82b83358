-- scene: all rows are read although none has a value
-- expect: check-inline-column@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration rate
ALTER TABLE orders ADD COLUMN rate int CHECK (rate BETWEEN 0 AND 100);

-- scene: in three steps
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration rate
ALTER TABLE orders ADD COLUMN rate int;
-- migration rate_check
ALTER TABLE orders ADD CONSTRAINT rate CHECK (rate BETWEEN 0 AND 100) NOT VALID;
-- migration check_rate
ALTER TABLE orders VALIDATE CONSTRAINT rate;

-- scene: among other words
-- expect: check-inline-column@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration rate
ALTER TABLE orders ADD COLUMN rate int NOT NULL CONSTRAINT low CHECK (rate < 100) DEFAULT 5 CHECK (rate > 1);
