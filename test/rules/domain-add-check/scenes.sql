-- scene: all tables with such a column are read
-- expect: domain-add-check@1
-- base
CREATE DOMAIN amount AS int;
CREATE TABLE orders (id bigint PRIMARY KEY, total amount);
-- migration positive
ALTER DOMAIN amount ADD CONSTRAINT low CHECK (VALUE > -2147483648);

-- scene: only new values are checked
-- base
CREATE DOMAIN amount AS int;
CREATE TABLE orders (id bigint PRIMARY KEY, total amount);
-- migration positive
ALTER DOMAIN amount ADD CONSTRAINT low CHECK (VALUE > 0) NOT VALID;

-- scene: checking the old ones later takes the same lock
-- expect: domain-add-check@1
-- base
CREATE DOMAIN amount AS int;
CREATE TABLE orders (id bigint PRIMARY KEY, total amount);
ALTER DOMAIN amount ADD CONSTRAINT low CHECK (VALUE > -2147483648) NOT VALID;
-- migration check_positive
ALTER DOMAIN amount VALIDATE CONSTRAINT low;

-- scene: no table has such a column
-- base
CREATE DOMAIN amount AS int;
-- migration positive
ALTER DOMAIN amount ADD CONSTRAINT low CHECK (VALUE > 0);
