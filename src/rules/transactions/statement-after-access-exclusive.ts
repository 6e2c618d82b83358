import type { Rule } from '../../model/rule.ts';
import { apart } from '../apart.ts';
import { lockedTables, workedOn } from '../locks.ts';
import { firstToLock } from '../transaction.ts';

export const rule: Rule = {
  id: 'statement-after-access-exclusive',
  severity: 'error',
  what: 'A statement reads or rewrites a whole table while its transaction holds ACCESS EXCLUSIVE on a table that is in use.',
  why: 'The lock of an earlier statement lasts until the transaction ends: nobody reads or writes that table while this one works.',
  instead: 'Give the work a migration of its own; fill columns in batches that commit.',
  sources: [
    'PostgreSQL documentation, 13.3.1 "Table-Level Locks"',
    'eugene: E4',
    'pgfence: statement-after-access-exclusive',
    'postgres-language-server: running_statement_while_holding_access_exclusive',
  ],
  fallback: true,
  covers: ['work-under-lock'],
  statement: {
    check(facts, world) {
      const { observation } = facts;
      const held = lockedTables(observation.held, 'AccessExclusiveLock');
      const worked = workedOn(observation);
      if (held.length === 0 || worked.length === 0) return [];
      const tables = held.map(({ relation }) => relation);
      const since = firstToLock(facts, tables, world, 'AccessExclusiveLock');
      const origin = since ? ` since line ${since.statement.line}` : '';
      return [
        {
          message: `${tables.join(', ')}, locked against reads and writes${origin}, stays so while this works on all of ${worked.join(', ')}.`,
          relations: tables,
          blocking: { what: 'reads and writes', during: observation.rewritten.length > 0 ? 'rewrite' : 'scan' },
          instead: apart(facts, world),
        },
      ];
    },
  },
};
