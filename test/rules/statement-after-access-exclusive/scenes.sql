-- scene: a new column, and its values in the same transaction
-- expect: ddl-plus-backfill@2
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration paid
ALTER TABLE orders ADD COLUMN paid bool;
UPDATE orders SET paid = total > 0;

-- scene: the values come in a migration of their own
-- expect: update-delete-without-where@fill_paid:1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration paid
ALTER TABLE orders ADD COLUMN paid bool;
-- migration fill_paid
UPDATE orders SET paid = total > 0;

-- scene: another table is read meanwhile
-- expect: statement-after-access-exclusive@3
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration paid
ALTER TABLE orders ADD COLUMN paid bool;
ALTER TABLE orders ADD COLUMN remark text;
CREATE TABLE domains AS SELECT DISTINCT split_part(email, '@', 2) AS name FROM customers;

-- scene: one row by its key
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration paid
ALTER TABLE orders ADD COLUMN paid bool;
INSERT INTO customers VALUES (77, 'a@b.c');

-- scene: the table is new
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration invoices
CREATE TABLE invoices AS SELECT id, total FROM orders;
ALTER TABLE invoices ADD COLUMN paid bool;
UPDATE invoices SET paid = false;
