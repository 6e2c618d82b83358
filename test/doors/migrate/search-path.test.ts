import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Plan } from '../../../src/model/plan.ts';
import { scene } from './scene.ts';

const tables = `SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname !~ '^(pg_|information_schema)' ORDER BY 1`;

const goose = (sql: string) => `-- +goose Up\n-- +goose StatementBegin\n${sql}\n-- +goose StatementEnd\n`;

for (const tool of ['golang-migrate', 'goose', 'sql'] as const)
  test(`${tool}: names without a schema lie where the URL’s search_path says, in all that is tried before`, async (test) => {
    const { session, env, write, migrate, run } = await scene(test, tool);
    const file = (id: number, sql: string): Record<string, string> =>
      tool === 'golang-migrate'
        ? { [`${id}_x.up.sql`]: sql, [`${id}_x.down.sql`]: '' }
        : { [`${id}_x.sql`]: tool === 'goose' ? goose(sql) : sql };
    const url = { LOCKKEEPER_URL: `${env.LOCKKEEPER_URL}&options=-c%20search_path%3DApp%2Cpublic` };
    await session.send('CREATE SCHEMA app');
    const first = `CREATE TABLE a (id int PRIMARY KEY, b int);
      CREATE FUNCTION twice() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM 1 FROM a; NEW.b := 2; RETURN NEW; END$$;
      CREATE TRIGGER twice BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION twice();`;
    await write(file(1, first));
    const one = await migrate(['--rehearse', 'always'], 0, url);
    assert.deepEqual(one.plan.target.searchPath, { setting: '"app", "public"', schemas: ['app'] });
    assert.deepEqual([one.rehearsal?.verification?.outcome, one.verification?.outcome], ['passed', 'passed']);

    await write({ ...file(1, first), ...file(2, 'ALTER TABLE a ADD COLUMN c int; CREATE TABLE public.d (id int);') });
    const two = await migrate(['--rehearse', 'always'], 0, url);
    assert.deepEqual(two.plan.changes.map(({ id }) => id).toSorted(), ['app.a.c', 'public.d', 'public.d.id']);
    const names = (await session.query<{ name: string }>(tables)).map(({ name }) => name);
    assert.ok(
      ['app.a', 'app.lockkeeper_history', 'public.d'].every((name) => names.includes(name)),
      names.join(),
    );

    const checked = await run(['check', '--applied-through', '1', '--search-path', 'app,public', '--report-json', '-']);
    assert.equal(checked.status, 0, checked.stderr);
    assert.deepEqual(JSON.parse(checked.stdout).observations[0].locks[0].relation, 'app.a');
  });

test('a schema that a migration makes is not there before it; one of the role’s own name is', async (test) => {
  const { session, address, write, migrate, run, env } = await scene(test);
  const { user } = address;
  const url = { LOCKKEEPER_URL: `${env.LOCKKEEPER_URL}&search_path=public,app` };
  await write({ '1.sql': 'CREATE SCHEMA app; CREATE TABLE app.a (id int);' });
  await migrate(['--backup', 'never'], 0, url);
  await write({
    '1.sql': 'CREATE SCHEMA app; CREATE TABLE app.a (id int);',
    '2.sql': 'ALTER TABLE a ADD COLUMN b int;',
  });
  await migrate(['--backup', 'never'], 0, url);

  await session.send(`CREATE SCHEMA "${user}"; CREATE TABLE "${user}".b (id int)`);
  const own = { LOCKKEEPER_URL: `${env.LOCKKEEPER_URL}&search_path=%22$user%22,public,app` };
  const { stdout, stderr } = await run(['plan', '--report-json', '-'], own);
  const { target, drift }: Plan = JSON.parse(stdout || stderr);
  assert.deepEqual(target.searchPath, { setting: `"${user}", "public", "app"`, schemas: [user, 'app'] });
  assert.deepEqual(
    drift.map(({ id }) => id),
    [`${user}.b`, `${user}.b.id`],
  );
});
