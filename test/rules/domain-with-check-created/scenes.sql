-- scene: a domain with a check
-- expect: domain-with-check-created@1
-- migration quantity
CREATE DOMAIN quantity AS int CHECK (VALUE > 0);

-- scene: a domain without one
-- migration quantity
CREATE DOMAIN quantity AS int DEFAULT 1;
