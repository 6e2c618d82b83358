import type { Rule } from '../../model/rule.ts';

export const rule: Rule = {
  id: 'truncate',
  severity: 'error',
  what: 'A table that is in use is emptied by TRUNCATE.',
  why: 'Its data is gone at once, and with CASCADE that of tables that refer to it; nobody can read or write them meanwhile.',
  instead: 'Delete what is to go in batches, outside the migration.',
  sources: ['PostgreSQL documentation, TRUNCATE', 'squawk ban-truncate-cascade', 'pgfence truncate'],
  statement: {
    kinds: ['TruncateStmt'],
    check(facts) {
      const emptied = facts.observation.locks.filter(
        ({ mode, table, atBase }) => mode === 'AccessExclusiveLock' && table === undefined && atBase,
      );
      const names = [...new Set(emptied.map(({ relation }) => relation))];
      if (names.length === 0) return [];
      return [{ message: `TRUNCATE deletes all rows of ${names.join(', ')}.`, relations: names }];
    },
  },
};
