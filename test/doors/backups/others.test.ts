import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { RestoreReport } from '../../../src/model/backup-report.ts';
import { quote } from '../../../src/postgres/quote.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { clients, needsClients, on, people, type Scene, scene } from './scene.ts';

const run = promisify(execFile);

/** People, and bytes of every kind among them. */
const setUp = `${people} CREATE TABLE odd (text text, bytes bytea);
  INSERT INTO odd VALUES (E'\\\\.', '\\x00ff5c2e0a'), (E'\n\\\\connect x\n;''"$$', NULL), (chr(128679), '');
  SELECT lo_from_bytea(0, '\\x00ff');`;

/** Writes a dump into the folder as pg_dump does with these words; returns its path. */
async function dumped(there: Scene, name: string, words: readonly string[]): Promise<string> {
  const path = join(there.folder, name);
  const [file, ...first] = clients?.command('pg_dump') ?? [''];
  await run(file, [...first, ...words, `--file=${path}`, urlOf(there.address)]);
  return path;
}

/** A name for a database that goes with the test. */
function spare(test: TestContext, { address }: Scene, kind: string): string {
  const name = `${address.database}_${kind}`;
  test.after(async () => {
    await using admin = await on('postgres');
    await admin.send(`DROP DATABASE IF EXISTS ${quote(name)}`);
  });
  return name;
}

const storeless = { LOCKKEEPER_STORE: '' };

/** A dump by the words it is made with, and what is done to it afterwards; returns the path to restore from. */
type Way = readonly [words: readonly string[], pack?: (path: string) => Promise<string>];

const packed = (pack: (bytes: Buffer) => Buffer) => async (path: string) => {
  await writeFile(`${path}.packed`, pack(await readFile(path)));
  return `${path}.packed`;
};

const inTar =
  (...words: readonly string[]) =>
  async (path: string) => {
    await run('tar', [...words, '-cf', `${path}.tar`, '-C', join(path, '..'), path.split('/').at(-1) as string]);
    return `${path}.tar`;
  };

const ways: Readonly<Record<string, Way>> = {
  'custom, compressed by pg_dump': [['-Fc', '-Z9']],
  'custom, of --create and --clean': [['-Fc', '--create', '--clean', '--if-exists']],
  'custom, packed': [['-Fc', '-Z0'], packed(zstdCompressSync)],
  directory: [['-Fd']],
  'directory, not compressed, over several connections': [['-Fd', '-Z0', '-j2']],
  'directory, packed by GNU tar': [['-Fd'], inTar('-z', '--format=gnu')],
  'directory, packed by tar with extended headers': [['-Fd', '-Z0'], inTar('--format=pax')],
  tar: [['-Ft']],
  'tar, packed': [['-Ft'], packed(gzipSync)],
  SQL: [['-Fp']],
  'SQL, compressed by pg_dump': [['-Fp', '-Z5']],
  'SQL, of --create': [['-Fp', '--create']],
  'SQL, of --create and --clean': [['-Fp', '--create', '--clean', '--if-exists', '-Z1']],
  'SQL, of --clean, in INSERTs': [['-Fp', '--clean', '--if-exists', '--inserts'], packed(gzipSync)],
};

for (const [name, [words, pack]] of Object.entries(ways))
  test(`of others: ${name}`, needsClients, async (test) => {
    const there = await scene(test, setUp);
    const path = await dumped(there, 'dump', words);
    const file = pack ? await pack(path) : path;
    const into = spare(test, there, 'copy');
    const report = await there.report<RestoreReport>(['restore', '--file', file, '--into', into], 0, storeless);
    assert.equal(report.tables, 2);
    await using copy = await on(into);
    for (const query of [
      'SELECT count(*), max(name) FROM people',
      'SELECT * FROM odd ORDER BY text',
      'SELECT data FROM pg_largeobject',
    ])
      assert.deepEqual(await copy.query(query), await there.session.query(query), query);
  });

for (const [encoding, row] of [
  ['LATIN1', "convert_from('\\xe4f6', 'LATIN1')"],
  ['SQL_ASCII', "convert_from('\\xe4ff', 'SQL_ASCII')"],
] as const)
  for (const format of ['custom', 'plain'])
    test(`${encoding}, ${format}: with and without manifest`, needsClients, async (test) => {
      const there = await scene(test);
      const name = spare(test, there, 'old');
      await there.session.send(
        `CREATE DATABASE ${name} TEMPLATE template0 ENCODING '${encoding}' LC_COLLATE 'C' LC_CTYPE 'C'`,
      );
      await using old = await on(name);
      const bytes = encoding === 'LATIN1' ? "convert_to(text, 'LATIN1')" : 'text::bytea';
      await old.send(`CREATE TABLE odd AS SELECT ${row} AS text`);
      const address = { ...there.address, database: name };
      const env = { LOCKKEEPER_URL: urlOf(address) };
      await there.backUp(['--format', format], env);
      await there.report(['verify']);
      const file = await dumped({ ...there, address }, 'dump', [`--format=${format}`]);
      for (const [kind, words, more] of [
        ['backup', [], {}],
        ['file', ['--file', file], storeless],
      ] as const) {
        const into = spare(test, there, kind);
        await there.report<RestoreReport>(['restore', '--into', into, ...words], 0, more);
        await using copy = await on(into);
        const query = `SELECT ${bytes} AS bytes FROM odd`;
        assert.deepEqual(await copy.query(query), await old.query(query), kind);
      }
    });

/** What is no whole dump, what is said of it, and the exit code. */
type Bad = readonly [make: (there: Scene) => Promise<string>, says: RegExp, status: number];

const written = (name: string, content: string | Buffer) => async (there: Scene) => {
  const path = join(there.folder, name);
  await writeFile(path, content);
  return path;
};

const cut = (words: readonly string[], part: number) => async (there: Scene) => {
  const path = await dumped(there, 'dump', words);
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, Math.floor(bytes.length * part)));
  return path;
};

const bad: Readonly<Record<string, Bad>> = {
  'nothing there': [async () => '/nowhere/x', /x: The dump cannot be read: it is not there/, 2],
  'an empty file': [written('empty.dump', ''), /empty\.dump: The file is empty/, 2],
  'a text': [written('readme', 'Dear reader,\nthis is no dump.\n'), /readme: This is neither SQL nor a dump/, 2],
  'text of PowerShell': [written('x.sql', Buffer.from('\ufeff-- x', 'utf16le')), /in UTF-16, as PowerShell/, 2],
  'packed with lz4': [written('x', Buffer.from('04224d18', 'hex')), /packed in a way .*with lz4/s, 2],
  'SQL that is none': [written('x.sql', '-- x\nCREATE NONSENSE;'), /no database is left of it.*syntax error/s, 8],
  'gzip that ends early': [
    written('x.gz', gzipSync('-- x\n'.repeat(10_000)).subarray(0, 50)),
    /x\.gz: The dump is damaged: unexpected end of file/,
    8,
  ],
  'a folder of something else': [
    async ({ folder }) => {
      await mkdir(join(folder, 'else'));
      return join(folder, 'else');
    },
    /else: This folder has no toc\.dat/,
    2,
  ],
  'a directory without one of its files': [
    async (there) => {
      const path = await dumped(there, 'dump', ['-Fd', '-Z0']);
      const name = (await readdir(path)).find((each) => /^\d+\.dat$/.test(each)) as string;
      await rm(join(path, name));
      return path;
    },
    /no database is left of it: .*could not open/s,
    8,
  ],
  'the table of contents alone': [
    async (there) => join(await dumped(there, 'dump', ['-Fd']), 'toc.dat'),
    /toc\.dat: This is only the table of contents/,
    2,
  ],
  'a directory in half a tar': [
    async (there) => {
      const path = await inTar('--format=gnu')(await dumped(there, 'dump', ['-Fd']));
      const bytes = await readFile(path);
      await writeFile(path, bytes.subarray(0, bytes.length >> 1));
      return path;
    },
    /The tar ends in the middle/,
    8,
  ],
  'half a tar': [cut(['-Ft'], 0.5), /The tar ends in the middle/, 8],
  'half of SQL': [cut(['-Fp'], 0.5), /The dump ends in the middle/, 8],
};

test('what is no whole dump is told, and nothing is left', needsClients, async (test) => {
  for (const [name, [make, says, status]] of Object.entries(bad))
    await test.test(name, async (test) => {
      const there = await scene(test, setUp);
      const into = `${there.address.database}_bad`;
      const ended = await there.run(['restore', '--file', await make(there), '--into', into], storeless);
      assert.match(ended.stderr, says);
      assert.equal(ended.status, status, ended.stderr);
      assert.doesNotMatch(ended.stderr, /\n\s+at |fault of Lockkeeper/);
      assert.deepEqual(await there.session.query('SELECT FROM pg_database WHERE datname = $1', [into]), []);
    });
});

test('custom format, cut anywhere', needsClients, async (test) => {
  const there = await scene(test, setUp);
  const path = await dumped(there, 'dump', ['-Fc']);
  const bytes = await readFile(path);
  const into = `${there.address.database}_cut`;
  for (const part of [0.0005, 0.01, 0.1, 0.3, 0.6, 0.9, 0.99, (bytes.length - 1) / bytes.length]) {
    await writeFile(path, bytes.subarray(0, Math.floor(bytes.length * part)));
    const { status, stderr } = await there.run(['restore', '--file', path, '--into', into], storeless);
    assert.ok(status === 8 || (status === 2 && part < 0.001), `${part}: ${status} ${stderr}`);
    assert.doesNotMatch(stderr, /\n\s+at |fault of Lockkeeper/);
    assert.deepEqual(await there.session.query('SELECT FROM pg_database WHERE datname = $1', [into]), []);
  }
});
