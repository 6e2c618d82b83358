-- scene: a table is written anew
-- expect: vacuum-full@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration tidy (no transaction)
VACUUM FULL orders;

-- scene: plain VACUUM
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration tidy (no transaction)
VACUUM (ANALYZE) orders;
