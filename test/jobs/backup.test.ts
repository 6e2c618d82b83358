import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { type BackupInput, backup } from '../../src/jobs/backup.ts';
import { readCatalog } from '../../src/jobs/backups/catalog.ts';
import { shut } from '../../src/jobs/backups/place.ts';
import { sealed, storedText } from '../../src/jobs/backups/seal.ts';
import { restore } from '../../src/jobs/restore.ts';
import { type VerifyInput, verify } from '../../src/jobs/verify.ts';
import type { KnownError } from '../../src/model/error.ts';
import type { Server } from '../../src/model/server.ts';
import type { Store } from '../../src/model/store.ts';
import { connect } from '../../src/postgres/connect.ts';
import { openStore } from '../../src/stores/index.ts';
import { needsClients, server } from '../doors/backups/scene.ts';
import { freshSession } from '../support/postgres.ts';

const signal = new AbortController().signal;
const progress = { step: () => {} };

const schema = `
  CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('sad', 'happy');
  CREATE TABLE app.people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, mood app.mood);
  CREATE TABLE "odd ""name" (id int PRIMARY KEY, person bigint REFERENCES app.people, blob bytea);
  INSERT INTO app.people (name) SELECT 'person ' || g FROM generate_series(1, 5000) g;
  INSERT INTO "odd ""name" SELECT g, g, decode(md5(g::text), 'hex') FROM generate_series(1, 3000) g;
  CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM app.people; CREATE SEQUENCE numbers; SELECT nextval('numbers');
  SELECT lo_from_bytea(0, 'large');`;

async function scene(test: TestContext, more: Partial<BackupInput> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'lk-store-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  const session = await freshSession(server, schema);
  test.after(() => session[Symbol.asyncDispose]());
  const store = await openStore(folder, { notice: () => {} });
  const input: BackupInput = {
    ...{
      target: session.address,
      store,
      format: 'custom',
      jobs: 2,
      compression: 'zstd',
      recipients: [],
      rowCounts: 'exact',
    },
    ...{ keyTemplate: 'postgres/{database}/backup_{timestamp}', version: '0', about: {}, signal, progress },
    ...more,
  };
  return { folder, session, store, input };
}

const lent: Server = {
  ...server,
  ...{ kind: 'existing', version: '15', lent: true, log: async () => '', [Symbol.asyncDispose]: async () => {} },
};

async function drill({ store }: Pick<BackupInput, 'store'>, more: Partial<VerifyInput> = {}) {
  const { backups } = await readCatalog(store, signal);
  const [newest] = backups;
  assert.ok(newest);
  const input = {
    store,
    backup: newest,
    depth: 'restore',
    openServer: async () => lent,
    jobs: 2,
    identities: [],
  } as const;
  return verify({ ...input, assertions: [], amcheck: false, version: '0', signal, progress, ...more });
}

for (const format of ['custom', 'plain', 'directory'] as const)
  for (const compression of ['zstd', 'none'] as const)
    test(`${format}, ${compression}: a backup restores to what was backed up`, needsClients, async (test) => {
      const { input, store } = await scene(test, { format, compression });
      const { manifest } = await backup(input);
      assert.deepEqual(
        manifest.contents.tables.map(({ name, rows }) => [name, rows]),
        [
          ['app.people', 5000],
          ['public.odd "name', 3000],
          ['public.totals', 1],
        ],
      );
      assert.equal(manifest.contents.largeObjects, 1);
      for (const depth of ['bytes', 'decode', 'restore'] as const)
        assert.deepEqual([depth, (await drill({ store }, { depth })).problems], [depth, []]);
      const { backups, broken, orphans } = await readCatalog(store, signal);
      assert.deepEqual([backups.length, backups[0]?.drill?.depth, broken, orphans], [1, 'restore', [], []]);
    });

test('encrypted: only the key’s owner can restore it', needsClients, async (test) => {
  const identity = await generateIdentity();
  const { input, store } = await scene(test, { recipients: [await identityToRecipient(identity)] });
  await backup(input);
  assert.equal((await drill({ store }, { depth: 'bytes' })).outcome, 'passed');
  assert.deepEqual((await drill({ store }, { identities: [identity] })).problems, []);
  const other = { identities: [await generateIdentity()] };
  await assert.rejects(drill({ store }, other), /None of the keys/);
  const { backups } = await readCatalog(store, signal);
  assert.equal(backups[0]?.drill?.outcome, 'passed', 'a wrong key says nothing of the backup');
});

test('a result that cannot be kept is told, and what it was', needsClients, async (test) => {
  const { input, store, folder } = await scene(test);
  await backup(input);
  const { backups } = await readCatalog(store, signal);
  await rename(folder, `${folder}.gone`);
  test.after(() => rm(`${folder}.gone`, { recursive: true, force: true }));
  const there = await openStore(`${folder}.gone`, { notice: () => {} });
  const [newest = assert.fail()] = backups;
  const reading = { read: there.read.bind(there), create: store.create.bind(store) } as unknown as Store;
  await assert.rejects(
    drill({ store: there }, { store: reading, backup: newest, depth: 'bytes' }),
    (error: KnownError) =>
      error.reason === 'backup' && /^The drill passed, and that cannot be kept/.test(error.message),
  );
});

test('rows that are written while it runs are not in it, and it knows', needsClients, async (test) => {
  const { input, session } = await scene(test);
  const running = backup(input);
  for (let index = 0; index < 30; index += 1) await session.send("INSERT INTO app.people (name) VALUES ('late')");
  await running;
  assert.deepEqual((await drill(input)).problems, []);
});

for (const [damage, how] of Object.entries({
  'a flipped bit': async (path: string) => {
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 4;
    await writeFile(path, bytes);
  },
  'a lost end': async (path: string) => truncate(path, (await readFile(path)).length - 7),
  'another backup’s bytes': (path: string) => writeFile(path, 'PGDMP'),
}))
  test(`${damage} is found at every depth`, needsClients, async (test) => {
    for (const compression of ['zstd', 'none'] as const) {
      const { input, folder, store } = await scene(test, { compression });
      const { manifest } = await backup(input);
      await how(join(folder, manifest.dump.key));
      for (const depth of ['bytes', 'decode'] as const)
        assert.equal((await drill({ store }, { depth })).outcome, 'failed', `${depth} ${compression}`);
    }
  });

test('a drill finds what a restored database has otherwise', needsClients, async (test) => {
  const { input, folder, store } = await scene(test);
  const { manifestKey, manifest } = await backup(input);
  const { sha256: _, ...record } = manifest;
  const wrong = JSON.parse(JSON.stringify(record).replace('"rows":5000', '"rows":5001'));
  await writeFile(join(folder, manifestKey), storedText(sealed(wrong)));
  assert.deepEqual((await drill({ store })).problems, ['app.people has 5000 rows, not 5001.']);
});

test('assertions: queries that must return no rows', needsClients, async (test) => {
  const { input, store } = await scene(test);
  await backup(input);
  const assertions = [
    { path: 'ok.sql', sql: 'SELECT 1 WHERE false' },
    { path: 'bad.sql', sql: "SELECT * FROM app.people WHERE name = 'person 1'" },
    { path: 'broken.sql', sql: 'SELECT nonsense' },
    { path: 'writes.sql', sql: 'DELETE FROM app.people' },
  ];
  const { problems } = await drill({ store }, { assertions });
  assert.deepEqual(problems, [
    'bad.sql returns 1 row, and should return none.',
    'broken.sql fails: column "nonsense" does not exist.',
    'writes.sql fails: cannot execute DELETE in a read-only transaction.',
  ]);
});

test('a dump that fails leaves nothing in the store', needsClients, async (test) => {
  const { input, folder, session } = await scene(test);
  const role = `backup_nobody_${process.pid}`;
  await session.send(`CREATE ROLE ${role} LOGIN; GRANT USAGE ON SCHEMA app TO ${role}`);
  await assert.rejects(backup({ ...input, target: { ...input.target, user: role } }), /permission denied/);
  await session.send(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  for (const moment of ['dumping', 'reading it back']) {
    const controller = new AbortController();
    const step = (text: string) => text.startsWith(moment) && controller.abort(new Error(moment));
    await assert.rejects(backup({ ...input, signal: controller.signal, progress: { step } }), new RegExp(moment));
  }
  const left = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
  assert.deepEqual(
    left.map(({ name }) => name),
    [],
  );
});

test('the server of a drill ends when the drill has, not before', needsClients, async (test) => {
  const { input, store } = await scene(test);
  await backup(input);
  const order: string[] = [];
  const openServer = async () => ({ ...lent, [Symbol.asyncDispose]: async () => void order.push('ended') });
  await drill({ store }, { openServer, progress: { step: (text) => order.push(text.split(' ')[0] as string) } });
  assert.deepEqual(
    order.filter((each) => each !== 'restored'),
    ['restoring', 'comparing', 'ended'],
  );
});

test('what cannot be removed after a failure is told', needsClients, async (test) => {
  const { input, store } = await scene(test);
  store.remove = () => Promise.reject(new Error('locked'));
  const controller = new AbortController();
  const step = (text: string) => text === 'reading it back' && controller.abort(new Error('stop'));
  const failure = backup({ ...input, signal: controller.signal, progress: { step } });
  await assert.rejects(failure, (error: KnownError) => {
    assert.match(error.message, /stop/);
    return /could not be removed again: .*\.dump\.zst/.test(error.help ?? '') && error.reason === 'backup';
  });
});

test('a restore that fails leaves neither a database nor a role', needsClients, async () => {
  const name = `restored_${process.pid}`;
  const source = {
    ...({ label: 'x', format: 'custom', bytes: 0, major: 15, roles: [name] } as const),
    content: () => [Buffer.from('PGDMP nonsense')] as never,
  } as const;
  const given = {
    source,
    server: lent,
    name,
    overwrite: false,
    jobs: 1,
    withoutRoles: false,
    assertions: [],
    signal,
    progress,
  };
  await assert.rejects(
    restore({ ...given, safetyBackup: async () => '' }),
    /cannot be restored, and no database is left/,
  );
  await using session = await connect(server.address);
  const left =
    'SELECT datname FROM pg_database WHERE datname = $1 UNION SELECT rolname FROM pg_roles WHERE rolname = $1';
  assert.deepEqual(await session.query(left, [name]), []);
});

test('of two that would restore over one database, the second is refused', async (test) => {
  const { input } = await scene(test);
  const name = input.target.database;
  await using admin = await connect({ ...server.address, database: 'postgres' });
  await admin.send(`CREATE DATABASE ${name}_twice`);
  test.after(async () => {
    await using last = await connect({ ...server.address, database: 'postgres' });
    await last.send(`DROP DATABASE ${name}_twice`);
  });
  {
    await using first = await shut(lent, `${name}_twice`, signal);
    await first.close();
    await assert.rejects(shut(lent, `${name}_twice`, signal), (error: KnownError) => error.reason === 'locked');
  }
  await using _ = await shut(lent, `${name}_twice`, signal);
  const limit = 'SELECT datconnlimit FROM pg_database WHERE datname = $1';
  assert.deepEqual(await admin.query(limit, [`${name}_twice`]), [{ datconnlimit: -1 }]);
});
