import type { Rule } from '../../model/rule.ts';
import { concurrentIndex, createdIndex } from '../../postgres/syntax/indexes.ts';
import { printName } from '../../postgres/syntax/names.ts';
import { inUse } from '../in-use.ts';
import { blockedTables } from '../locks.ts';
import { outsideTransaction } from '../steps.ts';
import { lockedBefore } from '../transaction.ts';

export const rule: Rule = {
  id: 'index-not-concurrent',
  severity: 'error',
  what: 'CREATE INDEX without CONCURRENTLY on a table that is in use.',
  why: 'It holds SHARE on the table until the whole index is built: every INSERT, UPDATE and DELETE waits.',
  instead: 'CREATE INDEX CONCURRENTLY, alone in a migration that runs outside a transaction.',
  sources: [
    'PostgreSQL documentation, CREATE INDEX, "Building Indexes Concurrently"',
    'squawk: require-concurrent-index-creation',
    'eugene: E6',
    'strong_migrations: add_index',
  ],
  covers: ['statement-after-access-exclusive'],
  statement: {
    kinds: ['IndexStmt'],
    check(facts, world) {
      const index = createdIndex(facts.statement);
      const table = index && inUse(facts, index.table);
      if (!table || index.concurrently || table.kind === 'partitioned table') return [];
      const blocked = blockedTables(facts.observation);
      if (blocked.length === 0) return [];
      const locked = lockedBefore(facts, world);
      const sql = `${concurrentIndex(facts.statement.sql)};`;
      return [
        {
          message: `CREATE INDEX keeps every write to ${printName(index.table)} waiting until the index is built.${locked.words}`,
          relations: [...new Set([...blocked.map((each) => each.table), ...locked.tables])],
          blocking: { what: locked.tables.length > 0 ? 'reads and writes' : 'writes', during: 'index build' },
          instead: { text: world.outsideTransaction, migrations: [outsideTransaction(sql)] },
        },
      ];
    },
  },
};
