-- scene: nobody sees any row
-- expect: rls-and-policies@1
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
-- migration rls
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;

-- scene: a policy, the switch, and a policy less
-- expect: rls-and-policies@1, rls-and-policies@2, rls-and-policies@3
-- base
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
CREATE POLICY old ON orders USING (false);
-- migration rls
CREATE POLICY big ON orders USING (total > 0);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
DROP POLICY old ON public.orders;

-- scene: the table is new as well
-- migration rls
CREATE TABLE orders (id bigint PRIMARY KEY, total int);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY big ON orders USING (total > 0);
