import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { urlOf } from '../../../src/postgres/url.ts';
import { clientsWhosePgDump, filesIn, needsClients, on, people, type Scene, scene, server } from './scene.ts';

interface Case {
  readonly words: (scene: Scene) => readonly string[];
  readonly env?: (scene: Scene) => NodeJS.ProcessEnv;
  readonly status: number;
  readonly says: readonly RegExp[];
  readonly silent?: RegExp;
}

const nobody = { ...server.address, user: 'nobody_of_that_name', password: 'sesame' };

const wrong: Readonly<Record<string, Case>> = {
  'no target': {
    ...{ words: () => ['backup'], env: () => ({ LOCKKEEPER_URL: '' }), status: 2 },
    says: [
      /not known which database is meant/,
      /DATABASE_URL, PGHOST and PGDATABASE, POSTGRES_HOST and POSTGRES_DB, DB_/,
    ],
  },
  'no store': {
    ...{ words: () => ['backup'], env: () => ({ LOCKKEEPER_STORE: '' }), status: 2 },
    says: [/not known where backups live/, /LOCKKEEPER_STORE/],
  },
  'a password on the command line': {
    ...{ words: () => ['backup', '--url', 'postgresql://u:sesame@h/d'], status: 2 },
    ...{ says: [/seen by everybody/, /LOCKKEEPER_URL/], silent: /sesame/ },
  },
  'wrong credentials': {
    ...{ words: () => ['backup'], env: () => ({ LOCKKEEPER_URL: urlOf(nobody) }), status: 3 },
    ...{ says: [/Cannot connect to PostgreSQL .*role "nobody_of_that_name" does not exist/], silent: /sesame/ },
  },
  'a file with the URL that is not there': {
    ...{ words: () => ['backup', '--url-file', 'nowhere'], env: () => ({ LOCKKEEPER_URL: '' }), status: 2 },
    says: [/nowhere: The file with the URL cannot be read/],
  },
  'a store that is not there': {
    ...{ words: ({ folder }) => ['backup', '--store', join(folder, 'nowhere')], status: 3 },
    says: [/nowhere cannot be used: it is not there/, /mkdir/],
  },
  'no pg_dump of the major': {
    ...{ words: ({ folder }) => ['backup', '--pg-bin', folder], status: 3 },
    says: [
      /client programs of PostgreSQL in \S+ cannot be used: there is no pg_dump/,
      /With `pg-bin`, name the folder/,
    ],
  },
  'a template without time': {
    ...{ words: () => ['backup', '--key', 'x/{database}'], status: 2 },
    says: [/The template for keys has no \{timestamp\}/],
  },
  'a recipient that is none': {
    ...{ words: () => ['backup', '--encrypt-to', 'age1nonsense'], status: 2 },
    says: [/recipients to encrypt to cannot be read/, /age-keygen/],
  },
  'an unknown backup': {
    ...{ words: () => ['restore', '--backup', 'backup_2020', '--into', 'x'], status: 3 },
    says: [/There is no backup/, /`lockkeeper backups` lists what is there/],
  },
  'nothing to verify': { ...{ words: () => ['verify'], status: 3 }, says: [/There is no backup in this store/] },
  'a length of time without unit': {
    ...{ words: () => ['backups', '--max-age', '26'], status: 2 },
    says: [/`26` is no length of time, such as/],
  },
  'no policy': { ...{ words: () => ['prune'], status: 2 }, says: [/No rule says/, /`keep-last`/] },
  'nothing to restore over': {
    words: ({ folder }) => ['restore', '--file', join(folder, 'x.sql'), '--overwrite', 'not there'],
    ...{ status: 4, says: [/There is no database not there to restore over/] },
  },
  'a template to restore over': {
    words: ({ folder }) => ['restore', '--file', join(folder, 'x.sql'), '--overwrite', 'template1'],
    ...{ status: 4, says: [/template1 is a template/, /with `into`/] },
  },
  'a name that PostgreSQL would cut off': {
    words: ({ folder }) => ['restore', '--file', join(folder, 'x.sql'), '--into', 'ä'.repeat(32)],
    ...{ status: 2, says: [/ää is longer than the 63 bytes/] },
  },
  'an assertion without a query': {
    words: ({ folder }) => ['restore', '--file', join(folder, 'x.sql'), '--assertions', join(folder, 'none.sql')],
    ...{ status: 2, says: [/none\.sql: The assertion holds no query/] },
  },
  'a dump that leaves its database': {
    words: ({ folder }) => ['restore', '--file', join(folder, 'leaves.sql'), '--into', 'x'],
    ...{ status: 2, says: [/leaves\.sql: The dump holds `\\connect shop`/] },
  },
  'a dump that is none': {
    words: ({ folder }) => ['restore', '--file', join(folder, 'none.dump'), '--into', 'x'],
    ...{ status: 2, says: [/none\.dump: This is neither SQL nor a dump/] },
  },
};

test('wrong use is told, with nothing touched', { ...needsClients, concurrency: 2 }, async (test) => {
  const common = await scene(test);
  await writeFile(join(common.folder, 'x.sql'), 'CREATE TABLE x ();\n');
  await writeFile(join(common.folder, 'leaves.sql'), 'CREATE ROLE shop;\n\\connect shop\n');
  await writeFile(join(common.folder, 'none.sql'), '-- to be written\n/* later */;\n');
  await writeFile(join(common.folder, 'none.dump'), Buffer.from([0, 1, 2, 3]));
  const judge = async ({ words, env, status, says, silent }: Case) => {
    const ended = await common.run(words(common), env?.(common));
    const told = ended.stdout + ended.stderr;
    for (const each of says) assert.match(told, each);
    assert.equal(ended.status, status, told);
    assert.doesNotMatch(told, /\n\s+at |fault of Lockkeeper|\[object|undefined/);
    if (silent) assert.doesNotMatch(told, silent);
  };
  await Promise.all(Object.entries(wrong).map(([name, each]) => test.test(name, () => judge(each))));
  assert.deepEqual(await filesIn(common.store), []);
});

/** A backup that fails with exit 8, leaves nothing, and does not hinder the next one. */
async function failsWith(scene: Scene, pattern: RegExp, words: readonly string[] = [], env?: NodeJS.ProcessEnv) {
  const { status, stderr } = await scene.run(['backup', ...words], env);
  assert.match(stderr, pattern);
  assert.equal(status, 8, stderr);
  assert.deepEqual(await filesIn(scene.store), []);
}

for (const [name, [script, says]] of Object.entries({
  'pg_dump is killed': ['$REAL "$@" | head -c 2000; kill -9 $$', /pg_dump failed: it was ended by SIGKILL/],
  'pg_dump stops in the middle, and says that all is well': ['$REAL "$@" | head -c 5000; exit 0', /damaged|failed/],
} as const))
  test(name, needsClients, async (test) => {
    const there = await scene(test, people);
    const bin = await clientsWhosePgDump(there.folder, script);
    await failsWith(there, says, ['--pg-bin', bin]);
    await there.report(['backup']);
  });

test('the server ends the session of pg_dump', needsClients, async (test) => {
  const there = await scene(test, people);
  const sessions =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lockkeeper' AND datname";
  const end = `${sessions} = '${there.address.database}' AND pid <> pg_backend_pid()`;
  const script = `psql -qAt "${urlOf(server.address)}" -c "${end}" >/dev/null; exec $REAL "$@"`;
  await failsWith(there, /backup failed|session/, ['--pg-bin', await clientsWhosePgDump(there.folder, script)]);
});

test('no permission on one table, or on the rows of one', needsClients, async (test) => {
  const there = await scene(test, `${people} CREATE TABLE secret (id int); INSERT INTO secret VALUES (1)`);
  const role = `clerk_${process.pid}`;
  await there.session.send(`CREATE ROLE ${role} LOGIN; GRANT SELECT ON people TO ${role};
    GRANT SELECT ON SEQUENCE people_id_seq TO ${role}`);
  test.after(async () => {
    await using admin = await on('postgres');
    await admin.send(`DROP ROLE IF EXISTS ${role}`);
  });
  const env = { LOCKKEEPER_URL: urlOf({ ...there.address, user: role }) };
  await failsWith(there, /permission denied for table secret[\s\S]*GRANT pg_read_all_data/, [], env);
  await there.session.send(`GRANT SELECT ON secret TO ${role}; ALTER TABLE secret ENABLE ROW LEVEL SECURITY`);
  await failsWith(there, /row-level security[\s\S]*BYPASSRLS/, [], env);
  await there.session.send(`ALTER TABLE secret DISABLE ROW LEVEL SECURITY`);
  const { manifest } = await there.backUp([], env);
  assert.equal(manifest.contents.tables.length, 2);
  await there.session.send(`DROP OWNED BY ${role}`);
});

test('a database that lets nobody in', needsClients, async (test) => {
  const there = await scene(test);
  await using admin = await on('postgres');
  await admin.send(`ALTER DATABASE "${there.address.database}" ALLOW_CONNECTIONS false`);
  const { status, stderr } = await there.run(['backup']);
  assert.match(stderr, /is not currently accepting connections/);
  assert.equal(status, 3);
});

async function dumpIn(store: string): Promise<string> {
  const names = await readdir(store, { recursive: true });
  return join(store, names.find((name) => /\.dump(\.zst)?(\.age)?$/.test(name)) as string);
}

test(
  'bytes that changed or are lost are found by drill and restore, which leaves nothing',
  needsClients,
  async (test) => {
    const there = await scene(test, people);
    await there.report(['backup', '--compression', 'none']);
    const path = await dumpIn(there.store);
    const whole = await readFile(path);
    const flipped = Buffer.from(whole);
    const at = flipped.indexOf('person 500');
    flipped[at] = (flipped[at] as number) ^ 1; // a letter of a row: pg_restore and the row counts are content
    for (const damage of [() => writeFile(path, flipped), () => truncate(path, whole.length - 10)]) {
      await damage();
      const name = `damaged_${process.pid}`;
      for (const words of [['verify'], ['verify', '--depth', 'bytes'], ['restore', '--into', name]]) {
        const { status, stdout, stderr } = await there.run(words);
        assert.equal(status, 8, `${words}\n${stdout}${stderr}`);
        assert.match(stdout + stderr, /is damaged/);
      }
      await using admin = await on('postgres');
      assert.deepEqual(await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]), []);
      await writeFile(path, whole);
    }
  },
);

test('encrypted: without the key, or with another, nothing is restored', needsClients, async (test) => {
  const there = await scene(test, people);
  const [own, other] = [await generateIdentity(), await generateIdentity()];
  const files = [join(there.folder, 'own'), join(there.folder, 'other')] as const;
  await Promise.all([writeFile(files[0], `# created: today\n${own}\n`), writeFile(files[1], other)]);
  await there.report(['backup', '--encrypt-to', await identityToRecipient(own)]);
  const lost = await there.run(['verify']);
  assert.deepEqual([lost.status, /None of the keys/.test(lost.stderr)], [8, true], lost.stderr);
  const foreign = await there.run(['restore', '--into', 'x', '--identity-file', files[1]]);
  assert.match(foreign.stderr, /None of the keys decrypts this backup\.\nGive the secret key/);
  assert.equal(foreign.status, 8);
  await there.report(['verify', '--identity-file', files[0]]);
  assert.equal((await there.run(['verify', '--identity-file', files[1]])).status, 8);
  assert.equal((await there.run(['backups', '--max-age', '1h'])).status, 0, 'a wrong key takes no proof away');
});

test('assertions fail the drill', needsClients, async (test) => {
  const there = await scene(test, people);
  await there.report(['backup']);
  const folder = join(there.folder, 'checks');
  await mkdir(folder);
  await writeFile(join(folder, 'nobody.sql'), "SELECT * FROM people WHERE name = 'person 7'");
  const { status, stdout } = await there.run(['verify', '--assertions', folder]);
  assert.equal(status, 8);
  assert.match(stdout, /nobody\.sql\s+returns\s+1\s+row,\s+and\s+should\s+return\s+none/);
  const shallow = await there.run(['verify', '--assertions', folder, '--depth', 'bytes']);
  assert.match(shallow.stderr, /without assertions: depth bytes restores nothing/);
});
