SET lock_timeout = '5s';

-- the dashboard asks for the orders of a day
CREATE INDEX orders_placed_at ON orders (placed_at);
