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

-- scene: what a VIRTUAL column would still cost as NOT NULL is said
-- majors: 18-99
-- expect: add-stored-generated@1
-- says: Leave NOT NULL out there, which reads every row
-- unsaid: costs nothing
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration taxed
ALTER TABLE orders ADD COLUMN taxed int GENERATED ALWAYS AS (total * 2) STORED NOT NULL;

-- scene: a VIRTUAL column cannot be unique
-- expect: add-stored-generated@1, unique-inline-column@1
-- unsaid: VIRTUAL
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
DELETE FROM orders;
-- migration taxed
ALTER TABLE orders ADD COLUMN taxed int GENERATED ALWAYS AS (id * 2) STORED UNIQUE;
