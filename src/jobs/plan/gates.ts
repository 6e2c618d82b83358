import type { Ledger } from '../../model/ledger.ts';
import type { Gate, Target } from '../../model/plan.ts';
import type { Snapshot } from '../../model/schema.ts';
import type { Connection } from '../../postgres/connect.ts';
import { journalTable } from '../../postgres/journal.ts';
import { roomOnDisk } from '../gates/disk.ts';
import { consistent, knownBaseline, withoutDrift } from '../gates/records.ts';
import { type By, permitted, unpooled, writable } from '../gates/session.ts';
import { alikeIn, knownTable } from '../gates/table.ts';
import {
  nobodyWaits,
  nothingPrepared,
  replicasFollow,
  shortTransactions,
  slotsAreUsed,
  type TrafficLimits,
} from '../gates/traffic.ts';
import type { Examined } from './examined.ts';
import type { PlanInput } from './input.ts';
import type { interrupted } from './interrupted.ts';
import type { Records } from './records.ts';

/** Gates that nobody can accept: what is behind them would not work. */
const absolute: ReadonlySet<string> = new Set([
  ...['writable', 'pooler', 'rights', 'history', 'migrations-table', 'baseline', 'interrupted'],
]);

/** What a plan has seen before it judges. */
export interface Seen {
  readonly role: By;
  readonly target: Target;
  readonly known: Records;
  readonly actual: Snapshot;
  readonly found: Examined;
  readonly cut: Awaited<ReturnType<typeof interrupted>>;
}

/** Every gate, in the order in which a person would look at them. */
export async function gatesOn(session: Connection, input: PlanInput, seen: Seen): Promise<Gate[]> {
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

/** Tables that a run writes to, and with which rights. */
function writtenIn({ tables, rights }: Ledger): ReadonlyMap<string, readonly string[]> {
  return new Map([...tables.map((name) => [name, rights] as const), [journalTable, ['INSERT', 'UPDATE']]]);
}

/** Tables that people made; what extensions bring is in no snapshot. */
function tablesIn({ objects }: Snapshot): number {
  return objects.filter(({ kind }) => kind === 'table').length;
}
