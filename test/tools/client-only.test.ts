import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadTool, toolNames } from '../../src/tools/index.ts';
import { known, treeOf } from './trees.ts';

const tools = await Promise.all(toolNames.map(loadTool));

/** The file of one migration with this SQL, in every tool's form; `line` is added to places. */
const forms = {
  'golang-migrate': { path: 'm/1_x.up.sql', before: '', line: 0 },
  goose: { path: 'm/1_x.sql', before: '-- +goose Up\n-- +goose StatementBegin\n', line: 2 },
  sql: { path: 'm/1_x.sql', before: '', line: 0 },
};

/** Reads the SQL with every tool and returns what each answers. */
async function readAll(sql: string, check: (reading: Promise<unknown>, path: string, line: number) => Promise<void>) {
  for (const tool of tools) {
    const { path, before, line } = forms[tool.name as keyof typeof forms];
    const text = tool.name === 'goose' ? `${before}${sql}\n-- +goose StatementEnd\n` : sql;
    await check(tool.read(treeOf({ [path]: text }), ['m']), path, line);
  }
}

const refused: readonly [sql: string, line: number, message: RegExp][] = [
  ['SELECT 1;\n\\i other.sql\n', 2, /^\\i is a command of psql/],
  ['\\connect other\nSELECT 1;', 1, /^\\connect is a command of psql/],
  ["SELECT 'DROP TABLE x' \\gexec", 1, /^\\gexec is a command/],
  ["\\set owner 'app'\n", 1, /^\\set is a command/],
  ['\n\nALTER TABLE t OWNER TO :owner;', 3, /^:owner is a variable/],
  ['CREATE TABLE :"schema".t (a int);', 1, /^:"schema" is a variable/],
  ["SELECT set_config('a.b', :'value', false);", 1, /^:'value' is a variable/],
  ['create table :GRAPHILE_WORKER_SCHEMA.jobs (id int);\n', 1, /^:GRAPHILE_WORKER_SCHEMA is a variable/],
  ['SELECT a[1:n] FROM t;\nSELECT * FROM :tab;', 2, /^:tab is a variable/],
  ['-- {{ x }}\nCREATE TABLE {{ .Schema }}.t (a int);', 2, /^\{\{ \.Schema \}\} is a template/],
  ["ALTER TABLE t ALTER s TYPE '/* TEMPLATE: schema */state'::regtype;", 1, /stands inside a string/],
  [
    '-- copy of t\nCREATE TABLE t (a int);\nCOPY public.t (a) FROM stdin;\n1\n\\.\n',
    3,
    /^COPY … FROM stdin takes its rows/,
  ],
];

for (const [sql, line, message] of refused)
  test(`${JSON.stringify(sql)} is refused with place and remedy`, () =>
    readAll(sql, (reading, path, before) => assert.rejects(reading, known(message, path, before + line))));

const accepted: readonly string[] = [
  "COMMENT ON TABLE t IS 'C:\\temp {{x}} :name \\i';",
  "SELECT E'it\\'s \\\\i :x {{', E'a''\\'b :x';",
  '-- \\i other.sql :owner {{ x }} copy t from stdin\nSELECT 1; /* \\connect /* :nested */ {{ */',
  "DO $do$ BEGIN PERFORM a[1:n], '\\d'; x := 1; RAISE NOTICE $$ :y {{ $$; END $do$;",
  'SELECT (ARRAY[1,2,3])[lo:hi] FROM (SELECT 1 AS lo, 2 AS hi) AS x;',
  "SELECT JSON_OBJECT('a':b, c:d) FROM t;",
  'SELECT \'{{1,2},{3,4}}\'::int[], a::text, b::"Mood" FROM "odd\\name :x {{";',
  'CREATE TABLE /* TEMPLATE: schema */river_job (id int);',
  'SELECT f(a := 1, b => 2), c$d$ FROM e$f$;',
  'SELECT * FROM copy; SELECT * FROM stdin;',
  'ALTER TABEL broken ADD x int;',
  "SELECT 'never closed {{ :x",
];

for (const sql of accepted)
  test(`${JSON.stringify(sql)} is left to PostgreSQL`, () =>
    readAll(sql, async (reading) => {
      const { migrations } = (await reading) as { migrations: readonly unknown[] };
      assert.equal(migrations.length, 1);
    }));

test('lines that pg_dump puts around its output are left out for psql, and refused by tools that send the file', () =>
  readAll('\\restrict AbC\nCREATE TABLE t (a int);\n\\unrestrict AbC\n', async (reading, path, line) => {
    if (line === 0 && path === forms.sql.path) assert.ok(await reading);
    else await assert.rejects(reading, known(/^\\restrict is a command of psql/, path, line + 1));
  }));

test('a file of two megabytes is read', async () => {
  const row = "INSERT INTO t VALUES (1, 'it''s :name é'); -- \\i {{\n";
  await readAll(row.repeat(2_000_000 / row.length), async (reading) => assert.ok(await reading));
});
