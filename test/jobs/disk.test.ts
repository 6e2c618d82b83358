import assert from 'node:assert/strict';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { demandOf } from '../../src/jobs/gates/disk/demand.ts';
import { type Need, needOf } from '../../src/jobs/gates/disk/need.ts';
import { sizesOf } from '../../src/jobs/gates/disk/sizes.ts';
import { volumesOf } from '../../src/jobs/gates/disk/volumes.ts';
import { fitting } from '../../src/jobs/gates/disk.ts';
import { type Rehearsal, rehearse } from '../../src/jobs/rehearse.ts';
import { connect } from '../../src/postgres/connect.ts';
import { identify } from '../../src/postgres/target.ts';
import { freshSession, newest, oldest, type TestServer } from '../support/postgres.ts';
import { inputFor, lent } from './migrating.ts';

const base = `CREATE TABLE big (id int PRIMARY KEY, n int, word text, other text); CREATE INDEX big_n ON big (n);
  CREATE TABLE parts (id int, n int) PARTITION BY RANGE (id);
  CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (50000);`;

/** One partition more than the migrations make. */
const rows = `INSERT INTO big SELECT g, g, 'word ' || g, repeat('x', 100) FROM generate_series(1, 30000) g;
  CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (50000) TO (100000);
  INSERT INTO parts SELECT g, g FROM generate_series(1, 90000) g; ANALYZE;`;

async function rehearsed(server: TestServer, statements: readonly string[]): Promise<Rehearsal> {
  const files = statements.map((sql, index) => [`${index + 2}.sql`, sql]);
  const all = { '1.sql': base, ...Object.fromEntries(files) };
  const { head, tool, signal, progress } = await inputFor(server, server.address, 'sql', all);
  const rest = { seedRows: 3, statementLimit: 60, signal, progress };
  return rehearse({
    server: lent(server),
    tool,
    base: head.migrations.slice(0, 1),
    pending: head.migrations.slice(1),
    ...rest,
  });
}

/** Statements, with what each writes anew. */
const rewrites: readonly (readonly [sql: string, ...anew: string[]])[] = [
  ['ALTER TABLE big ALTER n TYPE bigint', 'big'],
  ['ALTER TABLE parts ALTER n TYPE bigint', 'parts'],
  ['VACUUM FULL big', 'big'],
  ['CLUSTER big USING big_pkey', 'big'],
  ['REINDEX INDEX big_n', 'big_n'],
  ['UPDATE big SET n = n + 1', 'big'],
  ['UPDATE big SET n = 1 WHERE id = 1'],
  ['ALTER TABLE big ADD m int DEFAULT 7'],
  ['CREATE TABLE fresh (id int PRIMARY KEY)'],
  ['TRUNCATE big'],
];

for (const server of new Set([oldest, newest])) {
  test(`PostgreSQL ${server.major}: what is written anew, and how much`, async () => {
    await using target = await freshSession(server, base);
    await target.send(rows);
    const rehearsal = await rehearsed(
      server,
      rewrites.map(([sql]) => sql),
    );
    for (const [index, [sql, ...anew]] of rewrites.entries()) {
      const statements = rehearsal.statements.filter(({ statement }) => statement.migration === String(index + 2));
      assert.equal(statements.length, 1, sql);
      const { steps } = demandOf({ ...rehearsal, statements });
      const names = steps.flatMap(({ copies }) => copies.map(({ relation }) => relation));
      const { written, parts } = needOf({ steps, builds: [] }, await sizesOf(target, names), 1663);
      assert.deepEqual(
        parts.map(({ what }) => what).sort(),
        anew.map((name) => `public.${name} is written anew`),
        sql,
      );
      await target.send(sql);
      const now = sum(
        (
          await sizesOf(
            target,
            anew.map((name) => `public.${name}`),
          )
        ).map((each) => each.heap + each.indexes),
      );
      if (anew.length > 0) assert.ok(written > 0.4 * now && written < 2.5 * now, `${sql}: ${written}, and is ${now}`);
    }
  });

  test(`PostgreSQL ${server.major}: which indexes are built, and how big they become`, async () => {
    await using target = await freshSession(server, base);
    await target.send(rows);
    const statements = [
      'CREATE INDEX big_word ON big (word, n)',
      'CREATE INDEX CONCURRENTLY big_lower ON big (lower(word))',
      'CREATE INDEX big_brin ON big USING brin (id)',
      'CREATE INDEX parts_n ON parts (n)',
      'ALTER TABLE big ADD UNIQUE (id, n)',
      'DROP INDEX big_n; CREATE INDEX big_n ON big (n, other)',
      'REINDEX INDEX CONCURRENTLY big_pkey',
      'CREATE TABLE fresh (id int PRIMARY KEY)',
      'ALTER TABLE big RENAME TO large; CREATE INDEX large_word ON large (word)',
    ];
    const { steps, builds } = demandOf(await rehearsed(server, statements));
    assert.deepEqual(steps, []);
    const { parts } = needOf({ steps, builds }, await sizesOf(target, ['public.big', 'public.parts']), 1663);
    for (const sql of statements) await target.send(sql);
    const made = ['big_brin', 'big_id_n_key', 'big_lower', 'big_n', 'big_pkey', 'big_word', 'large_word', 'parts_n'];
    assert.deepEqual(
      parts.map(({ what }) => what).sort(),
      made.map((name) => `public.${name} is built`),
    );
    for (const { what, bytes } of parts.filter((each) => !each.what.includes('brin'))) {
      const now = sum((await sizesOf(target, [what.split(' ')[0] ?? ''])).map(({ heap }) => heap));
      const [least, most] = /lower/.test(what) ? [0.8, 10] : [0.8, 1.4]; // of an expression nothing is known
      assert.ok(bytes > least * now && bytes < most * now, `${what}: ${bytes}, and is ${now}`);
    }
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

test('the most that is there at one time', () => {
  const table = { table: null, tablespace: 1663, heap: 80, indexes: 20, rows: 0, widths: {} };
  const sizes = [
    { ...table, name: 'a', oid: 1 },
    { ...table, name: 'b', oid: 2 },
    { ...table, name: 'elsewhere', oid: 3, tablespace: 7 },
    { ...table, name: 'a_index', oid: 4, table: 1, heap: 20, indexes: 0 },
  ];
  const copies = (...names: string[]) => names.map((relation) => ({ relation }));
  const built = { table: 'a', method: 'gin', columns: ['x'] };
  const most = (steps: Parameters<typeof needOf>[0]['steps'], builds = 0) => {
    const need = needOf({ steps, builds: Array(builds).fill({ ...built, index: 'i' }) }, sizes, 1663);
    return [...need.tablespaces.values(), need.written];
  };
  assert.deepEqual(
    most([{ copies: copies('a', 'a_index'), goes: 'together' }]),
    [100, 0, 100],
    'an index goes with its table',
  );
  assert.deepEqual(most([{ copies: copies('a', 'b'), goes: 'together' }]), [200, 0, 200]);
  assert.deepEqual(most([{ copies: copies('a', 'b'), goes: 'each' }]), [100, 0, 200]);
  assert.deepEqual(most(['a', 'b'].map((name) => ({ copies: copies(name), goes: 'together' }))), [100, 0, 200]);
  assert.deepEqual(most(['a', 'b'].map((name) => ({ copies: copies(name), goes: 'never' }))), [200, 0, 200]);
  assert.deepEqual(most([{ copies: copies('a', 'elsewhere'), goes: 'together' }]), [100, 100, 200]);
  assert.deepEqual(most([{ copies: copies('a_index'), goes: 'together' }]), [20, 0, 20]);
  assert.deepEqual(most([], 2), [80 + 80 + 80, 0, 160], 'and what is sorted');
});

const need: Need = {
  tablespaces: new Map([
    [1663, 10e9],
    [7, 3e9],
  ]),
  written: 12e9,
  parts: [
    { what: 'public.a is written anew', bytes: 9e9 },
    { what: 'public.i is built', bytes: 3e9 },
  ],
};

test('room, or none', () => {
  const all = { tablespaces: [1663, 7], wal: true };
  const outcome = (free: number, walLimit: number | null = null) => fitting(need, walLimit, [{ ...all, free }]).outcome;
  assert.deepEqual([outcome(30.1e9), outcome(29.9e9)], ['open', 'closed'], 'a fifth more than the 25 GB');
  assert.deepEqual([outcome(16.9e9, 1e9), outcome(16.7e9, 1e9)], ['open', 'closed'], 'WAL that is not kept');
  const { message, help } = fitting(need, null, [
    { tablespaces: [1663], wal: false, free: 11.9e9 },
    { tablespaces: [7], wal: false, free: 1e12 },
    { tablespaces: [], wal: true, free: 2e9 },
  ]);
  assert.equal(
    message,
    'It takes about 25.0 GB of disk for a while, 12.0 GB of that for WAL: public.a is written anew (9.00 GB), public.i is built (3.00 GB). That does not fit: where data lies, 10.0 GB are needed and a fifth to spare, and 11.9 GB are free; where the WAL lies, 12.0 GB are needed and a fifth to spare, and 2.00 GB are free.',
  );
  assert.match(help ?? '', /`allow: disk`/);
});

test('where it cannot be known, it is told only what is worth a look', () => {
  const unknown = fitting(need, null, 'the target is on another machine');
  assert.equal(unknown.outcome, 'unknown');
  assert.match(unknown.message, /another machine\. It takes about 25\.0 GB .* See whether it is there\.$/);
  const small = { ...need, tablespaces: new Map([[1663, 1e6]]), written: 1e6 };
  assert.match(fitting(small, null, 'the target is on another machine').message, /It takes less than 1 GB\.$/);
  assert.equal(fitting({ ...small, written: 0 }, null, 'the target is on another machine').outcome, 'open');
});

test('a server’s file systems are known only where its own files say that it is that one', async () => {
  await using session = await freshSession(newest, 'CREATE ROLE disk_nobody LOGIN');
  const target = await identify(session);
  const [row] = await session.query<{ data: string }>("SELECT current_setting('data_directory') AS data");
  const volumes = await volumesOf(session, newest.address, target);
  assert.ok(typeof volumes !== 'string', String(volumes));
  const { bavail, bsize } = await statfs(join(row?.data ?? '', 'base'));
  assert.deepEqual(
    volumes.map(({ tablespaces, wal }) => [tablespaces, wal]),
    [[[1663, 1664], true]],
  );
  assert.ok(Math.abs((volumes[0]?.free ?? 0) - bavail * bsize) < 0.1 * bavail * bsize + 1e9);
  const why = (host: string, systemIdentifier?: string) =>
    volumesOf(session, { host }, systemIdentifier ? { systemIdentifier } : {});
  assert.equal(await why('db.example.org', target.systemIdentifier), 'the target is on another machine');
  assert.equal(await why('localhost', '1'), 'the data folder of that name here is another server’s');
  assert.equal(await why('localhost'), 'the role may not see which server it is');
  await using nobody = await connect({ ...session.address, user: 'disk_nobody' });
  assert.match(
    String(await volumesOf(nobody, newest.address, target)),
    /^the role may not see where the data folder is/,
  );
  await session.send('DROP ROLE disk_nobody');
});
