ALTER TABLE customers ALTER COLUMN name TYPE varchar(200);
ALTER TABLE customers RENAME COLUMN country TO country_code;
