-- scene: a column that is computed and stored
-- expect: add-stored-generated@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration taxed
ALTER TABLE orders ADD COLUMN taxed int GENERATED ALWAYS AS (total * 2) STORED;

-- scene: a column that is computed when it is read
-- majors: 18-99
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration taxed
ALTER TABLE orders ADD COLUMN taxed int GENERATED ALWAYS AS (total * 2) VIRTUAL;

-- scene: the table is new as well
-- migration orders
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
ALTER TABLE orders ADD COLUMN taxed int GENERATED ALWAYS AS (total * 2) STORED;
