-- scene: another access method
-- expect: set-access-method@1
-- majors: 15-99
-- base
CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration method
ALTER TABLE orders SET ACCESS METHOD heap_too;

-- scene: the one that it has
-- majors: 15-99
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration method
ALTER TABLE orders SET ACCESS METHOD heap;
