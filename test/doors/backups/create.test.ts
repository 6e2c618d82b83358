import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import type { RestoreReport } from '../../../src/model/backup-report.ts';
import { quote } from '../../../src/postgres/quote.ts';
import { urlOf } from '../../../src/postgres/url.ts';
import { clients, needsClients, on, people, type Scene, scene } from './scene.ts';

const run = promisify(execFile);
const storeless = { LOCKKEEPER_STORE: '' };

/** What a program prints of the database, in a file. */
async function printed(there: Scene, program: 'pg_dump' | 'pg_dumpall', words: readonly string[]): Promise<string> {
  const [file, ...first] = clients?.command(program) ?? [''];
  const { stdout } = await run(file, [...first, ...words], { maxBuffer: 1 << 28 });
  const path = join(there.folder, `${program}.sql`);
  await writeFile(path, stdout);
  return path;
}

function spare(test: TestContext, name: string): string {
  test.after(async () => {
    await using admin = await on('postgres');
    await admin.send(`DROP DATABASE IF EXISTS ${quote(name)}`);
  });
  return name;
}

/** What is kept of a database beside what is in it. */
const properties = `SELECT shobj_description(oid, 'pg_database') AS comment, datconnlimit,
  (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(datacl) a) AS acl,
  (SELECT array_agg(c ORDER BY c) FROM pg_db_role_setting s, unnest(s.setconfig) c WHERE setdatabase = d.oid) AS settings
  FROM pg_database d WHERE datname = $1`;

test(
  'SQL of pg_dump --create goes into the new database, with its properties; the old one is as it was',
  needsClients,
  async (test) => {
    const there = await scene(test, people);
    const { session } = there;
    const name = spare(test, `${there.address.database} "it's"`);
    await session.send(`CREATE DATABASE ${quote(name)} TEMPLATE ${quote('template0')}`);
    {
      await using own = await on(name);
      await own.send(people);
    }
    await session.send(`COMMENT ON DATABASE ${quote(name)} IS E'it''s\\n\\\\connect x'`);
    await session.send(`ALTER DATABASE ${quote(name)} SET work_mem = '5MB'`);
    await session.send(`REVOKE CONNECT ON DATABASE ${quote(name)} FROM PUBLIC`);
    const path = await printed(there, 'pg_dump', ['--create', urlOf({ ...there.address, database: name })]);
    const [written] = await session.query(properties, [name]);
    // what would be told to the old database if it were not left out
    await session.send(`ALTER DATABASE ${quote(name)} RESET work_mem`);
    await session.send(`COMMENT ON DATABASE ${quote(name)} IS 'now'`);
    const [now] = await session.query(properties, [name]);

    const into = spare(test, `${there.address.database}_new`);
    const report = await there.report<RestoreReport>(['restore', '--file', path, '--into', into], 0, storeless);
    assert.deepEqual([report.tables, report.problems], [1, []]);
    await using restored = await on(into);
    assert.deepEqual(await restored.query('SELECT count(*)::int FROM people'), [{ count: 1000 }]);
    assert.deepEqual(await session.query(properties, [into]), [written]);
    assert.deepEqual(await session.query(properties, [name]), [now]);
  },
);

test('what pg_dumpall writes is refused, and the way out told', needsClients, async (test) => {
  const there = await scene(test, people);
  const path = join(there.folder, 'all.sql');
  const one = await printed(there, 'pg_dump', ['--create', urlOf(there.address)]);
  const globals = await printed(there, 'pg_dumpall', [
    '--roles-only',
    '--no-role-passwords',
    `--dbname=${urlOf(there.address)}`,
  ]);
  await run('sh', ['-c', `cat '${globals}' '${one}' > '${path}'`]);
  const { status, stderr } = await there.run(['restore', '--file', path, '--into', 'never'], storeless);
  assert.match(
    stderr,
    /all\.sql: The dump holds several databases, as pg_dumpall writes them\.\nDump the one .* with pg_dump/,
  );
  assert.equal(status, 2);
});
