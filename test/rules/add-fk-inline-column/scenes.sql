-- scene: every order gets a customer and is checked
-- expect: add-fk-inline-column@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
INSERT INTO customers VALUES (1, 'nobody');
-- migration payer
ALTER TABLE orders ADD COLUMN payer_id bigint NOT NULL DEFAULT 1 CONSTRAINT payer REFERENCES customers (id) ON DELETE CASCADE, ADD COLUMN paid bool;

-- scene: without a default there is nothing to check
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration payer
ALTER TABLE orders ADD COLUMN payer_id bigint REFERENCES customers (id);

-- scene: umlauts and quotes before it, a default behind it
-- expect: add-fk-inline-column@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE "Aufträge" (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
INSERT INTO customers VALUES (1, 'nobody');
-- migration payer
/* für */ ALTER TABLE "Aufträge" /* é */ ADD "zähler" bigint REFERENCES customers DEFAULT 1;
