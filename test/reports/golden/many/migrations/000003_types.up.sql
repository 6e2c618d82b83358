ALTER TABLE products ALTER COLUMN price TYPE numeric(12, 2);
ALTER TABLE orders ALTER COLUMN note TYPE varchar(80);
ALTER TABLE products ALTER COLUMN active SET NOT NULL;
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0);
