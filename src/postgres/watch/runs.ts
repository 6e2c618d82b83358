import type { Batch, Statement } from '../../model/statement.ts';
import { keyOf, namesIn } from './names.ts';
import type { Sample } from './sample.ts';

/** Shorter runs are looked at statement by statement: it takes no time, and more is seen. */
const longRun = 20;

/**
 * Statements inside long runs of alike ones, such as thousands of INSERTs into one table. They need not be looked at one by
 * one: in a transaction locks and counters only grow, so where nothing has grown between the first of a run and the
 * last, no statement between them took anything new.
 */
export function middleOfRuns(batches: readonly Batch[]): ReadonlySet<Statement> {
  const middle = new Set<Statement>();
  for (const { block, statements } of batches) {
    if (block === 'none') continue;
    for (const run of runsOf(statements))
      if (run.length >= longRun) for (const statement of run.slice(1, -1)) middle.add(statement);
  }
  return middle;
}

function runsOf(statements: readonly Statement[]): Statement[][] {
  const runs: Statement[][] = [];
  let last: string | undefined;
  for (const statement of statements) {
    const shape = shapeOf(statement);
    if (shape !== undefined && shape === last) runs.at(-1)?.push(statement);
    else runs.push([statement]);
    last = shape;
  }
  return runs;
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
