-- scene: the index is built concurrently already
-- expect: unused-waiver@1
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration index
-- lockkeeper:allow index-not-concurrent because the table is small
CREATE INDEX CONCURRENTLY orders_note ON orders (note);

-- scene: it accepts what is found
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration index
-- lockkeeper:allow index-not-concurrent because the table is small
CREATE INDEX orders_note ON orders (note);

-- scene: one of two rules, inside the statement
-- expect: unused-waiver@2
-- base
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total int, note text);
-- migration index
CREATE INDEX orders_note -- for the search
  /* lockkeeper: allow index-not-concurrent, drop-index-not-concurrent until 2031-12-31 -- small */
  ON orders (note);
