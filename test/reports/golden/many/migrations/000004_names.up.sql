ALTER TABLE customers RENAME COLUMN name TO full_name;
ALTER TABLE customers DROP COLUMN email;
ALTER TABLE order_lines RENAME TO order_items;
