-- +goose Up
SET LOCAL lock_timeout = '5s';

CREATE TABLE addresses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    street text NOT NULL,
    city text NOT NULL
);

ALTER TABLE customers ADD COLUMN phone text;

-- +goose Down
ALTER TABLE customers DROP COLUMN phone;
DROP TABLE addresses;
