-- +goose Up
CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL -- as on the invoice; never empty
);

-- +goose StatementBegin
CREATE FUNCTION greet(customer text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  RETURN 'Hello, ' || customer;
END;
$$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION greet(text);
DROP TABLE customers;
