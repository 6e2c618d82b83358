import type { Rule } from '../../model/rule.ts';
import { read, readAll, strings } from '../../postgres/syntax/node.ts';

export const rule: Rule = {
  id: 'int-primary-key',
  severity: 'notice',
  what: 'A new table has a primary key of type integer or smallint.',
  why: 'It ends at 2,147,483,647 (32,767); changing it later rewrites the table and everything that refers to it.',
  instead: 'Use bigint.',
  sources: ['PostgreSQL documentation, 8.1', 'squawk prefer-bigint-over-int', 'pg-migration-lint PGM107'],
  statement: {
    kinds: ['CreateStmt'],
    check({ statement }) {
      const small = readAll(read(statement.node, 'CreateStmt')?.tableElts, 'ColumnDef').filter((column) => {
        const type = strings(column.typeName?.names).at(-1) ?? '';
        const isKey = readAll(column.constraints, 'Constraint').some(({ contype }) => contype === 'CONSTR_PRIMARY');
        return isKey && ['int4', 'int2', 'serial', 'smallserial', 'serial4', 'serial2'].includes(type);
      });
      return small.map(({ colname }) => ({
        message: `The primary key ${colname} is not a bigint and may run out of numbers.`,
        instead: { text: 'Use bigint.' },
      }));
    },
  },
};
