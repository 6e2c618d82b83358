import type { SqlFault } from '../../model/observation.ts';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import type { Statement } from '../../model/statement.ts';
import { explain } from '../../postgres/faults.ts';
import { read } from '../../postgres/syntax/node.ts';
import { notValidHelps } from '../not-valid.ts';

export const rule: Rule = {
  id: 'migration-fails',
  severity: 'error',
  what: 'PostgreSQL refuses a statement.',
  why: 'The migration stops there: at its tool’s next run, in the pipeline, or on production.',
  instead: 'Read what PostgreSQL says, and correct the statement.',
  sources: ['PostgreSQL documentation, appendix A, "PostgreSQL Error Codes"'],
  waivable: false,
  statement: {
    failed: true,
    check(facts, world) {
      const { statement, observation } = facts;
      const { error } = observation;
      if (!error) return [];
      const { message, detail, sqlstate, line } = error;
      const told = [message, detail].filter(Boolean).join('. ').replace(/\.$/, '');
      const help = helpOn(facts, error, world);
      return [
        {
          message: `It fails: ${told} (SQLSTATE ${sqlstate}).`,
          ...(help && { instead: { text: help } }),
          place: { migration: statement.migration, path: statement.path, line },
        },
      ];
    },
  },
};

function helpOn(facts: StatementFacts, error: SqlFault, world: World): string {
  const { hint, sqlstate } = error;
  const particular = explain(error);
  const role = sqlstate === '42501' ? chosenRole(facts, world) : undefined;
  const own = role ?? (particular === hint ? adviceOn(facts.statement, error, world) : particular);
  // the hint of 2BP01 is to use CASCADE, which drops more than one reads
  return [own, sqlstate === '2BP01' ? undefined : hint].filter(Boolean).join(' ');
}

function adviceOn(statement: Statement, { sqlstate, message }: SqlFault, world: World): string | undefined {
  if (outside.has(sqlstate)) return `${outside.get(sqlstate)} ${world.outsideTransaction}`;
  if (sqlstate === '42704' && message.startsWith('role ')) return missingRole;
  return [advice[sqlstate], notValidHelps(statement, sqlstate)].filter(Boolean).join(' ') || undefined;
}

/** The migration itself has taken another role, by SET ROLE or SET SESSION AUTHORIZATION. */
function chosenRole({ index, statement: { migration } }: StatementFacts, { statements }: World): string | undefined {
  const last = statements.slice(0, index).findLast(({ statement }) => {
    const { name = '' } = read(statement.node, 'VariableSetStmt') ?? {};
    return statement.migration === migration && ['role', 'session_authorization'].includes(name);
  });
  const chosen = last && read(last.statement.node, 'VariableSetStmt')?.kind === 'VAR_SET_VALUE';
  return chosen
    ? `The role that line ${last.statement.line} takes is not allowed to: give the statement to one that is.`
    : undefined;
}

const missingRole =
  'If production has it, made by hand, say so in the migrations: create it there unless it exists. Roles that applied migrations name are made for the rehearsal.';

/** Of statements that must run outside a transaction block. */
const outside = new Map([
  ['25001', 'The statement must run outside a transaction block.'],
  ['2D000', 'It commits by itself, so it must run outside a transaction block.'],
]);

/** What an error often means in a migration. */
const advice: Readonly<Record<string, string>> = {
  '55P04':
    'A new enum value can be used only after its transaction has been committed: add it in a migration of its own before.',
  '55006':
    'Rows that were changed have triggers or foreign keys to be checked at the end: change rows and table in two migrations.',
  '2BP01': 'Other objects depend on it: drop or change them first, by name rather than with CASCADE.',
  '42804':
    'There is no cast from the old type to the new one by itself: say how with USING, and drop the default before.',
  '23502':
    'There are rows without a value: fill them first. On production a probe tells: SELECT count(*) … WHERE … IS NULL.',
  '23505': 'Two rows are the same: clean them up in an earlier migration.',
  '23503': 'A row refers to nothing: correct such rows in an earlier migration.',
  '23514': 'A row violates it: correct such rows in an earlier migration.',
  '23P01': 'Two rows exclude each other: clean them up in an earlier migration.',
  '22001': 'A value is too long for the type.',
  '22003': 'A value is out of range of the type.',
  '0A000': 'PostgreSQL cannot do this, or not on this major: see what its message says.',
  '42703': 'The column is not there: look at earlier migrations that add, drop or rename it.',
  '42701': 'The column is there already, from an earlier migration.',
  '42710': 'It is there already, from an earlier migration.',
  '42P07': 'It is there already, from an earlier migration.',
  '42P01': 'Look at the order of the migrations and at search_path.',
  '57014': 'A timeout that the migrations themselves set ended it.',
};
