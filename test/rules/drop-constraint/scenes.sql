-- scene: nothing keeps the addresses unique any more
-- expect: drop-constraint@1
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT one_email UNIQUE);
-- migration drop_unique
ALTER TABLE users DROP CONSTRAINT one_email;

-- scene: another takes its place
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text, CONSTRAINT short CHECK (length(email) < 100));
-- migration longer
ALTER TABLE users DROP CONSTRAINT short, ADD CONSTRAINT short CHECK (length(email) < 200) NOT VALID;

-- scene: the check did its work for SET NOT NULL
-- base
CREATE TABLE users (id bigint PRIMARY KEY, email text, CONSTRAINT present CHECK (email IS NOT NULL));
-- migration not_null
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT present;

-- scene: foreign keys go with it
-- expect: drop-constraint@2
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
-- migration key
SET lock_timeout = '2s';
ALTER TABLE customers DROP CONSTRAINT customers_pkey CASCADE;

-- scene: another primary key takes its place, and the columns stay unique or do not
-- expect: drop-constraint@4
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, other bigint NOT NULL);
CREATE UNIQUE INDEX orders_other ON orders (other);
CREATE UNIQUE INDEX orders_id ON orders (id);
CREATE TABLE bills (id bigint PRIMARY KEY, other bigint NOT NULL);
CREATE UNIQUE INDEX bills_other ON bills (other);
-- migration key
SET lock_timeout = '2s';
ALTER TABLE orders DROP CONSTRAINT orders_pkey;
ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_other;
ALTER TABLE bills DROP CONSTRAINT bills_pkey, ADD PRIMARY KEY USING INDEX bills_other;

-- scene: a foreign key is only written down from now on; another that was so before
-- expect: drop-constraint@2
-- majors: 18-99
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint CONSTRAINT customer REFERENCES customers);
CREATE TABLE bills (id bigint PRIMARY KEY, customer_id bigint CONSTRAINT customer REFERENCES customers NOT ENFORCED);
-- migration relax
SET lock_timeout = '2s';
ALTER TABLE orders ALTER CONSTRAINT customer NOT ENFORCED;
ALTER TABLE bills ALTER CONSTRAINT customer NOT ENFORCED;

-- scene: a check on more columns takes its place, and one that was there before does not
-- expect: drop-constraint@3
-- base
CREATE TABLE prices (id bigint PRIMARY KEY, a int, b int, c int CONSTRAINT high CHECK (c > 1), CONSTRAINT priced CHECK (a > 0), CONSTRAINT pair CHECK (b < c));
-- migration checks
SET lock_timeout = '2s';
ALTER TABLE prices DROP CONSTRAINT priced, ADD CONSTRAINT priced CHECK (a > 0 AND b > 0) NOT VALID;
ALTER TABLE prices DROP CONSTRAINT high;
