CREATE FUNCTION touch_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE orders SET total = total + (SELECT price FROM products WHERE id = NEW.product_id) * NEW.quantity
     WHERE id = NEW.order_id;
    RETURN NEW;
END $$;

CREATE TRIGGER order_lines_total AFTER INSERT ON order_lines FOR EACH ROW EXECUTE FUNCTION touch_order();
