-- scene: the others have a way back
-- expect: down-missing@3:1
-- base 1
CREATE TABLE orders (id bigint PRIMARY KEY);
-- down 1
DROP TABLE orders;
-- base 2
CREATE TABLE invoices (id bigint PRIMARY KEY);
-- down 2
DROP TABLE invoices;
-- migration 3
CREATE TABLE customers (id bigint PRIMARY KEY);

-- scene: no migration has one
-- base 1
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration 2
CREATE TABLE customers (id bigint PRIMARY KEY);
