CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL,
    name text NOT NULL
);

CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id),
    total numeric(12, 2) NOT NULL DEFAULT 0,
    note varchar(200),
    placed_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX orders_customer_id ON orders (customer_id);

CREATE VIEW open_orders AS SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id;

CREATE FUNCTION customer_of(wanted bigint) RETURNS customers LANGUAGE sql STABLE
    AS 'SELECT customers FROM customers JOIN orders ON customers.id = customer_id WHERE orders.id = wanted';
