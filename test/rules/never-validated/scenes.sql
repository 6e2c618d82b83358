-- scene: old rows are never checked
-- expect: never-validated@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration positive
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;

-- scene: they are, in the next migration
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration positive
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > -2147483648) NOT VALID;
-- migration check_positive
ALTER TABLE orders VALIDATE CONSTRAINT positive;

-- scene: NOT NULL, which PostgreSQL 18 can add NOT VALID
-- majors: 18-99
-- expect: never-validated@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration note
ALTER TABLE orders ADD CONSTRAINT noted NOT NULL note NOT VALID;

-- scene: it was so before
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;
-- migration note
ALTER TABLE orders ADD COLUMN remark text;
