-- scene: both tables are locked while every order looks for its customer
-- rows: 0
-- expect: add-fk-validating@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration orders_customer
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id);

-- scene: added in a moment, checked while everybody works
-- rows: 0
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration orders_customer
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
-- migration check_orders_customer
ALTER TABLE orders VALIDATE CONSTRAINT orders_customer;

-- scene: without a name, beside another action, with more words
-- rows: 0
-- expect: add-fk-validating@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration orders_customer
ALTER TABLE IF EXISTS ONLY public.orders ALTER COLUMN note SET DEFAULT '', ADD FOREIGN KEY (customer_id) REFERENCES customers ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;

-- scene: the table is new
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration invoices
CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint);
ALTER TABLE invoices ADD FOREIGN KEY (order_id) REFERENCES orders;
CREATE INDEX ON invoices (order_id);

-- scene: a table refers to itself
-- rows: 0
-- expect: add-fk-validating@1
-- base
CREATE TABLE parts (id bigint PRIMARY KEY, part_of bigint);
-- migration tree
ALTER TABLE parts ADD FOREIGN KEY (part_of) REFERENCES parts;

-- scene: a partitioned table
-- expect: add-fk-validating@1
-- base
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2029 PARTITION OF events FOR VALUES FROM ('2029-01-01') TO ('2030-01-01');
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
CREATE TABLE things (id bigint PRIMARY KEY);
-- migration thing
ALTER TABLE events ADD CONSTRAINT events_thing FOREIGN KEY (id) REFERENCES things;

-- scene: not enforced, so nothing is checked
-- majors: 18-99
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration orders_customer
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id) NOT ENFORCED;

-- scene: the partitions of a partitioned table have it already
-- base
CREATE TABLE things (id bigint PRIMARY KEY);
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE INDEX ON events (id);
CREATE TABLE events_2029 PARTITION OF events FOR VALUES FROM ('2029-01-01') TO ('2030-01-01');
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01') PARTITION BY LIST (kind);
CREATE TABLE events_2030_x PARTITION OF events_2030 DEFAULT;
ALTER TABLE events_2029 ADD CONSTRAINT events_thing FOREIGN KEY (id) REFERENCES things;
-- migration thing
ALTER TABLE events_2030_x ADD CONSTRAINT events_thing FOREIGN KEY (id) REFERENCES things NOT VALID;
-- migration check_thing
ALTER TABLE events_2030_x VALIDATE CONSTRAINT events_thing;
-- migration whole
SET lock_timeout = '2s';
ALTER TABLE events ADD CONSTRAINT events_thing FOREIGN KEY (id) REFERENCES things;

-- scene: one of the partitions does not have it
-- expect: add-fk-validating@whole:1
-- majors: 12-17
-- base
CREATE TABLE things (id bigint PRIMARY KEY);
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE INDEX ON events (id);
CREATE TABLE events_2029 PARTITION OF events FOR VALUES FROM ('2029-01-01') TO ('2030-01-01');
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
ALTER TABLE events_2029 ADD CONSTRAINT events_thing FOREIGN KEY (id) REFERENCES things;
-- migration whole
ALTER TABLE events ADD CONSTRAINT events_thing FOREIGN KEY (id) REFERENCES things;

-- scene: a key is replaced: the one that goes locks readers out as well
-- rows: 0
-- expect: add-fk-validating@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint CONSTRAINT key REFERENCES customers);
CREATE INDEX ON orders (customer_id);
-- migration cascade
ALTER TABLE orders DROP CONSTRAINT key, ADD CONSTRAINT key FOREIGN KEY (customer_id) REFERENCES customers ON DELETE CASCADE;

-- scene: a foreign key that was not enforced
-- majors: 18-99
-- expect: add-fk-validating@1
-- says: keeps reads and writes of public.orders and writes to public.customers waiting
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
CREATE INDEX ON orders (customer_id);
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE NOT ENFORCED;
-- migration orders_customer
ALTER TABLE orders ALTER CONSTRAINT orders_customer ENFORCED;
