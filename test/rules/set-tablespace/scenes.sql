-- scene: the tablespace that it has
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration tablespace
ALTER TABLE orders SET TABLESPACE pg_default;
