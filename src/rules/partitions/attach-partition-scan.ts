import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';

export const rule: Rule = {
  id: 'attach-partition-scan',
  severity: 'error',
  what: 'A table is attached as a partition and read whole, because nothing proves that its rows belong there; or the default partition is.',
  why: 'Nobody can read or write the table that is read meanwhile.',
  instead:
    'Give the table (and the default partition) a CHECK that implies the bounds, as NOT VALID, validate it, then attach.',
  sources: ['PostgreSQL documentation, ALTER TABLE, ATTACH PARTITION', 'pg-migration-lint PGM005'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts) {
      if (alterCommands(facts.statement, 'AT_AttachPartition').length === 0) return [];
      const { locks, scanned } = facts.observation;
      const read = locks.filter(
        ({ relation, mode, atBase }) => atBase && mode === 'AccessExclusiveLock' && scanned.includes(relation),
      );
      return read.map(({ relation }) => ({
        message: `ATTACH PARTITION reads all of ${relation} to see that its rows belong where they are.`,
        relations: [relation],
        blocking: { what: 'reads and writes', during: 'scan' },
        instead: {
          text: `Before it, add a CHECK to ${relation} that implies the bounds, NOT VALID, and validate it in a transaction of its own.`,
        },
      }));
    },
  },
};
