-- scene: two branches took the next number
-- expect: duplicate-version@02_customers:1
-- base 1_orders
CREATE TABLE orders (id bigint PRIMARY KEY);
-- base 002_bills
CREATE TABLE bills (id bigint PRIMARY KEY);
-- migration 02_customers
CREATE TABLE customers (id bigint PRIMARY KEY);

-- scene: every number once
-- base 1_orders
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration 2_customers
CREATE TABLE customers (id bigint PRIMARY KEY);
-- migration 11_bills
CREATE TABLE bills (id bigint PRIMARY KEY);

-- scene: a folder where numbers say nothing
-- base 1_orders
CREATE TABLE orders (id bigint PRIMARY KEY);
-- base 1_bills
CREATE TABLE bills (id bigint PRIMARY KEY);
-- migration 1_customers
CREATE TABLE customers (id bigint PRIMARY KEY);

-- scene: dates, and versions in parts
-- base 20300101_orders
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration 20300101_bills
CREATE TABLE bills (id bigint PRIMARY KEY);
-- migration 20300101-1_customers
CREATE TABLE customers (id bigint PRIMARY KEY);
