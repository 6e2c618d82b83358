-- scene: nobody writes to orders while customers are counted
-- expect: create-table-fk-locks-parent@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration invoices
CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);
CREATE TABLE counts AS SELECT count(*) FROM customers;

-- scene: the lock lasts a moment
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration invoices
CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);
CREATE INDEX ON invoices (order_id);

-- scene: both tables are new
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration invoices
CREATE TABLE invoices (id bigint PRIMARY KEY);
CREATE TABLE lines (id bigint PRIMARY KEY, invoice_id bigint REFERENCES invoices);
CREATE TABLE counts AS SELECT count(*) FROM customers;
