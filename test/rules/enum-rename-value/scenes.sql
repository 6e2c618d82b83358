-- scene: a value that code knows
-- expect: enum-rename-value@1
-- base
CREATE TYPE state AS ENUM ('new', 'payed');
-- migration spelling
ALTER TYPE state RENAME VALUE 'payed' TO 'paid';

-- scene: a value is added, and one of a new type is renamed
-- base
CREATE TYPE state AS ENUM ('new', 'paid');
-- migration sent
ALTER TYPE state ADD VALUE 'sent';
CREATE TYPE kind AS ENUM ('a');
ALTER TYPE kind RENAME VALUE 'a' TO 'b';
