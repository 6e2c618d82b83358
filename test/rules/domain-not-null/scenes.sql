-- scene: all tables with such a column are read
-- expect: domain-not-null@1
-- base
CREATE DOMAIN amount AS int DEFAULT 1;
CREATE TABLE orders (id bigint PRIMARY KEY, total amount);
-- migration present
ALTER DOMAIN amount SET NOT NULL;

-- scene: no table has such a column
-- base
CREATE DOMAIN amount AS int;
-- migration present
ALTER DOMAIN amount SET NOT NULL;
