import type { Rule } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { createdTable } from '../created.ts';

export const rule: Rule = {
  id: 'int-primary-key',
  severity: 'notice',
  what: 'A new table has a primary key of type integer or smallint.',
  why: 'It ends at 2,147,483,647 (32,767); changing it later rewrites the table and everything that refers to it.',
  instead: 'Use bigint.',
  sources: [
    'PostgreSQL documentation, 8.1.1 "Integer Types"',
    'squawk: prefer-bigint-over-int',
    'pg-migration-lint: PGM107',
  ],
  statement: {
    kinds: ['CreateStmt'],
    check({ statement }, world) {
      const table = createdTable(statement, world);
      if (!table || table.partition) return [];
      const constraints = [...objectsOf(world.after, 'constraint').values()].filter((each) => each.table === table.id);
      const key = constraints.find(({ type }) => type === 'primary key')?.columns ?? [];
      const [name = ''] = key;
      const column = objectsOf(world.after, 'column').get(`${table.id}.${name}`);
      const borrowed = constraints.some(({ type, columns }) => type === 'foreign key' && columns.includes(name));
      if (key.length !== 1 || borrowed || !column || !['integer', 'smallint'].includes(column.type)) return [];
      const last = column.type === 'integer' ? '2,147,483,647' : '32,767';
      return [
        {
          message: `The primary key ${name} of ${table.id} ends at ${last}.`,
          relations: [table.id],
          instead: { text: `Make ${name} a bigint.` },
        },
      ];
    },
  },
};
