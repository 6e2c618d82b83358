import assert from 'node:assert/strict';
import { test } from 'node:test';
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
      await session.query(
        `INSERT INTO lockkeeper_history (tool, migration, name, hash, status, statements)
         VALUES ('sql', '0002_b', '0002_b.sql', '', 'started', $1)`,
        [behind ? 2 : 1],
      );
      const input = await inputFor(newest, session.address, 'sql', {
        '0001_a.sql': setUp,
        '0002_b.sql': `${sql};${behind}`,
      });
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
