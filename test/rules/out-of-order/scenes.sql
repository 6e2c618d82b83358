-- scene: it comes before one that is applied
-- expect: out-of-order@2:1
-- base 1
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration 2
CREATE TABLE customers (id bigint PRIMARY KEY);
-- base 3
CREATE TABLE invoices (id bigint PRIMARY KEY);

-- scene: it comes last
-- base 1
CREATE TABLE orders (id bigint PRIMARY KEY);
-- base 2
CREATE TABLE invoices (id bigint PRIMARY KEY);
-- migration 3
CREATE TABLE customers (id bigint PRIMARY KEY);
