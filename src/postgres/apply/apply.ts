import { createHash } from 'node:crypto';
import type { Ledger, Query } from '../../model/ledger.ts';
import type { Migration } from '../../model/migration.ts';
import type { Statement } from '../../model/statement.ts';
import { batchesOf } from '../batches.ts';
import { StatementFailed } from '../execute.ts';
import { type Entry, finishEntry, noteDone, startEntry, wholeEntry } from '../journal.ts';
import { mustRunOutside } from '../outside.ts';
import { freshSession } from '../replay.ts';
import { type Committed, commitUnit, type Hands } from './attempt.ts';
import { type Unit, unitsOf } from './units.ts';

/** A migration that is to be applied to a target. */
export interface Work {
  readonly migration: Migration;
  readonly ledger: Ledger;
  /** Of the tool's table and ours. */
  readonly schema: string;
  /** Whether the tool gives each migration a session of its own. */
  readonly fresh: boolean;
  readonly entry: Omit<Entry, 'statements'>;
  /** Where an earlier run was cut off. */
  readonly resume?: Resume;
}

/** The row that an earlier run began, and how many statements it committed. */
export interface Resume {
  readonly id: string;
  readonly done: number;
}

/** A migration that failed on a target. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
  readonly failed: StatementFailed;
  /** Statements of it that are committed all the same, of how many. */
  readonly done: number;
  readonly statements: number;

  constructor(failed: StatementFailed, done: number, statements: number) {
    super(failed.message, { cause: failed });
    this.failed = failed;
    this.done = done;
    this.statements = statements;
  }
}

/**
 * Applies a migration, and writes the tool's row and ours: in its own transaction where it is one, so that nothing can come
 * between; else unit by unit, with a row of ours that says how far it came. Throws `MigrationFailed`.
 */
export async function applyMigration(work: Work, hands: Hands): Promise<Committed[]> {
  const units = unitsOf(await batchesOf(work.migration)).map(inTransaction);
  const statements = units.reduce((sum, unit) => sum + unit.statements.length, 0);
  if (work.fresh) await hands.session.send(freshSession);
  const own = { ...hands, own: new Set<string>() };
  const entry = { ...work.entry, statements };
  const [only] = units;
  const whole = units.length === 0 || (units.length === 1 && only?.transaction && only.end === 'COMMIT');
  return whole && !work.resume ? applyWhole(work, own, entry, only) : applyUnits(work, own, entry, units);
}

/**
 * A statement alone is a transaction anyhow, and as one it can carry our row; but not one that PostgreSQL refuses inside a
 * block, nor one that may commit by itself.
 */
function inTransaction(unit: Unit): Unit {
  const [statement] = unit.statements;
  if (unit.transaction || !statement || mustRunOutside(statement)) return unit;
  if (['CallStmt', 'DoStmt', 'VariableSetStmt'].includes(statement.kind)) return unit;
  return { ...unit, transaction: true, begin: 'BEGIN', end: 'COMMIT' };
}

async function applyWhole(
  { migration, ledger, schema }: Work,
  hands: Hands,
  entry: Entry,
  unit: Unit = { transaction: true, begin: 'BEGIN', statements: [], end: 'COMMIT' },
): Promise<Committed[]> {
  const within = [...ledger.record(migration, schema), wholeEntry(schema, entry, 'applied')];
  try {
    return [await commitUnit(unit, hands, within)];
  } catch (error) {
    if (!(error instanceof StatementFailed)) throw error;
    throw new MigrationFailed(error, 0, entry.statements);
  }
}

async function applyUnits(work: Work, hands: Hands, entry: Entry, units: readonly Unit[]): Promise<Committed[]> {
  const { migration, ledger, schema, resume } = work;
  const id = resume?.id ?? (await begin(work, hands, entry));
  const finished = [...ledger.record(migration, schema), finishEntry(schema, id)];
  const committed: Committed[] = [];
  const texts: Statement[] = [];
  for (const [index, unit] of units.entries()) {
    texts.push(...unit.statements);
    const again = texts.length <= (resume?.done ?? 0);
    if (again && !isSetting(unit)) continue;
    const last = index === units.length - 1;
    const note = last ? finished : again ? [] : [noteDone(schema, id, texts.length, hashOf(texts))];
    try {
      committed.push(await commitUnit(unit, hands, unit.transaction && unit.end === 'COMMIT' ? note : []));
      if (!unit.transaction || unit.end !== 'COMMIT') await together(hands, note);
    } catch (error) {
      if (!(error instanceof StatementFailed)) throw error;
      throw new MigrationFailed(error, texts.length - unit.statements.length, entry.statements);
    }
  }
  return committed;
}

/** A session's settings are gone with the session that was cut off. */
function isSetting({ statements }: Unit): boolean {
  return statements.every(({ kind }) => kind === 'VariableSetStmt');
}

/** Says that it was begun, before anything of it is there. */
async function begin({ migration, ledger, schema }: Work, hands: Hands, entry: Entry): Promise<string> {
  const { session } = hands;
  await session.send('BEGIN');
  for (const { sql, values } of ledger.begin(migration, schema)) await session.query(sql, values);
  const id = await startEntry(session, schema, entry);
  await session.send('COMMIT');
  return id;
}

async function together({ session }: Hands, queries: readonly Query[]): Promise<void> {
  await session.send('BEGIN');
  for (const { sql, values } of queries) await session.query(sql, values);
  await session.send('COMMIT');
}

/** Over the texts of statements: an interrupted migration is resumed only where they are the same. */
export function hashOf(statements: readonly Statement[]): string {
  const hash = createHash('sha256');
  for (const { sql } of statements) hash.update(`${sql}\0`);
  return hash.digest('hex');
}
