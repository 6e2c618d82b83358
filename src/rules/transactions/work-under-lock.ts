import type { Rule } from '../../model/rule.ts';
import { saysConcurrently } from '../../postgres/syntax/indexes.ts';
import { blockedTables, keptOut, truncatedByCode, waitingFor } from '../locks.ts';
import { isReadable } from '../schema.ts';

export const rule: Rule = {
  id: 'work-under-lock',
  severity: 'error',
  what: 'A statement was seen to read or rewrite a whole table while it kept others from it, and no other rule says why: a function, a DO block, an unusual command.',
  why: 'Others wait for as long as the table is big.',
  instead: 'Look at the locks of the statement, and find a way that does the work without them.',
  sources: ['PostgreSQL documentation, 13.3.1 "Table-Level Locks"', 'eugene: E10'],
  fallback: true,
  statement: {
    check({ statement, observation }, world) {
      if (statement.kind === 'TruncateStmt') return []; // gives the table a new file, and writes nothing into it
      // what it locks more strongly than its work needs, it lets go of before: REINDEX of partitions, each a moment
      if (saysConcurrently(statement)) return [];
      const truncated = truncatedByCode(observation);
      const blocked = blockedTables(observation).filter(
        ({ table }) => isReadable(table, world) && !truncated.includes(table),
      );
      if (blocked.length === 0) return [];
      const what = keptOut(blocked);
      const rewrites = blocked.some(({ rewritten }) => rewritten);
      const tables = blocked.map(({ table }) => table);
      return [
        {
          message: `This ${rewrites ? 'rewrites' : 'reads'} all of ${tables.join(', ')} and keeps ${waitingFor(blocked)} waiting meanwhile.`,
          relations: tables,
          blocking: { what, during: rewrites ? 'rewrite' : 'scan' },
        },
      ];
    },
  },
};
