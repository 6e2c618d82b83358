import assert from 'node:assert/strict';
import { test } from 'node:test';
import { without } from '../../../src/postgres/dump/own-database.ts';
import { type Scan, scan } from '../../../src/postgres/dump/scan.ts';

/** In pieces of every length up to its own, as a stream may cut it anywhere. */
async function scanned(sql: string | Buffer): Promise<Scan> {
  const bytes = Buffer.from(sql);
  const results: Scan[] = [];
  for (const length of [1, 2, 3, 7, bytes.length]) results.push(await scan(pieces(bytes, length)));
  for (const each of results) assert.deepEqual(each, results[0]);
  return results[0] as Scan;
}

async function* pieces(bytes: Buffer, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/** Beginning and end as pg_dump writes them. */
const whole = (sql: string) =>
  `--\n-- PostgreSQL database dump\n--\n${sql}\n-- PostgreSQL database dump complete\n--\n`;

const rows = 'COPY public.t (a) FROM stdin;\n\\N\n\\\\.\n\\.x\n\\connect x\nALTER TABLE a OWNER TO nobody;\n';

const leaving: Readonly<Record<string, string>> = {
  'another database': '\\connect shop',
  'another database, in short': 'SELECT 1;\n\\c shop',
  'a program': '\\! rm -rf /tmp/x',
  'a program in backticks': '\\set x `rm -rf /tmp/x`',
  'a file': '\\i more.sql',
  'a file of rows': "\\copy t FROM '/etc/passwd'",
  'results that are run': "SELECT 'DROP TABLE t' \\gexec",
  'a command in the middle of a line': 'SELECT 1 \\g | sh',
  'a command after rows': `${rows}\\.\n\\! ls`,
  'a command after a string of old': "SET standard_conforming_strings = off;\nSELECT 'it\\'s'; \\! ls",
  'a command after a quote that a name holds': 'SELECT a$b$c; \\! ls -- $b$',
  'a command after a comment in a comment': '/* a /* b */ c */ \\! ls',
};

for (const [name, sql] of Object.entries(leaving))
  test(`leaves its database: ${name}`, async () => {
    const { leaves } = await scanned(whole(sql));
    assert.match(leaves ?? '', /^\\(connect|c|!|set|i|copy|gexec|g)\b|^\\! /);
  });

const staying: Readonly<Record<string, string>> = {
  'what guards a dump against commands': '\\restrict abcDEF\nSELECT 1;\n\\unrestrict abcDEF',
  'rows of every kind': `${rows}\\.\n`,
  'rows with lines of Windows': `${rows.replaceAll('\n', '\r\n')}\\.\r\n`,
  'a string of several lines': "INSERT INTO t VALUES ('a\n\\! ls\nCOPY t FROM stdin;\n');",
  'a string with quotes': "SELECT 'it''s \\', 'x'; SELECT E'it\\'s''\n\\! ls' ;",
  'a function': 'CREATE FUNCTION f() AS $_$\nSELECT $1;\n\\! ls\nALTER TABLE x OWNER TO nobody;\n$_$;',
  'a name': 'CREATE TABLE "a\n\\! ls\n""" (id int);',
  comments: "-- it's\n/* don't\n\\! ls\n*/",
};

for (const [name, sql] of Object.entries(staying))
  test(`stays: ${name}`, async () => {
    const { leaves, roles, cut } = await scanned(whole(sql));
    assert.deepEqual([leaves, roles, cut], [undefined, [], false]);
  });

test('ends in the middle', async () => {
  const dump = whole(`${rows}\\.\nSELECT 'a';`);
  for (const at of [60, dump.indexOf('\\.\nSELECT'), dump.length - 10, dump.indexOf("a';") + 1])
    assert.equal((await scanned(dump.slice(0, at))).cut, true, `${at}`);
  assert.equal((await scanned('CREATE TABLE x ();')).cut, false, 'it is not of pg_dump');
});

test('roles, encoding and version', async () => {
  const sql = `-- Dumped by pg_dump version 17.10
SET client_encoding = 'LATIN1';
SET default_tablespace = "fast ""ö""";
SET default_tablespace = '';
CREATE TABLE public.a (
    id integer
);
ALTER TABLE public.a OWNER TO ann;
GRANT SELECT ON TABLE public.a TO "b ""ö""" WITH GRANT OPTION;
REVOKE ALL ON TABLE public.a FROM carl;
ALTER DEFAULT PRIVILEGES FOR ROLE dora IN SCHEMA public GRANT SELECT ON TABLES TO emil;
CREATE POLICY p ON public.a FOR SELECT TO fay, "g h", pg_monitor USING ((id > 0));
CREATE SCHEMA s AUTHORIZATION ida;
GRANT SELECT ON TABLE public.a TO PUBLIC;`;
  const text = whole(sql);
  const { places, ...said } = await scanned(text);
  assert.deepEqual(places.names, ['fast "ö"']);
  const lines = places.spans.map(({ from, to }) => Buffer.from(text).subarray(from, to).toString());
  assert.deepEqual(lines, ['SET default_tablespace = "fast ""ö""";\n']);
  assert.deepEqual(said, {
    ...{ leaves: undefined, encoding: 'LATIN1', major: 17, tables: 1, cut: false, several: false, own: undefined },
    roles: ['ann', 'b "ö"', 'carl', 'dora', 'emil', 'fay', 'g h', 'ida'],
  });
  const old = Buffer.from(whole('ALTER TABLE a OWNER TO "kürt";'), 'latin1');
  assert.deepEqual((await scanned(old)).roles, ['kürt']);
});

const head =
  'SET standard_conforming_strings = off;\nCREATE DATABASE "a b" WITH TEMPLATE = template0;\n\\connect "a b"\n';
const about = `COMMENT ON DATABASE "a b" IS 'it''s
\\! ls
two lines';
REVOKE CONNECT,TEMPORARY ON DATABASE "a b" FROM PUBLIC;
ALTER ROLE ann IN DATABASE "a b" SET x TO 'y';
`;
const body = `SET a = b;\n${rows}\\.\nCREATE FUNCTION f() AS $$\nALTER DATABASE x SET y TO z;\n$$;\n`;

test('pg_dump --create: what is of the database itself can be left out, whatever the pieces', async () => {
  const dump = Buffer.from(whole(`${head}${about}\\connect "a b"\n${body}${about}`));
  const { leaves, cut, own } = await scanned(dump);
  assert.deepEqual([leaves, cut], [undefined, false]);
  assert.equal(own?.sql, `CREATE DATABASE "a b" WITH TEMPLATE = template0;\n${about}${about}`);
  for (const length of [1, 3, 40, dump.length]) {
    const rest = Buffer.concat(await Array.fromAsync(without(pieces(dump, length), own?.spans ?? [])));
    assert.equal(String(rest), `${body}\n-- PostgreSQL database dump complete\n--\n`);
  }
});

const elsewhere: Readonly<Record<string, string>> = {
  'a database that is not created': '\\connect "a b"',
  'another one afterwards': `${head}${body}\\connect other`,
  'after something that cannot be left out': `CREATE ROLE x;\n${head}`,
  'after rows': `${rows}\\.\n${head}`,
  'by a command in the same line': 'CREATE DATABASE a; \\connect a',
  'by a program': `${head}\\connect a \`id\``,
  'with a command that strings hide only before the connection': `${head}SELECT 'a\\'; \\! ls --';`,
};

for (const [name, sql] of Object.entries(elsewhere))
  test(`goes elsewhere: ${name}`, async () => {
    assert.match((await scanned(whole(sql))).leaves ?? '', /^\\(connect|!)/);
  });
