import type { Rule, StatementFacts } from '../../model/rule.ts';
import { saysConcurrently } from '../../postgres/syntax/indexes.ts';
import { read } from '../../postgres/syntax/node.ts';
import { outsideTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'concurrent-mixed-file',
  severity: 'warning',
  what: 'A CONCURRENTLY statement shares a migration with other statements.',
  why: 'The file runs outside a transaction: when one statement fails, those before it stay, the migration is not recorded, and the next run fails on what is already there.',
  instead:
    'Give the CONCURRENTLY statement a migration of its own. Settings and DROP INDEX CONCURRENTLY IF EXISTS may stand before it.',
  sources: ['PostgreSQL documentation, CREATE INDEX, "Building Indexes Concurrently"', 'eugene', 'atlas: PG110'],
  statement: {
    check(facts, world) {
      const { statement } = facts;
      if (!saysConcurrently(statement)) return [];
      const own = world.statements.filter((each) => each.statement.migration === statement.migration);
      if (own.find(isBuilt) !== facts) return [];
      const others = own.filter((each) => each !== facts && !isRepeatable(each));
      if (others.length === 0) return [];
      const count = `${others.length} other ${others.length === 1 ? 'statement' : 'statements'}`;
      return [
        {
          message: `If this fails half-way, ${count} of ${statement.path} may already be committed, and the next run begins anew.`,
          instead: {
            text: world.outsideTransaction,
            migrations: [outsideTransaction(`${statement.sql};`)],
          },
        },
      ];
    },
  },
};

/** The first statement that is not repeatable and says CONCURRENTLY speaks for the file. */
function isBuilt(facts: StatementFacts): boolean {
  return saysConcurrently(facts.statement) && !isRepeatable(facts);
}

/** Does no harm when it runs again. An index is left out: IF NOT EXISTS would pass over an invalid one. */
function isRepeatable({ statement: { kind, node, sql } }: StatementFacts): boolean {
  if (['VariableSetStmt', 'VariableShowStmt', 'TransactionStmt', 'SelectStmt'].includes(kind)) return true;
  if (kind === 'DropStmt') return read(node, 'DropStmt')?.missing_ok === true;
  return kind !== 'IndexStmt' && /^CREATE\s+(OR\s+REPLACE\b|\w+\s+IF\s+NOT\s+EXISTS\b)/i.test(sql);
}
