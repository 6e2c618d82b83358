/** SQL for one of everything that a dump may hold, with rows that are hard to write down. */
export const everything = String.raw`
  CREATE EXTENSION pg_trgm; CREATE EXTENSION hstore SCHEMA public;
  CREATE SCHEMA "a b"; COMMENT ON SCHEMA "a b" IS 'it''s "quoted"';
  CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'läuft'); CREATE TYPE point3 AS (x float8, y float8, z float8);
  CREATE DOMAIN email AS text CHECK (VALUE ~ '@');
  CREATE SEQUENCE numbers; SELECT setval('numbers', 41); CREATE SEQUENCE "a b"."never used";

  CREATE TABLE "people of ""läden""" (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, born date, mail email, mood mood DEFAULT 'sad',
    label text GENERATED ALWAYS AS (upper(name)) STORED, place point3, tags hstore, data jsonb, list int[]);
  INSERT INTO "people of ""läden""" (name, born, mail, mood, place, tags, data, list)
    SELECT 'Person ' || g || E' \t \\ \n é ' || chr(128679), DATE '1950-01-01' + g, 'p' || g || '@example.org', 'läuft',
           ROW(g::float8, g / 3::float8, -g::float8)::point3, hstore('a', g::text), jsonb_build_object('k', g, 'n', NULL), ARRAY[g, NULL]
      FROM generate_series(1, 500) g;
  CREATE INDEX ON "people of ""läden""" USING gin (name gin_trgm_ops); CREATE INDEX ON "people of ""läden""" (lower(name)) WHERE id > 5;
  CREATE STATISTICS "st 1" ON born, mail FROM "people of ""läden""";

  CREATE TABLE odd (id int PRIMARY KEY, text text, bytes bytea, number numeric, moment timestamptz, "column ""x""" int);
  COMMENT ON TABLE odd IS E'line 1\nline 2 \\. ;'; COMMENT ON COLUMN odd."column ""x""" IS 'Ü';
  INSERT INTO odd VALUES (1, E'\\.', '\x00ff5c2e0a', 'NaN', '-infinity', NULL), (2, '', '', 1e100, '4713-01-01 BC', 1),
    (3, E'\n\\.\n\\connect x\n', decode(repeat('5c', 9000), 'hex'), -0.000001, 'infinity', 2), (4, '\N', NULL, NULL, NULL, 3),
    (5, repeat(E'\r\n''"$$', 20000), NULL, 0, now(), 4);

  CREATE TABLE parts (id int, at date, person bigint REFERENCES "people of ""läden""", PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
  CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
  CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM ('2027-01-01') TO ('2028-01-01') PARTITION BY HASH (id);
  CREATE TABLE parts_2_1 PARTITION OF parts_2 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
  CREATE TABLE parts_2_2 PARTITION OF parts_2 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
  CREATE TABLE parts_rest PARTITION OF parts DEFAULT; CREATE INDEX ON parts (person);
  INSERT INTO parts SELECT g, DATE '2026-01-01' + g * 5, g % 500 + 1 FROM generate_series(1, 300) g;
  CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (more text) INHERITS (parent);
  INSERT INTO parent VALUES (1); INSERT INTO child VALUES (2, 'x');
  CREATE UNLOGGED TABLE cache (id int); INSERT INTO cache VALUES (1);
  CREATE TABLE "no columns" (); CREATE TABLE cyclic_a (id int PRIMARY KEY, b int); CREATE TABLE cyclic_b (id int PRIMARY KEY, a int REFERENCES cyclic_a);
  ALTER TABLE cyclic_a ADD FOREIGN KEY (b) REFERENCES cyclic_b DEFERRABLE INITIALLY DEFERRED;
  BEGIN; INSERT INTO cyclic_a VALUES (1, 1); INSERT INTO cyclic_b VALUES (1, 1); COMMIT;
  ALTER TABLE odd ADD CONSTRAINT later CHECK (id < 3) NOT VALID;
  CREATE TABLE booked (room int, during tsrange, EXCLUDE USING gist (during WITH &&)); INSERT INTO booked VALUES (1, '[2026-01-01, 2026-01-02)');

  CREATE VIEW "a b"."v 1" AS SELECT id, name FROM "people of ""läden""" WHERE id < 10 WITH CHECK OPTION;
  CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n, mood FROM "people of ""läden""" GROUP BY mood; CREATE UNIQUE INDEX ON totals (mood);
  CREATE MATERIALIZED VIEW empty AS SELECT 1 AS one WITH NO DATA;
  CREATE FUNCTION "a b".f(int) RETURNS int LANGUAGE sql IMMUTABLE AS $_$
/*
-- PostgreSQL database dump
\! echo not a command
COPY x FROM stdin;
*/ SELECT $1 + 1 $_$;
  CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN NULL; END $$; CREATE INDEX ON odd ("a b".f(id));
  CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not while restoring'; END $$;
  CREATE TRIGGER noted BEFORE UPDATE ON odd FOR EACH ROW EXECUTE FUNCTION noted(); ALTER TABLE odd DISABLE TRIGGER noted;
  CREATE FUNCTION watched() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not while restoring'; END $$;
  CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0'); CREATE RULE quiet AS ON DELETE TO parent DO INSTEAD NOTHING;
  CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq); CREATE CAST (mood AS int) WITH INOUT;
  CREATE COLLATION german (provider = libc, locale = 'C'); CREATE TEXT SEARCH CONFIGURATION own (COPY = simple);
  CREATE FOREIGN DATA WRAPPER nothing; CREATE SERVER far FOREIGN DATA WRAPPER nothing; CREATE FOREIGN TABLE remote (id int) SERVER far;

  ALTER TABLE odd ENABLE ROW LEVEL SECURITY; CREATE POLICY "p 1" ON odd FOR SELECT TO pg_monitor USING (id > 0);
  GRANT SELECT (id), UPDATE ON odd TO pg_monitor WITH GRANT OPTION; GRANT USAGE ON SCHEMA "a b" TO PUBLIC; REVOKE ALL ON FUNCTION "a b".f FROM PUBLIC;
  ALTER DEFAULT PRIVILEGES IN SCHEMA "a b" GRANT SELECT ON TABLES TO pg_monitor;
  CREATE PUBLICATION news FOR TABLE parent; CREATE PUBLICATION "all of it" FOR ALL TABLES;
  SELECT lo_from_bytea(0, decode(repeat('00ff', 3000), 'hex')), lo_from_bytea(0, ''), lo_from_bytea(0, 'x');
  ANALYZE; CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION watched();`;
