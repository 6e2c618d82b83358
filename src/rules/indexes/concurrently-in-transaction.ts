import type { Rule } from '../../model/rule.ts';
import { saysConcurrently } from '../../postgres/syntax/indexes.ts';
import { outsideTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'concurrently-in-transaction',
  severity: 'error',
  what: 'CREATE, DROP or REINDEX INDEX CONCURRENTLY, or DETACH PARTITION CONCURRENTLY, inside a transaction.',
  why: 'PostgreSQL refuses it (SQLSTATE 25001): it has to commit by itself between its phases. Several statements in one message are a transaction too.',
  instead: 'Give it a migration of its own that runs outside a transaction, in the way your tool knows.',
  sources: [
    'PostgreSQL documentation, CREATE INDEX, and 55.2.2.1 "Multiple Statements in a Simple Query"',
    'squawk: ban-concurrent-index-creation-in-transaction',
    'pg-migration-lint: PGM003',
  ],
  covers: ['migration-fails'],
  statement: {
    failed: true,
    check({ statement, observation: { error } }, world) {
      if (error?.sqlstate !== '25001' || !saysConcurrently(statement)) return [];
      return [
        {
          message: `This fails: ${error.message} (SQLSTATE 25001).`,
          instead: {
            text: world.outsideTransaction,
            migrations: [outsideTransaction(`${statement.sql};`)],
          },
        },
      ];
    },
  },
};
