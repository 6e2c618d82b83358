-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY customers_name ON customers (name);
ANALYZE customers;

-- +goose Down
DROP INDEX CONCURRENTLY customers_name;
