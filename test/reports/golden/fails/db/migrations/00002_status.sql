-- +goose Up
CREATE TYPE order_status AS ENUM ('open', 'paid');

ALTER TABLE orders
    ADD COLUMN status order_status NOT NULL DEFAULT 'open',
    ADD COLUMN paid_at timestampz;

-- +goose Down
ALTER TABLE orders DROP COLUMN status;
DROP TYPE order_status;
