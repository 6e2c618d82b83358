import { KnownError } from '../model/error.ts';
import type { Agenda, Ledger, Standing } from '../model/ledger.ts';
import type { History, Migration } from '../model/migration.ts';
import type { Gate, Plan, Planned, Target } from '../model/plan.ts';
import type { Change, Snapshot } from '../model/schema.ts';
import type { Address, Server } from '../model/server.ts';
import type { Tool } from '../model/tool.ts';
import { halfDetached } from '../postgres/apply/detach.ts';
import { type Connection, connect, SqlError } from '../postgres/connect.ts';
import { explain } from '../postgres/faults.ts';
import { journalTable, type Recorded, readJournal } from '../postgres/journal.ts';
import { identify, ownTables, schemaOf, whoeverReads } from '../postgres/target.ts';
import type { CheckInput } from './check.ts';
import { roomOnDisk } from './gates/disk.ts';
import { untouched } from './gates/lost.ts';
import { consistent, knownBaseline, withoutDrift } from './gates/records.ts';
import { type By, permitted, unpooled, writable } from './gates/session.ts';
import { alikeIn, knownTable } from './gates/table.ts';
import {
  nobodyWaits,
  nothingPrepared,
  replicasFollow,
  shortTransactions,
  slotsAreUsed,
  type TrafficLimits,
} from './gates/traffic.ts';
import { pendingAfter } from './pending.ts';
import { digestOf } from './plan/digest.ts';
import { type Examined, examined, type Interruption, statementsIn } from './plan/examined.ts';
import { interrupted } from './plan/interrupted.ts';

export interface PlanInput
  extends Pick<
    CheckInput,
    'rules' | 'failOn' | 'protectedTables' | 'seedRows' | 'statementLimit' | 'version' | 'now' | 'signal' | 'progress'
  > {
  readonly target: Address;
  readonly tool: Tool;
  readonly folders: readonly string[];
  /** Relative to the repository's top; empty for the top itself. */
  readonly folder: string;
  readonly head: History;
  readonly commit?: string;
  /** Asked for a server of the target's major. */
  openServer(major: number): Promise<Server>;
  /** The last migration that a target has whose tool has no table yet, or `none`. */
  readonly baseline?: string;
  /** The last migration to apply; all where absent. */
  readonly upTo?: string;
  /** Rules and gates that are accepted. */
  readonly allow: readonly string[];
  readonly driftIgnore: readonly string[];
  readonly limits: TrafficLimits;
  /** Gates that are not about the target, such as the time of day. */
  readonly gates: readonly Gate[];
}

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

/** Gates that nobody can accept: what is behind them would not work. */
const absolute: ReadonlySet<string> = new Set([
  ...['writable', 'pooler', 'rights', 'history', 'migrations-table', 'baseline', 'interrupted'],
]);

/** What would be applied to a target, and whether it may be. Touches nothing there, and needs no right to. */
export async function plan(input: PlanInput): Promise<Planning> {
  return untouched(async () => {
    await using session = await connect(input.target, input.signal);
    return await planOn(session, input, 'reader');
  });
}

/** The same with a session that is there, which is to be migrated with unless it belongs to a `reader`. */
export async function planOn(session: Connection, input: PlanInput, role: By = 'migrator'): Promise<Planning> {
  const { tool, allow, now, progress } = input;
  const start = performance.now();
  progress.step('reading the target');
  const target = await identify(session);
  const known = await recordsOf(session, input);
  const { standing, agenda, journal } = known;
  const actual = await schemaOf(session, ownTables(tool.ledger, standing.schema));
  const cut = await interrupted(journal, agenda);
  const pending = await Promise.all(agenda.pending.map(planned));
  const found = await examined({
    ...{ input, target, agenda, actual, halfDetached: await halfDetached(session, target) },
    ...(cut.row && { row: cut.row }),
  });
  const { report, rehearsal, drift, before, interrupted: gone } = found;
  const gates = await gatesOn(session, input, { role, target, known, actual, found, cut });
  const findings = report.findings.filter(({ status, rule }) => status === 'open' && !allow.includes(rule));
  const fails = findings.some(({ severity }) => severity === 'error');
  const [lastApplied] = agenda.applied.slice(-1);
  const after = drift.length === 0 ? (await whoeverReads(rehearsal.after)).fingerprint : undefined;
  const decisive = {
    ...{
      target,
      tool: { ...report.tool, ...(tool.ledger.named && { table: tool.ledger.named.name }) },
      pending: pending.map((each) => withDone(each, gone)),
      orphans: agenda.orphans,
      allowed: allow,
    },
    ...(input.commit !== undefined && { commit: input.commit }),
    fingerprints: { before: actual.fingerprint, ...(after && { after }) },
  };
  const closedOnes = gates.filter(({ outcome }) => outcome === 'closed');
  return {
    plan: {
      ...{ version: 1, command: 'plan', lockkeeper: input.version, startedAt: now.toISOString() },
      outcome: closedOnes.length > 0 ? 'refused' : fails ? 'failed' : 'passed',
      milliseconds: Math.round(performance.now() - start),
      ...decisive,
      ...(input.folder !== '' && { folder: input.folder }),
      applied: { count: agenda.applied.length, ...(lastApplied && { last: lastApplied.id }) },
      ...{ outOfOrder: agenda.outOfOrder.map(({ id }) => id), edited: editedSince(journal, agenda.applied) },
      ...{ drift, gates, findings: report.findings, observations: report.observations, changes: rehearsal.changes },
      digest: digestOf({ ...decisive, applied: agenda.applied.map(({ id }) => id) }),
    },
    ...{ standing, agenda, before, changes: rehearsal.changes, ...(gone && { interrupted: gone }) },
  };
}

/** What a plan has seen before it judges. */
interface Seen {
  readonly role: By;
  readonly target: Target;
  readonly known: Records;
  readonly actual: Snapshot;
  readonly found: Examined;
  readonly cut: Awaited<ReturnType<typeof interrupted>>;
}

async function gatesOn(session: Connection, input: PlanInput, seen: Seen): Promise<Gate[]> {
  const { tool, target: address, limits, allow } = input;
  const { role, target, known, actual, found, cut } = seen;
  const { standing, agenda } = known;
  const compared = { actual, expected: found.rehearsal.before, drift: found.drift };
  const table = knownTable(tool, standing, alikeIn(compared, tool.ledger, standing));
  const isClear = table.outcome === 'open' || standing.exists; // what is applied there is a question for later
  const gates = [
    ...[await writable(session, role), await unpooled(session, address)],
    await permitted(session, { schema: standing.schema, tables: writtenIn(tool.ledger), role }),
    ...[consistent(tool, standing, agenda, cut.row !== undefined), table],
    ...(isClear ? [knownBaseline(tool, standing, tablesIn(actual), input.baseline !== undefined)] : []),
    ...[cut.gate, withoutDrift(found.drift)],
    ...(agenda.pending.length > 0 ? await trafficGates(session, limits) : []),
    ...(agenda.pending.length > 0 ? [await roomOnDisk(session, { address, target, rehearsal: found.rehearsal })] : []),
    ...input.gates,
  ];
  return gates.map((gate) => accepted(gate, allow));
}

interface Records {
  readonly standing: Standing;
  readonly agenda: Agenda;
  readonly journal: readonly Recorded[];
}

/** What the target says is applied; for one that has never said it, what the settings do. */
export async function recordsOf(
  session: Connection,
  { tool, head, baseline, upTo }: Pick<PlanInput, 'tool' | 'head' | 'baseline' | 'upTo'>,
): Promise<Records> {
  const { standing, journal } = await readable(async () => {
    const standing = await tool.ledger.read(session);
    return { standing, journal: await readJournal(session, standing.schema) };
  });
  const agenda =
    standing.exists || baseline === undefined
      ? tool.ledger.agenda(head, standing)
      : { ...pendingAfter(head, baseline), applied: pendingAfter(head, baseline).base.migrations, orphans: [] };
  if (upTo === undefined) return { standing, journal, agenda };
  const wanted = new Set(pendingAfter(head, upTo).base.migrations.map(({ id }) => id));
  return { standing, journal, agenda: { ...agenda, pending: agenda.pending.filter(({ id }) => wanted.has(id)) } };
}

/** Throws `KnownError` where the tables cannot be read. */
export async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    throw new KnownError(`What is applied to the target cannot be read: ${error.message}.`, {
      reason: 'refused',
      help: explain(error.fault) ?? 'Connect as the role that the migration tool connects as. Nothing was touched.',
      cause: error,
    });
  }
}

async function planned(migration: Migration): Promise<Planned> {
  const { id, name, path, hash } = migration;
  return { id, name, path, hash, statements: await statementsIn(migration) };
}

function withDone(migration: Planned, gone: Interruption | undefined): Planned {
  return gone?.row.migration === migration.id ? { ...migration, done: gone.row.done } : migration;
}

async function trafficGates(session: Connection, limits: TrafficLimits): Promise<Gate[]> {
  return [
    await shortTransactions(session, limits),
    await nothingPrepared(session, limits),
    await nobodyWaits(session),
    await replicasFollow(session, limits),
    await slotsAreUsed(session, limits),
  ];
}

function accepted(gate: Gate, allow: readonly string[]): Gate {
  if (gate.outcome !== 'closed' || absolute.has(gate.gate) || !allow.includes(gate.gate)) return gate;
  return { gate: gate.gate, outcome: 'open', message: `${gate.message} It was accepted.` };
}

/** Tables that people made; what extensions bring is in no snapshot. */
/** Tables that a run writes to, and with which rights. */
function writtenIn({ tables, rights }: Ledger): ReadonlyMap<string, readonly string[]> {
  return new Map([...tables.map((name) => [name, rights] as const), [journalTable, ['INSERT', 'UPDATE']]]);
}

function tablesIn({ objects }: Snapshot): number {
  return objects.filter(({ kind }) => kind === 'table').length;
}

/** Where Lockkeeper applied them, it knows what they were. */
function editedSince(journal: readonly Recorded[], applied: readonly Migration[]): string[] {
  const hashes = new Map(journal.map(({ migration, hash }) => [migration, hash]));
  return applied.filter(({ id, hash }) => (hashes.get(id) ?? hash) !== hash).map(({ id }) => id);
}
