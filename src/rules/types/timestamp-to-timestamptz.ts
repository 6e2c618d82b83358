import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { read } from '../../postgres/syntax/node.ts';
import { costs } from '../observed.ts';
import { changesTimeZone, type Retyped, retypedColumns } from '../retyped.ts';
import { inTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'timestamp-to-timestamptz',
  severity: 'error',
  what: 'A timestamp column becomes one with time zone, or the other way round, in a session whose TimeZone is another than UTC or not known.',
  why: 'Old values are read in the session’s TimeZone. With any other than UTC the whole table is rewritten while nobody can read or write it, and another server may read other moments from it.',
  instead:
    'Where the values are UTC, set the TimeZone of the session to UTC in the same migration: nothing is rewritten.',
  sources: ['PostgreSQL 12 release notes', 'strong_migrations: change_column'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const changed = retypedColumns(facts, world).filter(changesTimeZone);
      const [first] = changed;
      const rewritten = (first?.observed.rewritten.length ?? 0) > 0;
      if (!first || (!rewritten && setsTimeZone(facts, world))) return [];
      return [toProblem(first, changed.map(({ name }) => name).join(', '), rewritten)];
    },
  },
};

function toProblem({ observed, facts }: Retyped, names: string, rewritten: boolean) {
  const told = rewritten
    ? `${names} is converted in every row, as the session's TimeZone is not UTC: ${observed.table.name} is rewritten.`
    : `${names} is read in the session's TimeZone, which this migration leaves to chance: with another than UTC ${observed.table.name} is rewritten, and its moments are others.`;
  const sql = [`SET timezone = 'UTC';`, `${facts.statement.sql};`, 'RESET timezone;'];
  return {
    message: told,
    ...(rewritten ? costs(observed) : { severity: 'warning' as const, relations: [observed.table.name] }),
    instead: {
      text: 'If the stored values are UTC. If they are not, say which zone they are in: USING … AT TIME ZONE rewrites the table.',
      migrations: [inTransaction(...sql)],
    },
  };
}

/** An earlier statement of the same migration says which TimeZone the session has. */
function setsTimeZone({ index, statement: { migration } }: StatementFacts, { statements }: World): boolean {
  return statements.slice(0, index).some(({ statement }) => {
    const { kind, name } = read(statement.node, 'VariableSetStmt') ?? {};
    return statement.migration === migration && name?.toLowerCase() === 'timezone' && kind === 'VAR_SET_VALUE';
  });
}
