import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { rehearse } from '../../src/jobs/rehearse.ts';
import { connect } from '../../src/postgres/connect.ts';
import { tool } from '../../src/tools/sql/tool.ts';
import { migrationOf } from '../support/migrations.ts';
import { newest, oldest } from '../support/postgres.ts';

const { signal } = new AbortController();

for (const server of [oldest, newest])
  test(`roles that the base names and nobody creates are there for the rehearsal, on PostgreSQL ${server.major}`, async () => {
    const key = randomBytes(4).toString('hex');
    const base = `CREATE TABLE t (id int); GRANT SELECT ON t TO "Reader ${key}"; ALTER TABLE t OWNER TO owner_${key};
      DO $$ BEGIN CREATE ROLE made_${key}; END $$; CREATE POLICY p ON t TO made_${key}, policy_${key} USING (true)`;
    const pending = `GRANT INSERT ON t TO "Reader ${key}"; GRANT SELECT ON t TO unknown_${key}`;
    const lent = { ...server, kind: 'existing', version: '0', lent: true, log: async () => '' } as const;
    const { notes, statements } = await rehearse({
      server: { ...lent, [Symbol.asyncDispose]: async () => {} },
      ...{ tool, base: [migrationOf('1', base)], pending: [migrationOf('2', pending)] },
      ...{ seedRows: 1, statementLimit: 20, signal, progress: { step: () => {} } },
    });
    assert.deepEqual(
      statements.map(({ observation }) => observation.error?.sqlstate),
      [undefined, '42704'],
    );
    const made = ['Reader ', 'owner_', 'policy_'].map(
      (name) => `The role ${name}${key}, which no migration creates, was made`,
    );
    for (const start of made) assert.equal(notes.filter((note) => note.startsWith(start)).length, 1, notes.join('\n'));
    await using session = await connect(server.address);
    assert.deepEqual(await session.query('SELECT rolname FROM pg_roles WHERE rolname ~ $1', [key]), []);
  });
