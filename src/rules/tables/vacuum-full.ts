import type { Rule } from '../../model/rule.ts';

export const rule: Rule = {
  id: 'vacuum-full',
  severity: 'error',
  what: 'VACUUM FULL or CLUSTER writes a table that is in use anew.',
  why: 'Nobody can read or write the table meanwhile.',
  instead: 'Use pg_repack, or a maintenance window; plain VACUUM blocks nobody.',
  sources: ['PostgreSQL documentation, VACUUM and CLUSTER', 'pg-migration-lint PGM018 and PGM021'],
  statement: {
    kinds: ['VacuumStmt', 'ClusterStmt'],
    check({ observation, statement }) {
      const blocked = observation.locks.filter(
        ({ mode, table, atBase }) => mode === 'AccessExclusiveLock' && table === undefined && atBase,
      );
      return [...new Set(blocked.map(({ relation }) => relation))].map((relation) => ({
        message: `${statement.kind === 'ClusterStmt' ? 'CLUSTER' : 'VACUUM FULL'} rewrites ${relation} and its indexes.`,
        relations: [relation],
        blocking: { what: 'reads and writes', during: 'rewrite' },
      }));
    },
  },
};
