\restrict AbC123
ALTER TABLE customers ADD COLUMN email text;
\unrestrict AbC123
