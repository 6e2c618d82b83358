-- scene: readers wait for the query
-- expect: refresh-matview@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE MATERIALIZED VIEW totals AS SELECT total, count(*) AS n FROM orders GROUP BY total;
CREATE UNIQUE INDEX ON totals (total);
-- migration refresh
REFRESH MATERIALIZED VIEW totals;

-- scene: readers go on
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE MATERIALIZED VIEW totals AS SELECT total, count(*) AS n FROM orders GROUP BY total;
CREATE UNIQUE INDEX ON totals (total);
-- migration refresh
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;

-- scene: no unique index, and nothing left to read
-- expect: refresh-matview@1, refresh-matview@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE MATERIALIZED VIEW totals AS SELECT total, count(*) AS n FROM orders GROUP BY total;
CREATE MATERIALIZED VIEW counts AS SELECT count(*) AS n FROM orders;
-- migration refresh
REFRESH MATERIALIZED VIEW totals;
REFRESH MATERIALIZED VIEW counts WITH NO DATA;

-- scene: filled for the first time
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE MATERIALIZED VIEW totals AS SELECT total FROM orders WITH NO DATA;
-- migration refresh
REFRESH MATERIALIZED VIEW totals;
