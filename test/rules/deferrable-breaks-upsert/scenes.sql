-- scene: it may be checked at the end
-- expect: deferrable-breaks-upsert@1
-- migration positions
CREATE TABLE positions (id bigint PRIMARY KEY, place int UNIQUE DEFERRABLE INITIALLY DEFERRED);

-- scene: it is checked at once; a foreign key may wait
-- base
CREATE TABLE customers (id bigint PRIMARY KEY);
-- migration positions
CREATE TABLE positions (id bigint PRIMARY KEY, place int UNIQUE, customer_id bigint REFERENCES customers DEFERRABLE);
CREATE INDEX ON positions (customer_id);
