import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { alteredInUse } from '../in-use.ts';
import { endOfWait, lockedOut } from '../locks.ts';
import { constraintBefore } from '../schema.ts';
import { inTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'drop-fk-locks-both',
  severity: 'notice',
  what: 'DROP CONSTRAINT of a foreign key, without a lock_timeout.',
  why: 'It needs ACCESS EXCLUSIVE on both tables: it waits for the queries of either, and all later queries of both wait behind it.',
  instead: 'Set a lock_timeout before it, and try again when it ends; leave other work out of the transaction.',
  sources: ['PostgreSQL documentation, ALTER TABLE', 'django-pg-zero-downtime-migrations'],
  covers: ['no-lock-timeout'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const table = alteredInUse(facts);
      const keys = alterCommands(facts.statement, 'AT_DropConstraint')
        .flatMap(({ name = '' }) => (table && constraintBefore(table, name, world)) ?? [])
        .filter(({ type }) => type === 'foreign key');
      const tables = lockedOut(facts);
      if (keys.length === 0 || tables.length < 2 || endOfWait(facts) > 0) return [];
      const sql = `SET lock_timeout = '2s';\n${facts.statement.sql};`;
      return [
        {
          message: `Dropping ${keys.map(({ name }) => name).join(', ')} locks ${tables.join(' and ')} against reads and writes, and nothing ends its wait for them.`,
          relations: tables,
          blocking: { what: 'reads and writes', during: 'moment' },
          instead: { migrations: [inTransaction(sql)] },
        },
      ];
    },
  },
};
