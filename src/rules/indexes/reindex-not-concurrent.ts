import type { Rule } from '../../model/rule.ts';
import { hasOption, read } from '../../postgres/syntax/node.ts';
import { insertAfter } from '../../postgres/syntax/text.ts';
import { lockedTables } from '../locks.ts';
import { outsideTransaction } from '../steps.ts';

const keywords: Readonly<Record<string, string>> = {
  REINDEX_OBJECT_INDEX: 'INDEX',
  REINDEX_OBJECT_TABLE: 'TABLE',
  REINDEX_OBJECT_SCHEMA: 'SCHEMA',
  REINDEX_OBJECT_DATABASE: 'DATABASE',
};

export const rule: Rule = {
  id: 'reindex-not-concurrent',
  severity: 'error',
  what: 'REINDEX without CONCURRENTLY on a table that is in use.',
  why: 'It keeps writes out, and holds ACCESS EXCLUSIVE on each index while that is rebuilt: planning a query opens every index, so reads wait as well.',
  instead: 'REINDEX … CONCURRENTLY, alone in a migration that runs outside a transaction.',
  sources: [
    'PostgreSQL documentation, REINDEX, "Rebuilding Indexes Concurrently"',
    'squawk: require-concurrent-reindex',
  ],
  statement: {
    kinds: ['ReindexStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'ReindexStmt');
      const keyword = keywords[node?.kind ?? ''];
      const { observation } = facts;
      const locked = lockedTables(observation.locks, 'ShareLock').map(({ relation }) => relation);
      // of a whole schema or database it commits after each table: its locks may have gone before they were seen
      const tables = locked.length > 0 ? locked : observation.scanned;
      if (!node || hasOption(node.params, 'concurrently') || tables.length === 0) return [];
      const sql = keyword && `${insertAfter(facts.statement.sql, keyword, 'CONCURRENTLY')};`;
      return [
        {
          message: `REINDEX keeps every write to ${tables.join(', ')} waiting until its indexes are rebuilt, and most reads too.`,
          relations: tables,
          blocking: { what: 'reads and writes', during: 'index build' },
          instead: { text: world.outsideTransaction, ...(sql && { migrations: [outsideTransaction(sql)] }) },
        },
      ];
    },
  },
};
