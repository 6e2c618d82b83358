import assert from 'node:assert/strict';
import { test } from 'node:test';
import { servers } from '../support/postgres.ts';
import { seeded } from './seed-support.ts';

/** Types with as many values as one likes. */
const plentiful = [
  ...[
    'smallint',
    'integer',
    'bigint',
    'real',
    'double precision',
    'numeric',
    'numeric(4,2)',
    'numeric(2,0)',
    'money',
    'oid',
  ],
  ...['text', 'varchar', 'varchar(1)', 'varchar(20)', 'char(1)', 'char(8)', 'name', '"char"', 'citext', 'uuid'],
  ...[
    'date',
    'time',
    'timetz',
    'timestamp',
    'timestamptz(0)',
    'interval',
    'interval day',
    'bytea',
    'bit(2)',
    'bit(40)',
  ],
  ...['bit varying', 'bit varying(5)', 'inet', 'cidr', 'macaddr', 'macaddr8', 'tsvector', 'tsquery', 'json', 'jsonb'],
  ...['jsonpath', 'xml', 'point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle', 'pg_lsn', 'txid_snapshot', 'xid'],
  ...['tid', 'refcursor', 'regclass', 'regtype', 'int2vector', 'hstore', 'ltree', 'lquery', 'ltxtquery', 'cube', 'seg'],
  ...[
    'int4range',
    'int8range',
    'numrange',
    'daterange',
    'tsrange',
    'tstzrange',
    'textrange',
    'colour',
    'email',
    'share',
  ],
  ...['pair', 'nested', 'lot'],
];

/** Types of which we give one value only, or too few for three rows. */
const scarce = [
  'boolean',
  'regproc',
  'regprocedure',
  'regoper',
  'regoperator',
  'regrole',
  'regnamespace',
  'regconfig',
  'aclitem',
  'single',
];

const schema = `
CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION ltree; CREATE EXTENSION cube; CREATE EXTENSION seg;
CREATE TYPE colour AS ENUM ('red', 'it''s "green"', 'blue, light', '');
CREATE TYPE single AS ENUM ('only');
CREATE DOMAIN email AS citext NOT NULL CHECK (VALUE ~ '^[a-z0-9]+@[a-z]+\\.[a-z]{2,}$');
CREATE DOMAIN positive AS numeric CHECK (VALUE > 0);
CREATE DOMAIN share AS positive CHECK (VALUE < 1);
CREATE TYPE textrange AS RANGE (subtype = text);
CREATE TYPE pair AS (key text, "Value" colour, at timestamptz);
CREATE TYPE nested AS (pairs pair[], share share, range int4range);
CREATE TYPE lot AS (n nested, list integer[], note varchar(3));
`;

for (const server of servers) {
  const newer = server.major >= 14 ? ['int4multirange', 'tstzmultirange', 'xid8', 'pg_snapshot', 'regcollation'] : [];
  const types = [...plentiful, ...scarce, ...newer];

  test(`every type has values, PostgreSQL ${server.major}`, async () => {
    const tables = types.map((type, index) => `CREATE TABLE t${index} (v ${type}, list ${type}[])`);
    await using database = await seeded(server, `${schema}; ${tables.join('; ')}`);
    assert.deepEqual(database.result, { tables: types.length, rows: 3 * types.length, skipped: [] });
    const parts = types.map(
      (_, index) =>
        `SELECT ${index} AS t, concat_ws('|', count(DISTINCT v::text), count(v), count(list), min(cardinality(list))) FROM t${index}`,
    );
    const counts = await database.lines(`${parts.join(' UNION ALL ')} ORDER BY 1`);
    const expected = types.map((type, index) => {
      const distinct = type === 'boolean' ? 2 : scarce.includes(type) || type === 'regcollation' ? 1 : 3;
      return `${index}|${distinct}|3|3|1`;
    });
    assert.deepEqual(counts, expected, 'three rows, no NULL, as many values as there are');
  });
}

test('ranges of different rows do not overlap', async () => {
  for (const server of servers) {
    await using database = await seeded(
      server,
      `CREATE EXTENSION btree_gist;
       CREATE TABLE booking (room integer NOT NULL, during tstzrange NOT NULL, EXCLUDE USING gist (room WITH =, during WITH &&));
       CREATE TABLE shift (starts timestamp NOT NULL, ends timestamp NOT NULL, EXCLUDE USING gist (tsrange(starts, ends) WITH &&));
       CREATE TABLE place (area circle, EXCLUDE USING gist (area WITH &&))`,
    );
    assert.deepEqual(database.result, { tables: 3, rows: 9, skipped: [] });
  }
});

test('a type that only its owner knows is left to its default, to NULL, or its table is skipped', async () => {
  const [server] = servers.slice(-1);
  assert.ok(server);
  await using database = await seeded(
    server,
    `CREATE TYPE secret;
     CREATE FUNCTION secret_in(cstring) RETURNS secret LANGUAGE internal IMMUTABLE STRICT AS 'textin';
     CREATE FUNCTION secret_out(secret) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
     CREATE TYPE secret (INPUT = secret_in, OUTPUT = secret_out, LIKE = text);
     CREATE TABLE a_default (s secret NOT NULL DEFAULT 'x');
     CREATE TABLE b_null (s secret);
     CREATE TABLE c_neither (s secret NOT NULL)`,
  );
  assert.deepEqual(database.result, {
    tables: 2,
    rows: 6,
    skipped: [{ table: 'public.c_neither', reason: 'no value is known for s of type public.secret' }],
  });
});
