import type { Rule } from '../../model/rule.ts';
import { lockedOut } from '../locks.ts';

export const rule: Rule = {
  id: 'cluster',
  severity: 'error',
  what: 'CLUSTER writes a table that is in use anew.',
  why: 'Nobody can read or write the table until it and its indexes are written.',
  instead: 'pg_repack orders a table while others read and write; or use a maintenance window.',
  sources: ['PostgreSQL documentation, CLUSTER', 'pg-migration-lint: PGM018'],
  statement: {
    kinds: ['ClusterStmt'],
    check(facts) {
      const rewritten = lockedOut(facts).filter((table) => facts.observation.rewritten.includes(table));
      return rewritten.map((table) => ({
        message: `CLUSTER writes ${table} and its indexes anew.`,
        relations: [table],
        blocking: { what: 'reads and writes', during: 'rewrite' },
        instead: { text: 'pg_repack orders a table while others read and write; or use a maintenance window.' },
      }));
    },
  },
};
