import type { Rule } from '../../model/rule.ts';
import { lockedOut } from '../locks.ts';
import { costs, rewrittenBy } from '../observed.ts';

export const rule: Rule = {
  id: 'set-tablespace',
  severity: 'error',
  what: 'A table or index that is in use moves to another tablespace.',
  why: 'Its files are copied while nobody can read or write it.',
  instead:
    'REINDEX with TABLESPACE and CONCURRENTLY moves an index from PostgreSQL 14 on; move a table in a maintenance window, or with pg_repack.',
  sources: ['PostgreSQL documentation, ALTER TABLE, SET TABLESPACE', 'safe-migrate'],
  statement: {
    kinds: ['AlterTableStmt', 'AlterTableMoveAllStmt'],
    check(facts, world) {
      const seen = rewrittenBy(facts, world, 'AT_SetTableSpace');
      if (seen)
        return [{ message: `The files of ${seen.table.name} are copied to the other tablespace.`, ...costs(seen) }];
      if (facts.statement.kind !== 'AlterTableMoveAllStmt') return [];
      const moved = lockedOut(facts).filter((table) => facts.observation.rewritten.includes(table));
      return moved.map((table) => ({
        message: `The files of ${table} are copied to the other tablespace.`,
        relations: [table],
        blocking: { what: 'reads and writes', during: 'rewrite' },
      }));
    },
  },
};
