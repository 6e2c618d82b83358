ALTER TABLE order_items RENAME TO order_lines;
ALTER TABLE customers ADD COLUMN email text;
ALTER TABLE customers RENAME COLUMN full_name TO name;
