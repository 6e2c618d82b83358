import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { diffSnapshots } from '../../src/postgres/diff.ts';
import { takeSnapshot } from '../../src/postgres/snapshot/snapshot.ts';
import { freshSession, newest, servers } from '../support/postgres.ts';

const base = await readFile(new URL('./watch-base.sql', import.meta.url), 'utf8');

async function changesOf(sql: string, setUp = base) {
  await using session = await freshSession(newest, setUp);
  const before = await takeSnapshot(session);
  await session.send(sql);
  const after = await takeSnapshot(session);
  const changes = diffSnapshots(before, after);
  assert.equal(
    before.fingerprint === after.fingerprint,
    changes.length === 0,
    'a fingerprint differs exactly when there are changes',
  );
  return changes.map(({ action, kind, id, from, details }) =>
    [action, kind, ...(from ? [from, '→'] : []), id, ...details.map(({ property }) => property)].join(' '),
  );
}

test('the same schema has the same fingerprint on every major', async () => {
  const prints = new Set<string>();
  for (const server of servers) {
    await using session = await freshSession(server, base);
    prints.add((await takeSnapshot(session)).fingerprint);
  }
  assert.equal(prints.size, 1);
});

const cases: readonly [sql: string, ...changes: string[]][] = [
  ['SELECT 1'],
  ['ALTER TABLE loner ADD x int', 'added column public.loner.x'],
  ['ALTER TABLE loner DROP n', 'removed column public.loner.n', 'removed constraint public.loner.loner_there'],
  ['ALTER TABLE loner ALTER n TYPE bigint', 'changed column public.loner.n type'],
  ['ALTER TABLE loner ALTER n SET DEFAULT 1', 'changed column public.loner.n default'],
  ['ALTER TABLE loner ALTER n SET NOT NULL', 'changed column public.loner.n notNull'],
  ['ALTER TABLE parent ALTER note SET STORAGE EXTERNAL', 'changed column public.parent.note storage'],
  ['ALTER TABLE parent ALTER note SET STATISTICS 300', 'changed column public.parent.note statistics'],
  ["COMMENT ON COLUMN loner.n IS 'x'", 'changed column public.loner.n comment'],
  ["COMMENT ON TABLE loner IS 'x'", 'changed table public.loner comment'],
  ["COMMENT ON INDEX loner_id IS 'x'", 'changed index public.loner_id comment'],
  ['ALTER TABLE child RENAME TO kid', 'renamed table public.child → public.kid'],
  ['ALTER TABLE child RENAME n TO nn', 'renamed column public.child.n → public.child.nn', 'changed view'],
  ['ALTER TABLE child RENAME CONSTRAINT child_m TO mm', 'renamed constraint public.child.child_m → public.child.mm'],
  ['ALTER INDEX child_n RENAME TO nn', 'renamed index public.child_n → public.nn'],
  ['CREATE SCHEMA s; ALTER TABLE loner SET SCHEMA s', 'renamed table public.loner → s.loner', 'added schema s'],
  ['ALTER TABLE child VALIDATE CONSTRAINT child_later', 'changed constraint public.child.child_later validated'],
  ['ALTER TABLE child DROP CONSTRAINT child_m', 'removed constraint public.child.child_m'],
  ['ALTER TABLE loner ADD UNIQUE (n)', 'added constraint public.loner.loner_n_key'],
  ['ALTER TABLE loner ADD FOREIGN KEY (id) REFERENCES parent', 'added constraint public.loner.loner_id_fkey'],
  ['CREATE INDEX i ON loner (n)', 'added index public.i'],
  ['DROP INDEX loner_id', 'removed index public.loner_id'],
  ['ALTER TABLE loner SET (fillfactor = 50)', 'changed table public.loner options'],
  ['ALTER TABLE loner REPLICA IDENTITY FULL', 'changed table public.loner replicaIdentity'],
  ['ALTER TABLE loner ENABLE ROW LEVEL SECURITY', 'changed table public.loner rowSecurity'],
  ['ALTER TABLE loner SET UNLOGGED', 'changed table public.loner persistence'],
  ['GRANT SELECT ON loner TO PUBLIC', 'changed table public.loner grants'],
  ['GRANT SELECT (n) ON loner TO PUBLIC', 'changed column public.loner.n grants'],
  ['REVOKE EXECUTE ON FUNCTION noop() FROM PUBLIC', 'changed function public.noop() grants'],
  ['ALTER TABLE child DISABLE TRIGGER child_noop', 'changed trigger public.child.child_noop enabled'],
  ['DROP TRIGGER child_noop ON child', 'removed trigger public.child.child_noop'],
  ['DROP POLICY loner_all ON loner', 'removed policy public.loner.loner_all'],
  ['CREATE RULE r AS ON DELETE TO loner DO INSTEAD NOTHING', 'added rule public.loner.r'],
  [
    'ALTER TABLE parts DETACH PARTITION parts_2020',
    'changed table public.parts_2020 partitionBound parents partition',
    'changed column public.parts_2020',
    'changed index public.parts_2020_d_idx parent',
  ],
  ["ALTER TYPE mood ADD VALUE 'calm'", 'changed enum public.mood labels'],
  ["ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'", 'changed enum public.mood labels'],
  ['ALTER DOMAIN anything SET NOT NULL', 'changed domain public.anything notNull'],
  ['ALTER DOMAIN positive ADD CHECK (VALUE < 9)', 'changed domain public.positive checks'],
  ['CREATE TYPE pair AS (a int, b text)', 'added composite type public.pair'],
  ['CREATE TYPE span AS RANGE (subtype = int)', 'added range type public.span'],
  ['ALTER SEQUENCE numbers INCREMENT 2', 'changed sequence public.numbers increment'],
  ['DROP VIEW child_view', 'removed view public.child_view'],
  [
    'CREATE OR REPLACE VIEW child_view AS SELECT id, n, m FROM child',
    'changed view public.child_view definition columns',
  ],
  ['DROP MATERIALIZED VIEW totals', 'removed view public.totals', 'removed index public.totals_n'],
  ['CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$', 'added function public.f()'],
  [
    'CREATE OR REPLACE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$',
    'changed function public.noop() definition body',
  ],
  ['CREATE STATISTICS s ON id, n FROM loner', 'added statistics public.s'],
  ['CREATE PUBLICATION p FOR TABLE loner', 'added publication p'],
  ['CREATE EXTENSION citext', 'added extension citext'],
  [
    'CREATE TABLE t (id int PRIMARY KEY)',
    'added table public.t',
    'added column public.t.id',
    'added constraint public.t.t_pkey',
  ],
  ['ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC', 'added default privileges'],
];

for (const [sql, ...expected] of cases) {
  test(sql, async () => {
    const changes = await changesOf(sql);
    assert.equal(changes.length === 0, expected.length === 0, changes.join('\n'));
    for (const each of expected)
      assert.ok(
        changes.some((change) => change.startsWith(each)),
        `${each}\nis not among\n${changes.join('\n')}`,
      );
    const unexpected = changes.filter((change) => !expected.some((each) => change.startsWith(each)));
    assert.deepEqual(
      unexpected.filter((change) => !/NOT NULL|not_null/.test(change)),
      [],
    );
  });
}

test('NOT NULL that children do not have is another schema', { skip: newest.major < 18 }, async () => {
  assert.deepEqual(
    await changesOf(
      'ALTER TABLE o ALTER n DROP NOT NULL; ALTER TABLE o ADD CONSTRAINT nn NOT NULL n NO INHERIT',
      'CREATE TABLE o (n int NOT NULL)',
    ),
    ['changed column public.o.n notNullNoInherit'],
  );
});
