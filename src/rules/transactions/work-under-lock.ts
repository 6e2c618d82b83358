import type { Rule } from '../../model/rule.ts';
import { blockedTables, waitingFor } from '../locks.ts';
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
      const blocked = blockedTables(observation).filter(({ table }) => isReadable(table, world));
      if (blocked.length === 0) return [];
      const all = blocked.some(({ mode }) => mode === 'AccessExclusiveLock');
      const rewrites = blocked.some(({ rewritten }) => rewritten);
      const tables = blocked.map(({ table }) => table);
      return [
        {
          message: `This ${rewrites ? 'rewrites' : 'reads'} all of ${tables.join(', ')} and keeps ${waitingFor(blocked)} waiting meanwhile.`,
          relations: tables,
          blocking: { what: all ? 'reads and writes' : 'writes', during: rewrites ? 'rewrite' : 'scan' },
        },
      ];
    },
  },
};
