-- scene: somebody took the risk for a year
-- today: 2031-01-01
-- expect: expired-waiver@1, index-not-concurrent@2
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration index
-- lockkeeper:allow index-not-concurrent until 2030-12-31 because the table is still small
CREATE INDEX orders_note ON orders (note);

-- scene: on its last day it holds
-- today: 2030-12-31
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration index
-- lockkeeper:allow index-not-concurrent until 2030-12-31 because the table is still small
CREATE INDEX orders_note ON orders (note);
