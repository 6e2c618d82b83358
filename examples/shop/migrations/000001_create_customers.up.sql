CREATE TYPE customer_status AS ENUM ('lead', 'active', 'blocked');

CREATE TABLE customers (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email      text NOT NULL,
    name       varchar(80) NOT NULL,
    status     customer_status NOT NULL DEFAULT 'lead',
    country    char(2) CHECK (country = upper(country)),
    created_at timestamptz NOT NULL DEFAULT now()
);
