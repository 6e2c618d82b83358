import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newest, servers } from '../support/postgres.ts';
import { seeded } from './seed-support.ts';

/** Columns and constraints of a table that takes rows only where the constraint was understood, or tried long enough. */
const tables: readonly string[] = [
  // lists
  `s text NOT NULL CHECK (s IN ('new', 'it''s paid', 'done'))`,
  `s varchar(10) CHECK (s = ANY (ARRAY['a', 'b']::varchar[]))`,
  `s text CHECK (s = 'only')`,
  `s text CHECK (s = 'x' OR s = 'y' OR s LIKE 'z%')`,
  `s text NOT NULL CHECK (s NOT IN ('1', '2', '3', '4')), t text CHECK (t <> ALL ('{1,2,3}'))`,
  `n integer CHECK (n IN (100, 200, 300))`,
  `n smallint CHECK (n = 7)`,
  `e text NOT NULL CHECK (lower(e) IN ('on', 'off'))`,
  // bounds
  `n integer CHECK (n > 1000)`,
  `n integer CHECK (n BETWEEN -10 AND -8)`,
  `n bigint CHECK (n >= 9007199254740000)`,
  `n numeric(5,4) NOT NULL CHECK (n > 0 AND n < 1)`,
  `n float CHECK (n >= 0 AND n <= 1)`,
  `n integer CHECK (n < 0)`,
  `n integer CHECK (n <> 0), m integer CHECK (NOT (m <= 100))`,
  `latitude numeric CHECK (latitude >= -90 AND latitude <= 90), longitude numeric CHECK (abs(longitude) <= 180)`,
  `d date CHECK (d >= '1999-12-31')`,
  `d date CHECK (d < '2000-01-01')`,
  `d timestamptz CHECK (d > '2030-05-05 12:00+02' AND d < '2030-06-05')`,
  `d timestamptz CHECK (d > now())`,
  `d date CHECK (d <= CURRENT_DATE)`,
  `d timestamptz CHECK (d < now() - interval '18 years')`,
  `i interval NOT NULL CHECK (i > '0 seconds')`,
  `s text CHECK (s > 'm' AND s < 'n')`,
  // texts
  `s text CHECK (length(s) = 26)`,
  `s text CHECK (char_length(s) >= 3 AND char_length(s) <= 5)`,
  `s varchar CHECK (length(btrim(s)) > 0), t text CHECK (t <> ''), u text CHECK (trim(u) != '')`,
  `s bytea NOT NULL CHECK (octet_length(s) = 32)`,
  `s text CHECK (s ~ '^[a-z][a-z0-9_-]{2,15}$')`,
  `s text CHECK (s ~* '^[A-F0-9]{6}$')`,
  `s text CHECK (s ~ '^(GET|POST|PUT)$')`,
  `s text CHECK (s ~ '^[[:alpha:]]+(-[[:digit:]]{4})?$')`,
  `s text CHECK (s ~ '^\\d{3}-\\d{4}$' AND length(s) = 8)`,
  `s text CHECK (s ~ '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$')`,
  `s text CHECK (s !~ '[0-9]')`,
  `s text CHECK (s LIKE 'https://%' AND length(s) > 12)`,
  `s text CHECK (s LIKE '__-%' AND s NOT LIKE '%x%')`,
  `s text CHECK (s = lower(s)), t text CHECK (t = upper(t) AND length(t) = 2)`,
  `s text CHECK (position('@' in s) > 0)`,
  `s text CHECK (starts_with(s, 'pk_'))`,
  `s text CHECK (s SIMILAR TO '(a|b)c+')`,
  // NULL
  `a integer, b integer, CHECK (num_nonnulls(a, b) = 1)`,
  `a integer, b integer, c integer, CHECK (num_nulls(a, b, c) = 2)`,
  `a integer, b integer, CHECK ((a IS NULL) <> (b IS NULL))`,
  `a integer, b integer, CHECK ((a IS NULL) = (b IS NULL))`,
  `a integer, b integer, CHECK (((a IS NOT NULL)::integer + (b IS NOT NULL)::integer) = 1)`,
  `a integer, b integer, CHECK (CASE WHEN a IS NULL THEN 0 ELSE 1 END + CASE WHEN b IS NULL THEN 0 ELSE 1 END = 1)`,
  `a integer, b text, CHECK (a IS NULL)`,
  `kind text NOT NULL, a integer, b integer,
   CHECK (kind IN ('a', 'b', 'c')),
   CHECK ((kind = 'a' AND a IS NOT NULL AND b IS NULL) OR (kind = 'b' AND a IS NULL AND b > 10))`,
  `kind text NOT NULL, a integer, CHECK (kind <> 'special' OR a IS NULL), CHECK (kind = 'special')`,
  `a text, CHECK (COALESCE(a, '') <> '')`,
  // columns against columns
  `a integer, b integer, CHECK (a < b)`,
  `b integer, a integer, CHECK (a < b)`,
  `ends timestamptz NOT NULL, starts timestamptz NOT NULL, CHECK (ends >= starts)`,
  `c date, b date, a date, CHECK (a < b), CHECK (b < c)`,
  `a text NOT NULL, b text NOT NULL, CHECK (a <> b)`,
  `a integer CHECK (a > 50), b integer, CHECK (a = b)`,
  `low numeric(3,0) CHECK (low >= 0), high numeric(3,0) CHECK (high <= 100), CHECK (low <= high)`,
  // booleans, documents, arrays
  `accepted boolean NOT NULL CHECK (accepted)`,
  `a boolean CHECK (a IS NOT TRUE), b boolean CHECK (NOT b)`,
  `j jsonb CHECK (jsonb_typeof(j) = 'array')`,
  `j jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_array_length(j) >= 2)`,
  `j jsonb CHECK (jsonb_typeof(j) = 'string')`,
  `j jsonb CHECK (j ? 'name' AND (j ->> 'kind') IN ('x', 'y'))`,
  `a text[] CHECK (a <@ ARRAY['x', 'y'])`,
  `a integer[] CHECK (cardinality(a) BETWEEN 2 AND 3), b text[] CHECK (array_length(b, 1) = 2)`,
  `v inet CHECK (family(v) = 4), r int4range CHECK (NOT isempty(r) AND lower(r) >= 0)`,
  // what takes more than one try
  `n integer CHECK (n % 7 = 0)`,
  `n integer, m integer, CHECK (n + m = 20)`,
  `s text CHECK (s::integer > 5)`,
  `s text CHECK ((s::jsonb ->> 'a') IS NULL)`,
];

for (const server of servers) {
  test(`checks are met, PostgreSQL ${server.major}`, async () => {
    const sql = tables.map((columns, index) => `CREATE TABLE t${index} (${columns})`).join(';\n');
    await using database = await seeded(server, sql);
    const reasons = database.result.skipped.map(({ table, reason }) => `${tables[Number(table.slice(8))]}: ${reason}`);
    assert.deepEqual(reasons, []);
    const counts = tables.map((_, index) => `SELECT ${index} AS t, count(*) FROM t${index}`);
    const few = (await database.lines(`SELECT * FROM (${counts.join(' UNION ALL ')}) AS c WHERE count < 3`)).map(
      (line) => `${tables[Number(line.split('|')[0])]}: ${line.split('|')[1]}`,
    );
    assert.deepEqual(few, ["s text CHECK (s SIMILAR TO '(a|b)c+'): 1", 'n integer, m integer, CHECK (n + m = 20): 2']);
  });
}

test('nullable columns have values wherever the checks allow it', async () => {
  await using database = await seeded(
    newest,
    `CREATE TABLE t (a integer, b text CHECK (b IS NULL OR length(b) = 4), c uuid, d jsonb, e boolean);
     CREATE TABLE p (k text) PARTITION BY LIST (k);
     CREATE TABLE p_default PARTITION OF p DEFAULT; CREATE TABLE p_a PARTITION OF p FOR VALUES IN ('a', NULL)`,
  );
  assert.deepEqual(await database.lines('SELECT num_nulls(a, b, c, d, e) FROM t'), ['0', '0', '0']);
  assert.deepEqual(await database.lines('SELECT count(*) - count(k) FROM p'), ['0']);
});

test('checks of domains hold for columns, and inside arrays and composites', async () => {
  await using database = await seeded(
    newest,
    `CREATE DOMAIN code AS text CHECK (VALUE ~ '^[A-Z]{2}$');
     CREATE DOMAIN short AS code CHECK (VALUE <> 'AA') NOT NULL;
     CREATE TYPE pair AS (a short, b code[]);
     CREATE TABLE t (a short UNIQUE, b short[] NOT NULL, c pair, d code CHECK (d IN ('XX', 'yy')))`,
  );
  assert.deepEqual(database.result, { tables: 1, rows: 3, skipped: [] });
  assert.deepEqual(await database.lines('SELECT count(b) AS b, count(c) AS c, min(d), max(d) FROM t'), ['3|3|XX|XX']);
});

test('a check that nothing meets skips its table with the words of PostgreSQL, and no other', async () => {
  await using database = await seeded(
    newest,
    `CREATE TABLE impossible (id integer PRIMARY KEY CHECK (id < 0 AND id > 0));
     CREATE TABLE child (id integer NOT NULL REFERENCES impossible);
     CREATE TABLE fine (id integer)`,
  );
  assert.deepEqual(database.result, {
    tables: 1,
    rows: 3,
    skipped: [
      {
        table: 'public.impossible',
        reason: 'new row for relation "impossible" violates check constraint "impossible_id_check"',
      },
      { table: 'public.child', reason: 'public.impossible, to which it must refer, has no rows that fit' },
    ],
  });
});
