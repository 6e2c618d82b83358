-- scene: every row is read while nobody can use the table
-- expect: add-check-validating@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration positive
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > -2147483648);

-- scene: added in a moment, checked while everybody works
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration positive
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > -2147483648) NOT VALID;
-- migration check_positive
ALTER TABLE orders VALIDATE CONSTRAINT positive;

-- scene: two at once, one of them without a name
-- expect: add-check-validating@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration checks
ALTER TABLE orders ADD CHECK (total > -2147483648 OR note = 'a, b'), ADD COLUMN paid bool, ADD CONSTRAINT "Short" CHECK (length(note) < 1000000);

-- scene: a partitioned table
-- expect: add-check-validating@1
-- base
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2029 PARTITION OF events FOR VALUES FROM ('2029-01-01') TO ('2030-01-01');
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- migration kind
ALTER TABLE events ADD CONSTRAINT short CHECK (length(kind) < 1000000);
