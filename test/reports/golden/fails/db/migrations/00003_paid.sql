-- +goose Up
UPDATE orders SET status = 'paid' WHERE paid_at IS NOT NULL;

-- +goose Down
SELECT 1;
