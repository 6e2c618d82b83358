DROP INDEX orders_placed_at;
ALTER TABLE products DROP CONSTRAINT products_sku_key;
ALTER TABLE order_lines DROP CONSTRAINT order_lines_product_id_fkey;
ALTER TABLE order_lines DROP CONSTRAINT order_lines_order_id_fkey;
