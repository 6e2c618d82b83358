-- Every kind of object, written so that PostgreSQL 12 to 18 take it; above all what majors print in different ways.
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
CREATE SCHEMA billing;
COMMENT ON SCHEMA billing IS 'what is owed';

CREATE TYPE billing.state AS ENUM ('open', 'paid', 'it''s void');
CREATE TYPE billing.money_of AS (amount numeric(12,2), currency char(3));
CREATE TYPE billing.span AS RANGE (subtype = date);
CREATE DOMAIN billing.email AS citext CONSTRAINT has_at CHECK (VALUE ~ '@') NOT NULL;
CREATE DOMAIN billing.codes AS text[] CHECK (array_length(VALUE, 1) BETWEEN 1 AND 3) DEFAULT '{a}';
CREATE SEQUENCE billing.numbers AS int INCREMENT 5 MINVALUE -100 MAXVALUE 9000 START 50 CACHE 3 CYCLE;

CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY (START 1000) PRIMARY KEY,
  email billing.email UNIQUE,
  "full Name" varchar(200) COLLATE "C" NOT NULL DEFAULT 'n/a'::varchar,
  tags text[] NOT NULL DEFAULT ARRAY[]::text[],
  doc jsonb DEFAULT '{"a": [1, 2]}',
  born date CHECK (born > '1900-01-01' AND extract(year FROM born) < 2100),
  created timestamptz(3) NOT NULL DEFAULT now() - interval '1 day 02:03',
  lower_name text GENERATED ALWAYS AS (lower("full Name")) STORED,
  flags bit varying(5) DEFAULT B'101',
  worth billing.money_of,
  CONSTRAINT name_or_tags CHECK (char_length(trim(BOTH ' ' FROM "full Name")) > 0 OR tags <> '{}' AND doc ? 'a')
) WITH (fillfactor = 80, autovacuum_enabled = false);
COMMENT ON COLUMN customers."full Name" IS 'as they write it';
ALTER TABLE customers ALTER doc SET STORAGE EXTERNAL, ALTER tags SET STATISTICS 500, ALTER born SET (n_distinct = 100);
CREATE INDEX ON customers (lower("full Name") text_pattern_ops DESC NULLS LAST) WHERE doc IS NOT NULL AND born > '2000-01-01';
CREATE INDEX customers_trigrams ON customers USING gin ("full Name" gin_trgm_ops, tags);
CREATE UNIQUE INDEX ON customers (coalesce(born, '-infinity'), (id % 10)) INCLUDE (created);
CREATE STATISTICS customers_both (ndistinct, dependencies) ON born, created FROM customers;

CREATE TABLE billing.invoices (
  id int DEFAULT nextval('billing.numbers') NOT NULL,
  customer bigint NOT NULL REFERENCES customers ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
  state billing.state DEFAULT 'open',
  during tstzrange,
  total numeric DEFAULT 0 CHECK (total >= 0 AND total <> 'NaN'),
  at date NOT NULL,
  PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
CREATE TABLE billing.invoices_2020 PARTITION OF billing.invoices FOR VALUES FROM (MINVALUE) TO ('2021-01-01');
CREATE TABLE billing.invoices_rest PARTITION OF billing.invoices DEFAULT PARTITION BY HASH (id);
CREATE TABLE billing.invoices_rest_0 PARTITION OF billing.invoices_rest FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE billing.invoices_rest_1 PARTITION OF billing.invoices_rest FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE INDEX invoices_state ON billing.invoices (state, (total * 2));
CREATE INDEX ON ONLY billing.invoices (during);
ALTER SEQUENCE billing.numbers OWNED BY billing.invoices.id;

CREATE TABLE bookings (room int, during tstzrange, EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (room > 0));
CREATE TABLE base (id serial PRIMARY KEY, note text CHECK (note LIKE 'a%' OR note IN ('x', 'y')));
CREATE TABLE derived (more int NOT NULL) INHERITS (base);
CREATE UNLOGGED TABLE scratchpad (a int, b int, FOREIGN KEY (a) REFERENCES base) WITH (autovacuum_vacuum_scale_factor = 0.5);
ALTER TABLE base ADD CONSTRAINT later CHECK (id > 0) NOT VALID;
ALTER TABLE base REPLICA IDENTITY FULL;
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
ALTER TABLE bookings FORCE ROW LEVEL SECURITY;

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
  $f$ BEGIN NEW.created := now(); RETURN NEW; END $f$;
CREATE FUNCTION add_tax(amount numeric, rate numeric DEFAULT 0.19, VARIADIC rest int[] DEFAULT '{}') RETURNS numeric
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT amount * (1 + rate)';
CREATE FUNCTION billing.of_customer(who bigint, OUT id int, OUT total numeric) RETURNS SETOF record
  LANGUAGE sql STABLE ROWS 10 AS 'SELECT i.id, i.total FROM billing.invoices i WHERE i.customer = who';
CREATE PROCEDURE billing.close(INOUT n int) LANGUAGE plpgsql AS 'BEGIN n := n + 1; END';
CREATE AGGREGATE total_of(numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '0');
CREATE TRIGGER touch BEFORE UPDATE OF "full Name", born ON customers FOR EACH ROW
  WHEN (OLD.born IS DISTINCT FROM NEW.born AND NEW.id <> ALL (ARRAY[1, 2])) EXECUTE FUNCTION touch();
CREATE TRIGGER seen AFTER INSERT ON customers REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION touch();
CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON bookings DEFERRABLE FOR EACH ROW EXECUTE FUNCTION touch('x', 'it''s');
CREATE TRIGGER on_parts AFTER DELETE ON billing.invoices FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE customers DISABLE TRIGGER seen;

CREATE VIEW recent WITH (security_barrier) AS
  SELECT c.id, c."full Name" AS name, extract(year FROM c.created) AS year, date_part('month', c.created) AS month,
    c.created AT TIME ZONE 'UTC' AS utc, substring(c."full Name" FROM 1 FOR 3) AS short, substring(c."full Name", 'a.') AS found,
    overlay(c."full Name" PLACING 'x' FROM 2) AS covered, position('a' IN c."full Name") AS at, trim(LEADING 'x' FROM 'xy') AS y,
    CASE WHEN c.born IS NULL THEN 'none' ELSE c.born::text END AS born, (c.doc -> 'a') ->> 0 AS first, current_date AS today,
    c.created BETWEEN now() - interval '1 year' AND now() AS fresh, c.tags[1] AS tag, (c.worth).amount, -(1)::numeric AS negative
  FROM customers c WHERE c.id IN (1, 2, 3) AND NOT (c."full Name" ILIKE '%x%' OR c."full Name" SIMILAR TO 'a|b');
CREATE VIEW billing.sums AS
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3), paid AS MATERIALIZED (SELECT * FROM billing.invoices WHERE state = 'paid')
  SELECT p.customer, sum(p.total) FILTER (WHERE p.total > 1) AS paid, rank() OVER w AS place, string_agg(DISTINCT p.id::text, ',' ORDER BY p.id::text) AS ids,
    grouping(p.customer) AS g, percentile_cont(0.5) WITHIN GROUP (ORDER BY p.total) AS median, ROW(1, 'a'::text) = ROW(2, 'b'::text) AS pair
  FROM paid p JOIN LATERAL (SELECT i FROM n WHERE n.i = p.id) s ON true LEFT JOIN customers c ON c.id = p.customer
  GROUP BY GROUPING SETS ((p.customer), ()) HAVING count(*) > 0 WINDOW w AS (ORDER BY sum(p.total) DESC NULLS LAST ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
  ORDER BY 1 LIMIT 10;
CREATE VIEW either AS SELECT id FROM base UNION SELECT id FROM derived EXCEPT ALL (VALUES (1), (2));
CREATE VIEW using_join AS SELECT id, b.note, d.more FROM base b JOIN derived d USING (id) WHERE EXISTS (SELECT FROM bookings WHERE room = id);
CREATE VIEW editable AS SELECT * FROM base WHERE id > 0 WITH CASCADED CHECK OPTION;
CREATE MATERIALIZED VIEW billing.by_state AS SELECT state, count(*) AS n FROM billing.invoices GROUP BY state WITH NO DATA;
CREATE UNIQUE INDEX ON billing.by_state (state);
CREATE RULE no_delete AS ON DELETE TO base WHERE OLD.id < 10 DO INSTEAD NOTHING;
CREATE RULE logged AS ON INSERT TO base DO ALSO INSERT INTO scratchpad (a, b) VALUES (NEW.id, extract(epoch FROM now())::int);
CREATE POLICY own ON customers AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (email = current_user::text::citext) WITH CHECK (born < current_date);
CREATE PUBLICATION changes FOR TABLE base WITH (publish = 'insert, update');
GRANT SELECT, INSERT (born) ON customers TO PUBLIC;
GRANT USAGE ON SCHEMA billing TO PUBLIC;
REVOKE EXECUTE ON FUNCTION touch() FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA billing GRANT SELECT ON TABLES TO PUBLIC;
COMMENT ON INDEX customers_trigrams IS 'for the search';
COMMENT ON CONSTRAINT later ON base IS 'once there is time';
COMMENT ON TYPE billing.state IS 'of an invoice';
