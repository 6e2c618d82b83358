CREATE TABLE invoices (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders,
    due_on   date NOT NULL,
    paid_at  timestamptz
);
CREATE INDEX invoices_order_id ON invoices (order_id);

ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'web';
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
