import type { Problem, Rule, StatementFacts } from '../../model/rule.ts';
import { nameOf } from '../../postgres/syntax/names.ts';
import { read, readAll } from '../../postgres/syntax/node.ts';
import { lockedOut, truncatedByCode } from '../locks.ts';

export const rule: Rule = {
  id: 'truncate',
  severity: 'error',
  what: 'A table that is in use is emptied by TRUNCATE, also by one in code that a statement runs.',
  why: 'Its data is gone at once, and with CASCADE that of all tables that refer to it.',
  instead: 'Delete what is to go in batches, outside the migration.',
  sources: [
    'PostgreSQL documentation, TRUNCATE',
    'squawk: ban-truncate-cascade',
    'pg-migration-lint: PGM203 and PGM204',
  ],
  statement: {
    kinds: ['TruncateStmt', 'DoStmt', 'CallStmt', 'SelectStmt', 'ExecuteStmt'],
    check(facts) {
      if (facts.statement.kind !== 'TruncateStmt') return inCode(facts);
      const emptied = lockedOut(facts);
      if (emptied.length === 0) return [];
      const named = readAll(read(facts.statement.node, 'TruncateStmt')?.relations, 'RangeVar')
        .map(nameOf)
        .flatMap(({ schema, name }) => facts.relation(schema, name)?.name ?? []);
      const others = emptied.filter((table) => !named.includes(table));
      const cascade = read(facts.statement.node, 'TruncateStmt')?.behavior === 'DROP_CASCADE' && others.length > 0;
      const also = cascade ? `, and CASCADE also those of ${others.join(', ')}` : '';
      const tables = cascade ? emptied.filter((table) => !others.includes(table)) : emptied;
      return [{ message: `TRUNCATE deletes all rows of ${tables.join(', ')}${also}.`, relations: emptied }];
    },
  },
};

function inCode(facts: StatementFacts): Problem[] {
  const relations = lockedOut(facts).filter((table) => truncatedByCode(facts.observation).includes(table));
  if (relations.length === 0) return [];
  return [{ message: `The code that this runs deletes all rows of ${relations.join(', ')} by TRUNCATE.`, relations }];
}
