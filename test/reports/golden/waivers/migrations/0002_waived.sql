SET lock_timeout = '5s';

-- lockkeeper:allow index-not-concurrent because customers has 200 rows
CREATE INDEX customers_email ON customers (email);

-- lockkeeper:allow drop-column until 2020-01-31 because nobody reads it any more
ALTER TABLE orders DROP COLUMN note;

-- lockkeeper:allow set-not-null-scan because this table is small
ALTER TABLE customers ADD COLUMN phone text;

-- lockkeeper:allow index-not-concurent because of a slip of the pen
CREATE INDEX orders_placed_at ON orders (placed_at);
