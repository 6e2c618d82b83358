import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { type LockMode, type Observation, strength } from '../../src/model/observation.ts';
import { connect } from '../../src/postgres/connect.ts';
import { openWatcher } from '../../src/postgres/watch/watch.ts';
import { migrationOf } from '../support/migrations.ts';
import { servers, type TestServer } from '../support/postgres.ts';

interface Row {
  readonly sql: string;
  readonly expected: string;
  readonly majors: string;
}

const page = await readFile(new URL('../../docs/locks.md', import.meta.url), 'utf8');
const base = await readFile(new URL('./watch-base.sql', import.meta.url), 'utf8');
const rows: Row[] = page.split('\n').flatMap((line) => {
  const [, sql, expected, majors] = /^\| `(.+)` \| (.+) \| (\S+) \|$/.exec(line) ?? [];
  return sql && expected && majors ? [{ sql, expected, majors }] : [];
});
assert.ok(rows.length >= 100, `the page has ${rows.length} rows`);

for (const server of servers) {
  describe(`docs/locks.md on PostgreSQL ${server.major}`, { concurrency: 3 }, () => {
    const template = `watch_table_${process.pid}_${server.major}`;
    before(async () => {
      await administer(server, `CREATE DATABASE ${template}`);
      await using session = await connect({ ...server.address, database: template });
      await session.send(base);
    });
    after(() => administer(server, `DROP DATABASE ${template}`));
    for (const [index, row] of rows.entries()) {
      if (!holdsFor(row.majors, server.major)) continue;
      test(row.sql, async () => {
        const observation = await watchOnClone(server, template, `${template}_${index}`, row.sql);
        assert.equal(asRow(observation, optionalIn(row.expected)), row.expected.replaceAll(/ ?\(\w+\)/g, ''));
        assert.equal(observation.unobserved !== undefined, observation.error !== undefined, observation.unobserved);
      });
    }
  });
}

function holdsFor(majors: string, major: number): boolean {
  if (majors === 'all') return true;
  const [from = 0, to = from] = majors.split('–').map(Number);
  return major >= from && major <= to;
}

async function watchOnClone(server: TestServer, template: string, clone: string, sql: string): Promise<Observation> {
  await administer(server, `CREATE DATABASE ${clone} TEMPLATE ${template}`);
  try {
    const address = { ...server.address, database: clone };
    await using session = await connect(address);
    const signal = new AbortController().signal;
    await using watcher = await openWatcher({ session, address, major: server.major, statementLimit: 20, signal });
    const delivery = sql.startsWith('LOCK') ? 'wrapped' : 'lenient';
    const { facts } = await watcher.watch(migrationOf('1', sql, { delivery }));
    return facts[0]?.observation as Observation;
  } finally {
    await administer(server, `DROP DATABASE ${clone}`);
  }
}

/** Tables that are read whole or by an index, as the planner likes. */
function optionalIn(expected: string): string[] {
  return [...expected.matchAll(/\((\w+)\)/g)].map(([, name]) => name as string);
}

function asRow({ locks, rewritten, scanned, error }: Observation, optional: readonly string[]): string {
  const strongest = new Map<string, LockMode>();
  for (const { relation, mode } of locks) {
    const known = strongest.get(relation);
    if (mode !== 'AccessShareLock' && (!known || strength(mode) > strength(known))) strongest.set(relation, mode);
  }
  const cells = [
    [...strongest].map(([relation, mode]) => `${short(relation)} ${letters[mode]}`).join(', '),
    rewritten.map(short).join(' '),
    scanned
      .map(short)
      .filter((name) => !optional.includes(name))
      .join(' '),
    error?.sqlstate ?? '',
  ];
  return cells.map((cell) => cell || '–').join(' | ');
}

const short = (name: string) => name.replace(/^public\./, '');

const letters: Readonly<Record<LockMode, string>> = {
  AccessShareLock: 'AS',
  RowShareLock: 'RS',
  RowExclusiveLock: 'RX',
  ShareUpdateExclusiveLock: 'SUX',
  ShareLock: 'S',
  ShareRowExclusiveLock: 'SRX',
  ExclusiveLock: 'X',
  AccessExclusiveLock: 'AX',
};

async function administer(server: TestServer, sql: string): Promise<void> {
  await using session = await connect(server.address);
  await session.send(sql);
}
