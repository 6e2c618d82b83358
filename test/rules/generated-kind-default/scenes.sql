-- scene: neither word
-- expect: generated-kind-default@1, generated-kind-default@3
-- majors: 18-99
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration gross
CREATE TABLE bills (id bigint PRIMARY KEY, total int, gross int GENERATED ALWAYS AS (total * 2));
SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN gross int GENERATED ALWAYS AS (total * 2);

-- scene: one of them
-- majors: 18-99
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration gross
CREATE TABLE bills (id bigint PRIMARY KEY, total int, gross int GENERATED ALWAYS AS (total * 2) STORED);
SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN gross int GENERATED ALWAYS AS (total * 2) VIRTUAL;
