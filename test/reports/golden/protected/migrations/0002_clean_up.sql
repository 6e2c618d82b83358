SET lock_timeout = '5s';

-- lockkeeper:allow protected-table because I know what I do
TRUNCATE billing.invoices;
ALTER TABLE orders DROP COLUMN note;
