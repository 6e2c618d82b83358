import type { Agenda } from '../../model/ledger.ts';
import type { History, Migration } from '../../model/migration.ts';
import type { Target } from '../../model/plan.ts';
import type { Change, Index, SchemaObject, Snapshot } from '../../model/schema.ts';
import { type IndexName, isLeftBy } from '../../postgres/apply/leftovers.ts';
import { type Unit, unitsOf } from '../../postgres/apply/units.ts';
import { batchesOf } from '../../postgres/batches.ts';
import type { Recorded } from '../../postgres/journal.ts';
import { type CheckInput, type Examination, examine } from '../check.ts';
import { driftBetween } from './drift.ts';
import type { PlanInput } from './input.ts';
import { parted } from './interrupted.ts';

/** A run that was cut off in the first pending migration, and what it left. */
export interface Interruption {
  /** `done` may be one more than the row says: the statement was committed, and the run had no time to write that. */
  readonly row: Recorded;
  /** Indexes that it had not finished, which are in the way of doing it again. */
  readonly leftovers: readonly IndexName[];
}

/** What the pending migrations do, and how the target differs from what they are written for. */
export interface Examined extends Examination {
  readonly drift: readonly Change[];
  /** The target's schema, without what an interrupted run left. */
  readonly before: Snapshot;
  readonly interrupted?: Interruption;
}

/** What is examined, and what is known of the target. */
export interface Examinee {
  readonly input: PlanInput;
  readonly target: Target;
  readonly agenda: Agenda;
  readonly actual: Snapshot;
  /** Of a run that was cut off. */
  readonly row?: Recorded;
  /** Ids of partitions whose detaching was cut off: they have a constraint already that takes the place of their bounds. */
  readonly halfDetached: readonly string[];
}

/**
 * Compares the target with what its applied migrations give, and runs what is pending. A statement outside any transaction is
 * committed before that is written down: where a run was cut off, the schema itself says whether it was.
 */
export async function examined(examinee: Examinee): Promise<Examined> {
  const first = await examinedAt(examinee);
  const { row, agenda } = examinee;
  const [next] = agenda.pending;
  if (!row || !next || first.drift.length === 0) return first;
  const unit = unitBehind(unitsOf(await batchesOf(next)), row.done);
  if (!unit || unit.transaction) return first;
  const second = await examinedAt({ ...examinee, row: { ...row, done: row.done + unit.statements.length } });
  return second.drift.length < first.drift.length ? second : first;
}

async function examinedAt(examinee: Examinee): Promise<Examined> {
  const { input, target, agenda, actual, row, halfDetached } = examinee;
  const found = await examine(checkInput(input, target, await goneOn(agenda, row)));
  const expected = found.rehearsal.before;
  const leftovers = row ? unfinishedIn(actual, expected).filter(await isLeftAt(row, agenda.pending[0])) : [];
  const before = row ? mended(actual, expected, [...leftovers, ...boundsOf(halfDetached, actual, expected)]) : actual;
  const drift = driftBetween(expected, before, input.driftIgnore);
  return { ...found, drift, before, ...(row && { interrupted: { row, leftovers } }) };
}

function unitBehind(units: readonly Unit[], done: number): Unit | undefined {
  let before = 0;
  return units.find(({ statements }) => {
    before += statements.length;
    return before > done;
  });
}

const isInvalid = (object: SchemaObject): object is Index =>
  object.kind === 'index' && !object.valid && object.parent === undefined;

/** Whether an invalid index was left by the statement at which a run was cut off; of a file that is another since, any may be. */
async function isLeftAt(row: Recorded, next: Migration | undefined): Promise<(index: Index) => boolean> {
  if (next?.hash !== row.hash) return () => true;
  const unit = unitBehind(unitsOf(await batchesOf(next)), row.done);
  return ({ name, schema, table }) =>
    unit?.statements.some((each) => isLeftBy(each, { name, relation: table.slice(schema.length + 1) })) === true;
}

/** Invalid indexes that no migration makes so. */
function unfinishedIn(actual: Snapshot, expected: Snapshot): Index[] {
  const known = new Set(expected.objects.filter(({ kind }) => kind === 'index').map(({ id }) => id));
  return actual.objects.filter(isInvalid).filter(({ id }) => !known.has(id));
}

function boundsOf(tables: readonly string[], actual: Snapshot, expected: Snapshot): SchemaObject[] {
  const known = new Set(expected.objects.filter(({ kind }) => kind === 'constraint').map(({ id }) => id));
  return actual.objects.filter(
    ({ kind, table = '', id }) => kind === 'constraint' && tables.includes(table) && !known.has(id),
  );
}

/** Without these, and with those valid that are to be: DROP INDEX CONCURRENTLY makes them invalid first. */
function mended(actual: Snapshot, expected: Snapshot, leftovers: readonly SchemaObject[]): Snapshot {
  const valid = new Set(expected.objects.filter((each) => each.kind === 'index' && each.valid).map(({ id }) => id));
  const objects = actual.objects
    .filter((each) => !leftovers.includes(each))
    .map((each) => (isInvalid(each) && valid.has(each.id) ? { ...each, valid: true } : each));
  return { ...actual, objects };
}

/** What is committed of an interrupted migration counts as applied. */
async function goneOn(agenda: Agenda, row: Recorded | undefined): Promise<Agenda> {
  const [first, ...rest] = agenda.pending;
  if (!row || !first) return agenda;
  const [done, left] = await parted(first, row.done);
  return { ...agenda, applied: [...agenda.applied, done], pending: [left, ...rest] };
}

function checkInput(input: PlanInput, { server, searchPath }: Target, { applied, pending }: Agenda): CheckInput {
  const { tool, folders, folder, head, commit, openServer } = input;
  const base: History = { migrations: applied, ignored: [] };
  const origin = { appliedThrough: applied.at(-1)?.id ?? 'none' };
  return {
    ...input,
    subject: { tool, folders, folder, base, head, pending, origin, ...(commit !== undefined && { commit }) },
    openServer: () => openServer(Number.parseInt(server, 10)),
    ...(searchPath && { searchPath }),
    always: true,
  };
}

/** Throws `KnownError` for a script that opens a transaction and never ends it. */
export async function statementsIn(migration: Migration): Promise<number> {
  return unitsOf(await batchesOf(migration)).flatMap(({ statements }) => statements).length;
}
