-- scene: another expression for a stored column
-- expect: set-expression@1
-- majors: 17-99
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, taxed int GENERATED ALWAYS AS (total * 2) STORED);
-- migration taxed
ALTER TABLE orders ALTER COLUMN taxed SET EXPRESSION AS (total * 3);

-- scene: another expression for a column that is computed when it is read
-- majors: 18-99
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, taxed int GENERATED ALWAYS AS (total * 2) VIRTUAL);
-- migration taxed
ALTER TABLE orders ALTER COLUMN taxed SET EXPRESSION AS (total * 3);
