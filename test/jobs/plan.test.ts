import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWindow } from '../../src/jobs/gates/window.ts';
import type { MigrateInput } from '../../src/jobs/migrate/input.ts';
import { migrate } from '../../src/jobs/migrate.ts';
import { plan } from '../../src/jobs/plan.ts';
import type { KnownError } from '../../src/model/error.ts';
import type { Connection } from '../../src/postgres/connect.ts';
import { connect } from '../../src/postgres/connect.ts';
import type { ToolName } from '../../src/tools/index.ts';
import { freshSession, newest } from '../support/postgres.ts';
import { closedGates, inputFor } from './migrating.ts';

const one = { '000001_a.up.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);' };
const two = { ...one, '000002_b.up.sql': 'CREATE TABLE b (id bigint PRIMARY KEY);' };
const three = { ...two, '000003_c.up.sql': 'ALTER TABLE b ADD n int;' };
const up = (sql: string) => `-- +goose Up\n${sql}\n`;

type Target = Connection & { readonly address: MigrateInput['target'] };

const planFor = async (
  target: Target,
  files: Readonly<Record<string, string>>,
  more: Partial<MigrateInput> = {},
  tool: ToolName = 'golang-migrate',
) => (await plan(await inputFor(newest, target.address, tool, files, more))).plan;

/** A target that has these applied. */
async function targetWith(files: Readonly<Record<string, string>>, tool: ToolName = 'golang-migrate'): Promise<Target> {
  const session = await freshSession(newest);
  const report = await migrate(await inputFor(newest, session.address, tool, files));
  assert.equal(report.outcome, 'passed', JSON.stringify(report.plan.gates));
  return session;
}

test('what is applied, what is pending, and a digest that tells when something has changed', async () => {
  await using target = await targetWith(one);
  const planned = await planFor(target, three);
  assert.deepEqual(
    [planned.outcome, planned.applied, planned.pending.map(({ id, statements }) => [id, statements])],
    [
      'passed',
      { count: 1, last: '1' },
      [
        ['2', 1],
        ['3', 1],
      ],
    ],
  );
  assert.equal((await planFor(target, three)).digest, planned.digest);
  const others = [
    await planFor(target, two),
    await planFor(target, { ...three, '000003_c.up.sql': 'ALTER TABLE b ADD n bigint;' }),
    await planFor(target, three, { commit: 'c0ffee' }),
    await planFor(target, three, { allow: ['drift'] }),
  ];
  await target.send('CREATE TABLE other ()');
  others.push(await planFor(target, three, { allow: ['drift'] }));
  assert.equal(new Set([planned, ...others].map(({ digest }) => digest)).size, 6);
});

test('a plan that was approved, and what has changed since', async () => {
  await using target = await targetWith(one);
  const approved = (await planFor(target, two)).digest;
  await assert.rejects(
    migrate(await inputFor(newest, target.address, 'golang-migrate', three, { approved })),
    (error: KnownError) => error.reason === 'refused' && /not the one that was approved/.test(error.message),
  );
  const report = await migrate(await inputFor(newest, target.address, 'golang-migrate', two, { approved }));
  assert.equal(report.outcome, 'passed');
});

test('up to one migration', async () => {
  await using target = await targetWith(one);
  const planned = await planFor(target, three, { upTo: '2' });
  assert.deepEqual(
    planned.pending.map(({ id }) => id),
    ['2'],
  );
});

test('rows without files', async () => {
  await using target = await targetWith(two);
  assert.deepEqual(closedGates({ plan: await planFor(target, one) }).slice(0, 1), ['history']);
  await using goose = await targetWith({ '1_a.sql': up('CREATE TABLE a ();'), '2_b.sql': up('SELECT 1;') }, 'goose');
  const planned = await planFor(goose, { '1_a.sql': up('CREATE TABLE a ();') }, {}, 'goose');
  assert.deepEqual([planned.orphans, closedGates({ plan: planned })], [['2'], ['history']]);
});

test('files that come too late for the tool', async () => {
  await using target = await targetWith({ '1_a.sql': up('CREATE TABLE a ();'), '3_c.sql': up('SELECT 1;') }, 'goose');
  const files = { '1_a.sql': up('CREATE TABLE a ();'), '2_b.sql': up('SELECT 2;'), '3_c.sql': up('SELECT 1;') };
  const planned = await planFor(target, files, {}, 'goose');
  assert.deepEqual([planned.outOfOrder, closedGates({ plan: planned })], [['2'], ['history']]);
  assert.match(planned.gates.find(({ gate }) => gate === 'history')?.message ?? '', /refuses to go on.*-allow-missing/);
});

test('a mark of golang-migrate that something was not finished', async () => {
  await using target = await targetWith(one);
  await target.send('UPDATE schema_migrations SET dirty = true');
  const planned = await planFor(target, two);
  assert.deepEqual(closedGates({ plan: planned })[0], 'history');
  assert.match(planned.gates.find(({ gate }) => gate === 'history')?.help ?? '', /migrate force/);
  await target.send('UPDATE schema_migrations SET version = -1'); // its first way back failed
  assert.deepEqual(closedGates({ plan: await planFor(target, two) })[0], 'history');
});

test('what was cut off, and the tool has brought to its end', async () => {
  await using target = await targetWith(two);
  await target.send("UPDATE lockkeeper_history SET status = 'started', done = 0 WHERE migration = '2'");
  assert.deepEqual(closedGates({ plan: await planFor(target, three) }), []);
  await target.send('UPDATE schema_migrations SET version = 1');
  assert.equal(closedGates({ plan: await planFor(target, one) })[0], 'interrupted');
});

test('a target with tables and no table of the tool: what is applied must be said', async () => {
  await using target = await freshSession(newest, 'CREATE TABLE a (id bigint PRIMARY KEY)');
  const planned = await planFor(target, two);
  assert.deepEqual(closedGates({ plan: planned })[0], 'baseline');
  const report = await migrate(await inputFor(newest, target.address, 'golang-migrate', two, { baseline: '1' }));
  assert.deepEqual(
    [report.outcome, report.applied.map(({ id }) => id), await target.query('SELECT * FROM schema_migrations')],
    ['passed', ['2'], [{ version: '2', dirty: false }]],
  );
  const rows = await target.query('SELECT migration, status FROM lockkeeper_history ORDER BY id');
  assert.deepEqual(rows, [
    { migration: '1', status: 'baseline' },
    { migration: '2', status: 'applied' },
  ]);
});

test('drift: told, left out by name, or accepted', async () => {
  await using target = await targetWith(one);
  await target.send('CREATE TABLE audit_log (id int); ALTER TABLE a ADD extra text; GRANT SELECT ON a TO PUBLIC');
  const planned = await planFor(target, two);
  assert.deepEqual(closedGates({ plan: planned }), ['drift']);
  assert.deepEqual(planned.drift.map(({ action, kind, id }) => `${action} ${kind} ${id}`).sort(), [
    'added column public.a.extra',
    'added column public.audit_log.id',
    'added table public.audit_log',
  ]);
  const ignoring = await planFor(target, two, { driftIgnore: ['public.audit_*', 'public.a.extra'] });
  assert.deepEqual([ignoring.outcome, ignoring.drift], ['passed', []]);
  const input = await inputFor(newest, target.address, 'golang-migrate', two, { allow: ['drift'] });
  const report = await migrate(input);
  assert.deepEqual([report.outcome, report.verification?.unexpected], ['passed', []]);
});

test('an old transaction, a prepared one, and a role that may not', async () => {
  await using target = await targetWith(one);
  await using other = await connect(target.address);
  await other.send('BEGIN; SELECT * FROM a');
  const limits = { transactionSeconds: 0, lagSeconds: 30, slotBytes: 1e10 };
  const planned = await planFor(target, two, { limits });
  assert.deepEqual(closedGates({ plan: planned }), ['long-transactions']);
  const allowed = await planFor(target, two, { limits, allow: ['long-transactions'] });
  assert.equal(allowed.outcome, 'passed');
  await target.send(`ALTER DATABASE "${target.address.database}" SET default_transaction_read_only = on`);
  assert.ok(closedGates({ plan: await planFor(target, two) }).includes('writable'));
});

test('findings that nobody has accepted', async () => {
  await using target = await targetWith(one);
  const files = { ...one, '000002_b.up.sql': 'DROP TABLE a;' };
  const planned = await planFor(target, files);
  assert.equal(planned.outcome, 'failed');
  const [finding] = planned.findings.filter(({ severity }) => severity === 'error');
  const allowed = await planFor(target, files, { allow: [finding?.rule ?? ''] });
  assert.equal(allowed.outcome, 'passed');
});

test('windows', () => {
  const at = (windows: string[], moment: string) => inWindow(windows, new Date(moment)).outcome;
  const night = ['Mon-Fri 22:00-05:00 Europe/Zurich'];
  // 2026-11-20 is a Friday; Zurich is one hour ahead in winter and two in summer
  assert.equal(at(night, '2026-11-20T21:00:00Z'), 'open');
  assert.equal(at(night, '2026-11-20T20:59:00Z'), 'closed');
  assert.equal(at(night, '2026-11-21T03:59:00Z'), 'open', 'the night that began on Friday');
  assert.equal(at(night, '2026-11-21T04:00:00Z'), 'closed');
  assert.equal(at(night, '2026-11-21T22:30:00Z'), 'closed', 'Saturday');
  assert.equal(at(night, '2026-07-17T20:00:00Z'), 'open', 'summer time');
  assert.equal(at(['Sun 23:00-02:00'], '2026-11-23T01:59:00Z'), 'open', 'over the end of the week');
  assert.equal(at(['Sat-Mon 10:00-11:00'], '2026-11-22T10:30:00Z'), 'open');
  assert.equal(at(['09:00-24:00'], '2026-11-22T23:59:00Z'), 'open');
  for (const wrong of ['Funday 10:00-11:00', '25:00-26:00', '10-11', 'Mon 10:00-11:00 Mars/Base'])
    assert.throws(() => at([wrong], '2026-11-22T10:30:00Z'), /is no time of the week/, wrong);
});
