import type { SqlFault } from '../../model/observation.ts';
import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import type { Statement } from '../../model/statement.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { addedConstraints } from '../../postgres/syntax/constraints.ts';
import { strings } from '../../postgres/syntax/node.ts';
import { mentions } from '../../postgres/syntax/text.ts';
import { notValidHelps } from '../not-valid.ts';

export const rule: Rule = {
  id: 'fails-on-rows',
  severity: 'warning',
  what: 'A statement fails on rows that were made up for the check, and succeeds on empty tables.',
  why: 'Whether it succeeds on production depends on the rows there, which the check has not seen.',
  instead: 'Ask the target for rows that do not fit, and correct them in an earlier migration.',
  sources: ['PostgreSQL documentation, appendix A, "PostgreSQL Error Codes"'],
  statement: {
    check(facts, world) {
      const { errorOnRows } = facts.observation;
      return errorOnRows ? [toProblem(facts, errorOnRows, world)] : [];
    },
  },
};

function toProblem(facts: StatementFacts, { message, detail, sqlstate, line }: SqlFault, world: World): Problem {
  const { statement } = facts;
  const { kind, migration, path } = statement;
  const told = [message, detail].filter(Boolean).join('. ').replace(/\.$/, '');
  const filled = sqlstate === '23502' && isFilled(facts, world);
  const advice = sqlstate.startsWith('P0')
    ? 'It says so itself: look at its conditions.'
    : filled
      ? 'A statement before it fills the column, and leaves it empty in made-up rows: ask the target for rows in which it does.'
      : adviceOn(statement, sqlstate);
  return {
    message: `It fails on made-up rows, not on empty tables: ${told} (SQLSTATE ${sqlstate}).`,
    place: { migration, path, line },
    ...(advice && { instead: { text: advice } }),
    ...(writesRows.has(kind) && { severity: 'notice' }),
    ...(isCertain(statement, sqlstate) && !filled && { severity: 'error' }),
  };
}

/** Whether a pending statement before it writes rows, and names a column that it makes NOT NULL. */
function isFilled({ statement, index }: StatementFacts, { statements }: World): boolean {
  const names = alterCommands(statement, 'AT_SetNotNull', 'AT_AddConstraint').flatMap(({ name, constraint }) => {
    return [name, ...strings(constraint?.keys)].filter((each) => each !== undefined);
  });
  const writing = statements.slice(0, index).filter((each) => writesRows.has(each.statement.kind));
  return writing.some((each) => names.some((name) => mentions(each.statement.sql, name)));
}

/** What writes rows depends on which ones it meets: made-up ones say little of it. */
const writesRows = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'SelectStmt', 'DoStmt', 'CallStmt']);

/** Made-up rows leave no column empty: only the migrations themselves can have left one without values. */
function isCertain(statement: Statement, sqlstate: string): boolean {
  return sqlstate === '23502' && statement.kind === 'AlterTableStmt' && !addsGenerated(statement);
}

/** Then it is an expression that gives NULL, and nobody can fill it. */
function addsGenerated(statement: Statement): boolean {
  return addedConstraints(statement, 'CONSTR_GENERATED').length > 0;
}

function adviceOn(statement: Statement, sqlstate: string): string | undefined {
  if (sqlstate === '23502' && addsGenerated(statement)) return 'Ask the target for rows whose expression is NULL.';
  return [whatToAsk[sqlstate], notValidHelps(statement, sqlstate)].filter(Boolean).join(' ') || undefined;
}

const whatToAsk: Readonly<Record<string, string>> = {
  '23502': 'Fill the column first, in a migration before: every row needs a value.',
  '23505': 'Ask the target for duplicates, and clean them up in an earlier migration.',
  '23503': 'Ask the target for rows that refer to nothing.',
  '23514': 'Ask the target for rows that violate it.',
  '23P01': 'Ask the target for rows that exclude each other, and clean them up in an earlier migration.',
  '22001': 'Ask the target for max(length(…)) of the column.',
  '22003': 'Ask the target for min(…) and max(…) of the column.',
  '22P02': 'Ask the target for values that do not look like the new type.',
};
