import { type Lock, lockModes, type Observation, type Relation } from '../../model/observation.ts';
import type { Statement } from '../../model/statement.ts';
import type { Run } from './inside.ts';
import type { Relations } from './relations.ts';
import type { Sample } from './sample.ts';

/** What is known of a statement besides its samples. */
export interface Circumstances {
  readonly transaction: number | null;
  /** Relations as they were before the migration. */
  readonly existing: Relations;
  /** Files of relations before the statement, where they differ from `existing`. */
  readonly files: ReadonlyMap<number, number>;
  readonly unobserved?: string;
}

/** Turns the samples before and after a statement into what the report says of it. */
export function toObservation(statement: Statement, run: Run, circumstances: Circumstances): Observation {
  const { transaction, existing, files, unobserved } = circumstances;
  const { before, after, milliseconds, whole } = run;
  const rewritten = [...after.files].filter(([oid, file]) => file !== (files.get(oid) ?? existing.get(oid)?.file));
  const scanned = [...after.scans].filter(
    ([oid, scans]) => isTable(existing, oid) && scans > (before.scans.get(oid) ?? 0),
  );
  return {
    migration: statement.migration,
    path: statement.path,
    line: statement.line,
    sql: statement.sql,
    milliseconds,
    transaction,
    locks: locksBetween(before.locks, after.locks, existing),
    held: locksBetween(new Map(), before.locks, existing),
    rewritten: namesOf(oidsOf(rewritten), existing),
    scanned: namesOf(oidsOf(scanned), existing),
    ...(whole && whole.emptied.length > 0 && { emptied: namesOf(whole.emptied, existing) }),
    ...(whole && whole.overwritten.length > 0 && { overwritten: namesOf(whole.overwritten, existing) }),
    ...(unobserved !== undefined && { unobserved }),
  };
}

/**
 * Indexes that are gone, where no other has taken over their file: a change of a column's type makes all its indexes
 * anew, and keeps the files of those that it need not build (indexcmds.c, CheckIndexCompatible).
 */
export function lostIndexes(
  { before, after }: Run,
  { existing, files }: Pick<Circumstances, 'existing' | 'files'>,
): Relation[] {
  const kept = new Set(after.files.values());
  const gone = [...after.locks.keys()]
    .filter((oid) => isGone(after, oid) && !isGone(before, oid))
    .sort((a, b) => a - b);
  return gone.flatMap((oid) => {
    const relation = existing.get(oid);
    return relation?.kind === 'index' && !kept.has(files.get(oid) ?? relation.file) ? [relation] : [];
  });
}

/** Its lock is still held. */
function isGone({ locks, files }: Run['after'], oid: number): boolean {
  return locks.has(oid) && !files.has(oid);
}

function isTable(existing: Relations, oid: number): boolean {
  return ['table', 'partitioned table', 'materialized view'].includes(existing.get(oid)?.kind ?? '');
}

function oidsOf(entries: readonly [number, unknown][]): number[] {
  return entries.map(([oid]) => oid);
}

function namesOf(oids: readonly number[], existing: Relations): string[] {
  return oids.flatMap((oid) => existing.get(oid)?.name ?? []).sort();
}

/** Locks of `after` that `before` has not, on relations that existed, by relation and strength. */
function locksBetween(before: Sample['locks'], after: Sample['locks'], existing: Relations): Lock[] {
  const locks: Lock[] = [];
  for (const [oid, modes] of after) {
    const relation = existing.get(oid);
    if (!relation) continue;
    const { name, kind, table, atBase } = relation;
    for (const mode of modes) {
      if (before.get(oid)?.has(mode)) continue;
      locks.push({ relation: name, mode, kind, ...(table !== undefined && { table }), atBase });
    }
  }
  return locks.sort(byRelationAndMode);
}

function byRelationAndMode(a: Lock, b: Lock): number {
  if (a.relation !== b.relation) return a.relation < b.relation ? -1 : 1;
  return lockModes.indexOf(a.mode) - lockModes.indexOf(b.mode);
}
