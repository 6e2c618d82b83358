import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { parseStatements } from '../../src/postgres/parse.ts';

const parse = (text: string, start = 0) =>
  parseStatements({ migration: '1', path: 'm/1.sql', text }, { start, end: text.length });

test('statements come with their text, lines and offsets, whatever stands around them', async () => {
  const text =
    '-- héé\n\nCREATE TABLE "ü" (a int) -- why\n;;\n  ALTER TABLE "ü"\n    ADD b text; /* tail */\nSELECT \'é;\'';
  const found = await parse(text);
  assert.deepEqual(
    found.map(({ sql, line, endLine, kind }) => [sql, line, endLine, kind]),
    [
      ['CREATE TABLE "ü" (a int)', 3, 3, 'CreateStmt'],
      ['ALTER TABLE "ü"\n    ADD b text', 5, 6, 'AlterTableStmt'],
      ["SELECT 'é;'", 7, 7, 'SelectStmt'],
    ],
  );
  for (const { sql, offset } of found) assert.equal(text.slice(offset, offset + sql.length), sql);
});

test('a comment belongs to the statement it stands before, in, or behind on its line', async () => {
  const text = '-- one\n/* two */ SELECT 1 /* three */; -- four\n-- five\nSELECT 2;\n-- six';
  const found = await parse(text);
  assert.deepEqual(
    found.map(({ comments }) => comments.map((comment) => `${comment.line} ${comment.text}`)),
    [['1 -- one', '2 /* two */', '2 /* three */', '2 -- four'], ['3 -- five']],
  );
});

test('a part of a file keeps the lines of the file', async () => {
  const text = '-- +goose Up\nSELECT 1;\nSELECT 2;';
  assert.deepEqual(
    (await parse(text, 13)).map(({ line, sql }) => [line, sql]),
    [
      [2, 'SELECT 1'],
      [3, 'SELECT 2'],
    ],
  );
});

test('function bodies and quoted semicolons stay whole', async () => {
  const text = `CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;
CREATE FUNCTION g() RETURNS void LANGUAGE plpgsql AS $x$ BEGIN PERFORM 1; END $x$;`;
  assert.equal((await parse(text)).length, 2);
});

test('what the newest grammar refuses is split all the same, for the server to judge', async () => {
  const found = await parse("SELECT 1;\nALTER TABEL x ADD y int; -- ';'\nSELECT ';';");
  assert.deepEqual(
    found.map(({ line, kind }) => [line, kind]),
    [
      [1, 'SelectStmt'],
      [2, 'Unparsed'],
      [3, 'SelectStmt'],
    ],
  );
  assert.deepEqual(
    (await parse("SELECT 'abc")).map(({ sql }) => sql),
    ["SELECT 'abc"],
  );
});

test('nothing but comments and white space holds no statement', async () => {
  for (const text of ['', '\n', '-- x', '/* x */ ;;', '\r\n']) assert.deepEqual(await parse(text), []);
});

test('line ends of Windows do not move lines', async () => {
  assert.deepEqual(
    (await parse('SELECT 1;\r\n\r\nSELECT\r\n2;\r\n')).map(({ line, endLine }) => [line, endLine]),
    [
      [1, 1],
      [3, 4],
    ],
  );
});

test('characters outside the basic plane are two units in JavaScript and four bytes in PostgreSQL', async () => {
  const text = "SELECT '😀é'; /* 😀 */ SELECT 2 -- ü\n;\nSELECT '漢'";
  const found = await parse(text);
  assert.deepEqual(
    found.map(({ sql }) => sql),
    ["SELECT '😀é'", 'SELECT 2', "SELECT '漢'"],
  );
  for (const { sql, offset } of found) assert.equal(text.slice(offset, offset + sql.length), sql);
});

test('a big file costs time in proportion to its size', async () => {
  const lines = (count: number) => "-- 漢 comment\nINSERT INTO t VALUES ('😀');\n".repeat(count);
  const timed = async (text: string) => {
    const start = performance.now();
    await parse(text);
    return performance.now() - start;
  };
  await timed(lines(1000));
  const [small, large] = [await timed(lines(2000)), await timed(lines(16_000))];
  assert.ok(large < small * 8 * 4, `${small} ms for 2,000 and ${large} ms for 16,000 statements`);
});

test('the parser is not optimized, which would take more memory than all else', async () => {
  const text = 'CREATE TABLE a (id int PRIMARY KEY); SELECT a FROM b WHERE c IN (1, 2); '.repeat(1000);
  const module = pathToFileURL('src/postgres/parse.ts').href;
  const script = `const { parseStatements } = await import(${JSON.stringify(module)});
    const text = ${JSON.stringify(text)};
    const { length } = await parseStatements({ migration: '1', path: '1.sql', text }, { start: 0, end: text.length });
    await new Promise((done) => setTimeout(done, 500)); // compiling would go on in other threads
    console.log(length, process.resourceUsage().maxRSS);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  const [statements, kilobytes] = stdout.split(' ').map(Number);
  assert.equal(statements, 2000);
  assert.ok((kilobytes ?? 0) < 200_000, `${kilobytes} kB`);
});
