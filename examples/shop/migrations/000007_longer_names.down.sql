ALTER TABLE customers RENAME COLUMN country_code TO country;
ALTER TABLE customers ALTER COLUMN name TYPE varchar(80);
