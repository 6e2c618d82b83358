-- scene: its file is gone
-- expect: deleted-applied@1:1
-- base 1 (gone)
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration 2
CREATE TABLE customers (id bigint PRIMARY KEY);

-- scene: it is undone by a new one
-- expect: drop-table@2:1
-- base 1
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration 2
DROP TABLE orders;
