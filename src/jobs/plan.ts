import type { Agenda, Standing } from '../model/ledger.ts';
import type { Migration } from '../model/migration.ts';
import type { Gate, Plan, Planned } from '../model/plan.ts';
import type { Change, Snapshot } from '../model/schema.ts';
import { halfDetached } from '../postgres/apply/detach.ts';
import { type Connection, connect } from '../postgres/connect.ts';
import { identify, ownTables, schemaOf, whoeverReads } from '../postgres/target.ts';
import { untouched } from './gates/lost.ts';
import type { By } from './gates/session.ts';
import { digestOf } from './plan/digest.ts';
import { examined, type Interruption, statementsIn } from './plan/examined.ts';
import { gatesOn, type Seen } from './plan/gates.ts';
import type { PlanInput } from './plan/input.ts';
import { interrupted } from './plan/interrupted.ts';
import { editedSince, recordsOf } from './plan/records.ts';

/** A plan, with what it takes to carry it out. */
export interface Planning {
  readonly plan: Plan;
  readonly standing: Standing;
  readonly agenda: Agenda;
  /** Where an earlier run was cut off in the first pending migration. */
  readonly interrupted?: Interruption;
  /** The target's schema now, without what that run left unfinished. */
  readonly before: Snapshot;
  /** What the pending migrations must change. */
  readonly changes: readonly Change[];
}

/** What would be applied to a target, and whether it may be. Touches nothing there, and needs no right to. */
export async function plan(input: PlanInput): Promise<Planning> {
  return untouched(async () => {
    await using session = await connect(input.target, input.signal);
    return await planOn(session, input, 'reader');
  });
}

/** The same with a session that is there, which is to be migrated with unless it belongs to a `reader`. */
export async function planOn(session: Connection, input: PlanInput, role: By = 'migrator'): Promise<Planning> {
  const start = performance.now();
  input.progress.step('reading the target');
  const target = await identify(session);
  const known = await recordsOf(session, input);
  const { standing, agenda, journal } = known;
  const actual = await schemaOf(session, ownTables(input.tool.ledger, standing.schema));
  const cut = await interrupted(journal, agenda);
  const found = await examined({
    ...{ input, target, agenda, actual, halfDetached: await halfDetached(session, target) },
    ...(cut.row && { row: cut.row }),
  });
  const seen = { role, target, known, actual, found, cut };
  const gates = await gatesOn(session, input, seen);
  const decisive = await decisiveOf(input, seen);
  const { before, rehearsal, interrupted: gone } = found;
  return {
    plan: planOf(input, { ...seen, gates, decisive, milliseconds: Math.round(performance.now() - start) }),
    ...{ standing, agenda, before, changes: rehearsal.changes, ...(gone && { interrupted: gone }) },
  };
}

type Decisive = Pick<Plan, 'target' | 'tool' | 'commit' | 'pending' | 'orphans' | 'fingerprints' | 'allowed'>;

/** What an approval is bound to. */
async function decisiveOf(input: PlanInput, { target, known: { agenda }, actual, found }: Seen): Promise<Decisive> {
  const { named } = input.tool.ledger;
  const { report, rehearsal, drift, interrupted: gone } = found;
  const pending = await Promise.all(agenda.pending.map(planned));
  const after = drift.length === 0 ? (await whoeverReads(rehearsal.after)).fingerprint : undefined;
  return {
    ...{ target, tool: { ...report.tool, ...(named && { table: named.name }) } },
    ...{ pending: pending.map((each) => withDone(each, gone)), orphans: agenda.orphans, allowed: input.allow },
    ...(input.commit !== undefined && { commit: input.commit }),
    fingerprints: { before: actual.fingerprint, ...(after && { after }) },
  };
}

interface Judged extends Seen {
  readonly gates: readonly Gate[];
  readonly decisive: Decisive;
  readonly milliseconds: number;
}

function planOf(input: PlanInput, { known, found, gates, decisive, milliseconds }: Judged): Plan {
  const { agenda, journal } = known;
  const { report, rehearsal, drift } = found;
  const [lastApplied] = agenda.applied.slice(-1);
  const fails = report.findings.some(
    ({ status, rule, severity }) => status === 'open' && severity === 'error' && !input.allow.includes(rule),
  );
  return {
    ...{ version: 1, command: 'plan', lockkeeper: input.version, startedAt: input.now.toISOString() },
    outcome: gates.some(({ outcome }) => outcome === 'closed') ? 'refused' : fails ? 'failed' : 'passed',
    milliseconds,
    ...decisive,
    ...(input.folder !== '' && { folder: input.folder }),
    applied: { count: agenda.applied.length, ...(lastApplied && { last: lastApplied.id }) },
    ...{ outOfOrder: agenda.outOfOrder.map(({ id }) => id), edited: editedSince(journal, agenda.applied) },
    ...{ drift, gates, findings: report.findings, observations: report.observations, changes: rehearsal.changes },
    digest: digestOf({ ...decisive, applied: agenda.applied.map(({ id }) => id) }),
  };
}

async function planned(migration: Migration): Promise<Planned> {
  const { id, name, path, hash } = migration;
  return { id, name, path, hash, statements: await statementsIn(migration) };
}

function withDone(migration: Planned, gone: Interruption | undefined): Planned {
  return gone?.row.migration === migration.id ? { ...migration, done: gone.row.done } : migration;
}
