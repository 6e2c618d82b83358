import type { Batch, Statement } from '../../model/statement.ts';
import { keyOf, namesIn } from './names.ts';
import type { Sample } from './sample.ts';

/**
 * Statements inside runs of alike ones, such as thousands of INSERTs into one table. They need not be looked at one by
 * one: in a transaction locks and counters only grow, so where nothing has grown between the first of a run and the
 * last, no statement between them took anything new.
 */
export function middleOfRuns(batches: readonly Batch[]): ReadonlySet<Statement> {
  const middle = new Set<Statement>();
  for (const { block, statements } of batches) {
    if (block === 'none') continue;
    const keys = statements.map(shapeOf);
    statements.forEach((statement, index) => {
      const key = keys[index];
      if (key !== undefined && key === keys[index - 1] && key === keys[index + 1]) middle.add(statement);
    });
  }
  return middle;
}

/** What alike statements share: their kind and the relations they name. */
function shapeOf(statement: Statement): string | undefined {
  if (!['InsertStmt', 'UpdateStmt', 'DeleteStmt'].includes(statement.kind)) return undefined;
  return [statement.kind, ...namesIn(statement.node).map(keyOf)].join(' ');
}

/** Whether a session holds and has scanned the same at both moments. */
export function sameHoldings(a: Pick<Sample, 'locks' | 'scans'>, b: Pick<Sample, 'locks' | 'scans'>): boolean {
  return (
    a.locks.size === b.locks.size &&
    [...a.locks].every(([oid, modes]) => b.locks.get(oid)?.size === modes.size) &&
    [...b.scans].every(([oid, scans]) => a.scans.get(oid) === scans)
  );
}
