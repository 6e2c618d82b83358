import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { followers } from '../apart.ts';
import { alteredInUse } from '../in-use.ts';
import { blockedTables, keptOut, lockedTables } from '../locks.ts';
import { inTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'not-valid-validate-same-tx',
  severity: 'error',
  what: 'VALIDATE CONSTRAINT in the transaction that added the constraint NOT VALID, or altered its table.',
  why: 'The strong lock of the earlier statement lasts until the transaction ends, so every row is checked under it after all.',
  instead: 'Validate in a migration of its own, which runs in a transaction of its own.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, "Notes"',
    'pgfence: not-valid-validate-same-tx',
    'squawk: constraint-missing-not-valid',
  ],
  covers: ['statement-after-access-exclusive'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const { statement, observation } = facts;
      const names = alterCommands(statement, 'AT_ValidateConstraint').map(({ name }) => name);
      if (names.length === 0 || !alteredInUse(facts)) return [];
      const held = new Set(lockedTables(observation.held).map(({ relation }) => relation));
      const blocked = blockedTables(observation).filter(({ table }) => held.has(table));
      if (blocked.length === 0) return [];
      const what = keptOut(blocked);
      const tables = blocked.map(({ table }) => table);
      return [
        {
          message: `${names.join(', ')} is validated while this transaction still keeps ${what} of ${tables.join(', ')} waiting.`,
          relations: tables,
          blocking: { what, during: 'scan' },
          instead: {
            text: `Validate it in a migration of its own.${followers(facts, world)}`,
            migrations: [inTransaction(`${statement.sql};`)],
          },
        },
      ];
    },
  },
};
