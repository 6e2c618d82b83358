import { createHash } from 'node:crypto';
import type { Ledger, Query } from '../../model/ledger.ts';
import type { Migration, Script } from '../../model/migration.ts';
import type { Statement } from '../../model/statement.ts';
import { batchesOf } from '../batches.ts';
import { ConnectionLost } from '../connect.ts';
import { type Entry, finishEntry, noteDone, startEntry, wholeEntry } from '../journal.ts';
import { mayCommit, mustRunOutside } from '../outside.ts';
import { freshening, freshSession } from '../replay.ts';
import { type Committed, commitUnit, type Hands, leavesPart } from './attempt.ts';
import { writeAlone } from './books.ts';
import { dropNamed, type IndexName } from './leftovers.ts';
import { isSetting, type Unit, unitsOf } from './units.ts';

/** A migration that is to be applied to a target. */
export interface Work {
  readonly migration: Migration;
  /** Its way up. */
  readonly units: readonly Unit[];
  readonly ledger: Ledger;
  /** Of the tool's table and ours. */
  readonly schema: string;
  /** Whether the tool gives each migration a session of its own: it finds a fresh one, and leaves one. */
  readonly fresh: boolean;
  readonly entry: Omit<Entry, 'statements'>;
  /** Where an earlier run was cut off. */
  readonly resume?: Resume;
}

/** The row that an earlier run began, and how many statements it committed. */
export interface Resume {
  readonly id: string;
  readonly done: number;
  /** Invalid indexes that it left. */
  readonly leftovers: readonly IndexName[];
}

/** A migration that was not applied whole, and why: `cause` is a `UnitFailed`, or whatever else ended it. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
  /** Statements of it that are known to be committed, of how many. */
  readonly done: number;
  readonly statements: number;
  /** Whether a statement outside any transaction may be committed, or a part of it: the connection was lost, or it commits by itself. */
  readonly uncertain: boolean;

  constructor(cause: unknown, done: number, statements: number, uncertain = false) {
    super((cause as Error).message, { cause });
    this.done = done;
    this.statements = statements;
    this.uncertain = uncertain;
  }
}

/**
 * Applies a migration, and writes the tool's row and ours: in its own transaction where it is one, so that nothing can come
 * between; else unit by unit, with a row of ours that says how far it came. Throws `MigrationFailed`.
 */
export async function applyMigration(work: Work, hands: Hands): Promise<Committed[]> {
  const { units } = work;
  const statements = units.reduce((sum, unit) => sum + unit.statements.length, 0);
  const own = { ...hands, own: new Set<string>() };
  const entry = { ...work.entry, statements };
  if (isWhole(units) && !work.resume)
    return applyWhole(work, { ...own, ...(work.fresh && { afterwards: freshening }) }, entry);
  const committed = await applyUnits(work, own, entry);
  if (work.fresh) await hands.session.send(freshSession);
  return committed;
}

/** A script in the transactions in which it is applied to a target; the way up where none is named. */
export async function unitsToApply(migration: Migration, script: Script = migration.up): Promise<Unit[]> {
  return unitsOf(await batchesOf(migration, script)).map(inTransaction);
}

/** Whether a migration is committed whole or not at all. */
export function isWhole(units: readonly Unit[]): boolean {
  const [only] = units;
  return only === undefined || (units.length === 1 && only.transaction && only.end === 'COMMIT');
}

/**
 * A statement alone is a transaction anyhow, and as one it can carry our row; but not one that PostgreSQL refuses inside a
 * block, nor one that may commit by itself.
 */
function inTransaction(unit: Unit): Unit {
  const [statement] = unit.statements;
  if (unit.transaction || !statement || mustRunOutside(statement) || mayCommit(statement)) return unit;
  return statement.kind === 'VariableSetStmt' ? unit : { ...unit, transaction: true, begin: 'BEGIN', end: 'COMMIT' };
}

async function applyWhole(
  { migration, units, ledger, schema }: Work,
  hands: Hands,
  entry: Entry,
): Promise<Committed[]> {
  const [unit = { transaction: true, begin: 'BEGIN', statements: [], end: 'COMMIT' }] = units;
  const within = [...ledger.record(migration, schema), wholeEntry(schema, entry, 'applied')];
  try {
    return [await commitUnit(unit, hands, within)];
  } catch (error) {
    throw new MigrationFailed(error, 0, entry.statements);
  }
}

async function applyUnits(work: Work, hands: Hands, entry: Entry): Promise<Committed[]> {
  const { migration, units, ledger, schema, resume } = work;
  const before = resume?.done ?? 0;
  const committed: Committed[] = [];
  const texts: Statement[] = [];
  let done = before;
  let alone: Unit | undefined;
  try {
    const id = resume?.id ?? (await begin(work, hands, entry));
    const finished = [...ledger.record(migration, schema), finishEntry(schema, id)];
    await dropNamed(hands.session, resume?.leftovers ?? []);
    for (const unit of units) {
      texts.push(...unit.statements);
      const again = texts.length <= before;
      if (again && !isSetting(unit)) continue;
      const last = texts.length === entry.statements;
      const note = last ? finished : again ? [] : [noteDone(schema, id, texts.length, hashOf(texts))];
      const within = unit.transaction && unit.end === 'COMMIT';
      alone = within || isSetting(unit) ? undefined : unit;
      committed.push(await commitUnit(unit, hands, within ? note : []));
      alone = undefined;
      done = Math.max(done, texts.length);
      if (!within) await write(hands, note);
    }
    if (before === entry.statements) await write(hands, finished);
    return committed;
  } catch (error) {
    const uncertain = alone !== undefined && (error instanceof ConnectionLost || leavesPart(alone));
    throw new MigrationFailed(error, done, entry.statements, uncertain);
  }
}

/** Says that it was begun, before anything of it is there. */
async function begin({ migration, ledger, schema }: Work, { session, limits }: Hands, entry: Entry): Promise<string> {
  return writeAlone(session, limits, async () => {
    for (const { sql, values } of ledger.begin(migration, schema)) await session.query(sql, values);
    return startEntry(session, schema, entry);
  });
}

async function write({ session, limits }: Hands, queries: readonly Query[]): Promise<void> {
  if (queries.length === 0) return;
  await writeAlone(session, limits, async () => {
    for (const { sql, values } of queries) await session.query(sql, values);
  });
}

/** Over the texts of statements: an interrupted migration is resumed only where they are the same. */
export function hashOf(statements: readonly Statement[]): string {
  const hash = createHash('sha256');
  for (const { sql } of statements) hash.update(`${sql}\0`);
  return hash.digest('hex');
}
