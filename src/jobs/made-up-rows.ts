import type { StatementFacts } from '../model/rule.ts';

/** What is looked at of a rehearsal in one scratch database. */
interface Attempt {
  readonly seeded: { readonly rows: number };
  readonly statements: readonly StatementFacts[];
}

/**
 * Errors that rows cause: cardinality, data, constraints, WITH CHECK OPTION and what functions raise (PostgreSQL
 * documentation, appendix A, classes 21, 22, 23, 44, P0).
 */
const causedByRows = /^(21|22|23|44|P0)/;

/** Whether an error stopped the migrations that made-up rows may have caused, so that the rest went unseen. */
export function stoppedByRows({ seeded, statements }: Attempt): boolean {
  const error = statements.at(-1)?.observation.error;
  return seeded.rows > 0 && error !== undefined && causedByRows.test(error.sqlstate);
}

/**
 * What two attempts together tell, the first with made-up rows, the second without. Where the same statement fails for
 * the same reason, the rows of the migrations themselves are to blame, and the first attempt stands.
 */
export function withoutRows<A extends Attempt>(first: A, second: A): A & { readonly notes: readonly string[] } {
  const stopped = first.statements.length - 1;
  const errorOnRows = first.statements[stopped]?.observation.error;
  const again = second.statements[stopped];
  if (!again || !errorOnRows || again.observation.error?.sqlstate === errorOnRows.sqlstate)
    return { ...first, notes: [] };
  const facts: StatementFacts = { ...again, observation: { ...again.observation, errorOnRows } };
  const { path, line } = facts.observation;
  return {
    ...second,
    statements: second.statements.with(stopped, facts),
    notes: [`Made-up rows do not fit ${path}:${line}, so all statements were watched on tables without such rows.`],
  };
}
