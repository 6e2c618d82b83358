import type { Rule } from '../../model/rule.ts';
import { lockedOut } from '../locks.ts';

export const rule: Rule = {
  id: 'vacuum-full',
  severity: 'error',
  what: 'VACUUM FULL writes a table that is in use anew.',
  why: 'Nobody can read or write the table until it and its indexes are written.',
  instead: 'Plain VACUUM blocks nobody; pg_repack gives room back while others read and write.',
  sources: ['PostgreSQL documentation, VACUUM', 'pg-migration-lint: PGM021'],
  statement: {
    kinds: ['VacuumStmt'],
    check(facts) {
      const rewritten = lockedOut(facts).filter((table) => facts.observation.rewritten.includes(table));
      return rewritten.map((table) => ({
        message: `VACUUM FULL writes ${table} and its indexes anew.`,
        relations: [table],
        blocking: { what: 'reads and writes', during: 'rewrite' },
        instead: { text: 'Plain VACUUM blocks nobody; pg_repack gives room back while others read and write.' },
      }));
    },
  },
};
