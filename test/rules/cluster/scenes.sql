-- scene: a table is written anew in the order of an index
-- expect: cluster@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration order
CLUSTER orders USING orders_pkey;

-- scene: only the index to go by is noted
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration order
ALTER TABLE orders CLUSTER ON orders_pkey;
