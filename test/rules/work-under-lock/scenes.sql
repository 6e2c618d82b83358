-- scene: an index that a DO block creates
-- expect: work-under-lock@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration index
DO $$ BEGIN EXECUTE 'CREATE INDEX orders_note ON orders (note)'; END $$;

-- scene: a DO block that takes only row locks
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration fill
DO $$ BEGIN UPDATE orders SET note = '' WHERE id > 0; END $$;

-- scene: a new table refers to one that is in use
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration invoices
CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint);
INSERT INTO invoices SELECT id, id FROM orders;
CREATE INDEX ON invoices (order_id);

-- scene: indexes of partitions are rebuilt while people write
-- majors: 14-99
-- base
CREATE TABLE events (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_2030 PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
CREATE INDEX events_id ON events (id);
-- migration reindex
REINDEX TABLE CONCURRENTLY events;

-- scene: who waits is told of each table
-- expect: work-under-lock@2
-- says: keeps reads and writes of public.orders and writes to public.customers waiting
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration indexes
SET lock_timeout = '2s';
DO $$ BEGIN EXECUTE 'CREATE INDEX ON customers (email)'; EXECUTE 'ALTER TABLE orders ADD UNIQUE (note)'; END $$;
