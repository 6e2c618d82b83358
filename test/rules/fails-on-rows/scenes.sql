-- scene: made-up rows violate a check, and what follows is watched all the same
-- expect: add-check-validating@2, fails-on-rows@2, index-not-concurrent@3
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
-- migration checks (no transaction)
SET lock_timeout = '1s';
ALTER TABLE orders ADD CONSTRAINT note_is_yes CHECK (note = 'yes');
CREATE INDEX orders_total ON orders (total);

-- scene: rows that the migrations themselves wrote violate it: that is a failure
-- expect: migration-fails@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
INSERT INTO orders VALUES (1, 1, 'no');
-- migration checks (no transaction)
SET lock_timeout = '1s';
ALTER TABLE orders ADD CONSTRAINT note_is_yes CHECK (note = 'yes');
CREATE INDEX orders_total ON orders (total);

-- scene: a second error behind the rows
-- expect: add-check-validating@2, fails-on-rows@2, migration-fails@3
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int, note text);
-- migration checks (no transaction)
SET lock_timeout = '1s';
ALTER TABLE orders ADD CONSTRAINT note_is_yes CHECK (note = 'yes');
CREATE INDEX CONCURRENTLY orders_total ON orders (totals);

-- scene: a migration that writes its own row beside a made-up one is worth a notice
-- expect: fails-on-rows@1
-- base
CREATE TABLE settings (id int PRIMARY KEY, name text);
-- migration first
INSERT INTO settings VALUES (1, 'first'), (2, 'second'), (3, 'third');

-- scene: a new column stays empty and must not be: every table with rows refuses that
-- expect: fails-on-rows@2, set-not-null-scan@2
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration state
ALTER TABLE orders ADD COLUMN state text;
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;

-- scene: rows fit
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration fill
UPDATE orders SET total = total + 1 WHERE id = 1;

-- scene: a check that could wait
-- expect: fails-on-rows@1, add-check-validating@1
-- says: NOT VALID adds the check
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration small
ALTER TABLE orders ADD CHECK (total < -2000000000);

-- scene: a partition's bounds cannot wait
-- expect: fails-on-rows@1, attach-partition-scan@1
-- says: Ask the target for rows that violate it.
-- unsaid: NOT VALID adds
-- base
CREATE TABLE days (id bigint, day int) PARTITION BY LIST (day);
CREATE TABLE second (id bigint, day int);
-- migration second
ALTER TABLE days ATTACH PARTITION second FOR VALUES IN (-2);

-- scene: an expression that gives NULL cannot be filled
-- expect: fails-on-rows@1, add-stored-generated@1
-- says: rows whose expression is NULL
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL);
-- migration half
ALTER TABLE orders ADD half int GENERATED ALWAYS AS (nullif(total, total)) STORED NOT NULL;
