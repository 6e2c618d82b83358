import type { Rule } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { createdTable } from '../created.ts';

export const rule: Rule = {
  id: 'table-without-pk',
  severity: 'notice',
  what: 'A new table has no primary key.',
  why: 'Its rows cannot be told apart: logical replication refuses UPDATE and DELETE, and tools that go through tables in batches have nothing to go by.',
  instead: 'Give it a primary key.',
  sources: [
    'PostgreSQL documentation, 5.5.4 "Primary Keys"',
    'splinter: 0004_no_primary_key',
    'pg-migration-lint: PGM502',
  ],
  statement: {
    kinds: ['CreateStmt', 'CreateTableAsStmt'],
    check({ statement }, world) {
      const table = createdTable(statement, world);
      if (!table || table.type === 'foreign table' || table.parents.length > 0) return [];
      const keyed = [...objectsOf(world.after, 'constraint').values()].some(
        (each) => each.table === table.id && each.type === 'primary key',
      );
      return keyed ? [] : [{ message: `${table.id} has no primary key.`, relations: [table.id] }];
    },
  },
};
