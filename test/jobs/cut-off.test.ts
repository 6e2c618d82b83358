import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MigrateInput } from '../../src/jobs/migrate/input.ts';
import { migrate } from '../../src/jobs/migrate.ts';
import { connect } from '../../src/postgres/connect.ts';
import { freshSession, newest } from '../support/postgres.ts';
import { closedGates, inputFor } from './migrating.ts';

const setUp = `CREATE TABLE a (id bigint PRIMARY KEY, n int); CREATE INDEX a_old ON a (n); INSERT INTO a VALUES (1, 1), (2, 2);
  CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);`;

type Session = Awaited<ReturnType<typeof freshSession>>;

/** Runs it until it waits for a transaction on this table, and gives up there. */
async function cutShort(session: Session, sql: string, table: string): Promise<void> {
  await using holder = await connect(session.address);
  await holder.send(`BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM ${table}`);
  await session.send("SET lock_timeout = '100ms'");
  await assert.rejects(session.send(sql), /lock timeout/);
  await session.send('RESET lock_timeout');
  await holder.send('COMMIT');
}

/** Says that the second migration was begun. */
async function begun(session: Session, { head }: MigrateInput, statements: number): Promise<void> {
  await session.query(
    `INSERT INTO lockkeeper_history (tool, migration, name, hash, status, statements)
     VALUES ('sql', '0002_b', '0002_b.sql', $1, 'started', $2)`,
    [head.migrations[1]?.hash, statements],
  );
}

/** A statement that was cut off, and how: committed and not noted, or stopped between its transactions. */
const cases: Readonly<
  Record<string, readonly [sql: string, cut: (session: Session, sql: string) => Promise<unknown>]>
> = {
  'an index that was built': ['CREATE INDEX CONCURRENTLY a_n ON a (n)', (session, sql) => session.send(sql)],
  'an index that was half built': [
    'CREATE UNIQUE INDEX CONCURRENTLY a_n ON a (n)',
    async (session, sql) => {
      await session.send('INSERT INTO a VALUES (3, 2)');
      await assert.rejects(session.send(sql), /could not create unique index/);
      await session.send('DELETE FROM a WHERE id = 3');
    },
  ],
  'an index without a name that was half built': [
    'CREATE INDEX CONCURRENTLY ON a (n, id)',
    (session, sql) => cutShort(session, sql, 'a'),
  ],
  'an index that may be there, half built': [
    'CREATE INDEX CONCURRENTLY IF NOT EXISTS a_n ON a (n)',
    (session, sql) => cutShort(session, sql, 'a'),
  ],
  'an index that was rebuilt by half': [
    'REINDEX INDEX CONCURRENTLY a_old',
    (session, sql) => cutShort(session, sql, 'a'),
  ],
  'an index that was dropped': ['DROP INDEX CONCURRENTLY a_old', (session, sql) => session.send(sql)],
  'an index that was half dropped': ['DROP INDEX CONCURRENTLY a_old', (session, sql) => cutShort(session, sql, 'a')],
  'a partition that was detached': [
    'ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY',
    (session, sql) => session.send(sql),
  ],
  'a partition that was half detached': [
    'ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY',
    (session, sql) => cutShort(session, sql, 'p'),
  ],
  'nothing yet': ['CREATE INDEX CONCURRENTLY a_n ON a (n)', async () => {}],
};

for (const [name, [sql, cut]] of Object.entries(cases))
  for (const behind of ['', '\nALTER TABLE a ADD m int;'])
    test(`cut off: ${name}${behind && ', with more behind it'}`, async () => {
      await using session = await freshSession(newest);
      await migrate(await inputFor(newest, session.address, 'sql', { '0001_a.sql': setUp }));
      await cut(session, sql);
      const input = await inputFor(newest, session.address, 'sql', {
        '0001_a.sql': setUp,
        '0002_b.sql': `${sql};${behind}`,
      });
      await begun(session, input, behind ? 2 : 1);
      const report = await migrate(input);
      assert.deepEqual(
        [report.outcome, closedGates(report), report.failure, report.verification?.unexpected],
        ['passed', [], undefined, []],
      );
      assert.deepEqual(
        await session.query('SELECT relname FROM pg_class JOIN pg_index ON indexrelid = oid WHERE NOT indisvalid'),
        [],
      );
      const rows = await session.query("SELECT status, done FROM lockkeeper_history WHERE migration = '0002_b'");
      assert.deepEqual(rows, [{ status: 'applied', done: behind ? 2 : 1 }]);
      assert.equal((await migrate(input)).outcome, 'nothing');
    });

test('an invalid index that others have left is told, can be accepted, and stays', async () => {
  await using session = await freshSession(newest);
  await migrate(await inputFor(newest, session.address, 'sql', { '0001_a.sql': setUp }));
  await cutShort(session, 'CREATE INDEX CONCURRENTLY of_others ON a (n)', 'a');
  await cutShort(session, 'CREATE INDEX CONCURRENTLY a_n ON a (n)', 'a');
  const files = { '0001_a.sql': setUp, '0002_b.sql': 'CREATE INDEX CONCURRENTLY a_n ON a (n);' };
  const input = await inputFor(newest, session.address, 'sql', files, { allow: ['drift'] });
  await begun(session, input, 1);
  const refused = await migrate({ ...input, allow: [] });
  assert.deepEqual(closedGates(refused), ['drift']);
  assert.deepEqual(
    refused.plan.drift.map(({ id }) => id),
    ['public.of_others'],
  );
  const report = await migrate(input);
  assert.deepEqual([report.outcome, report.verification?.invalidIndexes], ['passed', []]);
  const invalid = 'SELECT relname FROM pg_class JOIN pg_index ON indexrelid = oid WHERE NOT indisvalid';
  assert.deepEqual(await session.query(invalid), [{ relname: 'of_others' }]);
});

test('a partition that cannot be detached: why, and not that nothing was begun', async () => {
  await using session = await freshSession(newest);
  const files = {
    '0001_a.sql': `${setUp} CREATE TABLE rest PARTITION OF p DEFAULT;`,
    '0002_b.sql': '\nALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;',
  };
  const { failure } = await migrate(
    await inputFor(newest, session.address, 'sql', files, { allow: ['migration-fails'] }),
  );
  assert.deepEqual(
    [failure?.message, failure?.line],
    ['cannot detach partitions concurrently when a default partition exists', 2],
  );
});
