-- scene: sequences that code may call, and one of a column
-- expect: drop-sequence@1, drop-sequence@2, drop-sequence@3
-- base
CREATE SEQUENCE numbers;
CREATE SEQUENCE tickets;
CREATE TABLE orders (id bigserial PRIMARY KEY, total int);
-- migration sequences
DROP SEQUENCE numbers;
ALTER SEQUENCE tickets RENAME TO ticket_numbers;
ALTER SEQUENCE orders_id_seq RENAME TO order_ids;

-- scene: a new sequence, one that is not there, a table
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration sequences
CREATE SEQUENCE numbers;
ALTER SEQUENCE numbers RENAME TO others;
DROP SEQUENCE others;
DROP SEQUENCE IF EXISTS nothing;
