import type { Rule, StatementFacts } from '../../model/rule.ts';
import { alterCommands, alterText, withCommands } from '../../postgres/syntax/alter-table.ts';
import { followers } from '../apart.ts';
import { validations } from '../constraint.ts';
import { alteredInUse } from '../in-use.ts';
import { blockedTables, keptOut, lockedTables } from '../locks.ts';
import { inTransaction, type Steps, suggesting } from '../steps.ts';

export const rule: Rule = {
  id: 'not-valid-validate-same-tx',
  severity: 'error',
  what: 'VALIDATE CONSTRAINT in the transaction, or the very statement, that added the constraint NOT VALID, or altered its table.',
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
      const alone = names.length === alterCommands(statement).length;
      const held = new Set(lockedTables(observation.held).map(({ relation }) => relation));
      const blocked = blockedTables(observation).filter(({ table }) => !alone || held.has(table));
      if (blocked.length === 0) return [];
      const what = keptOut(blocked);
      const tables = blocked.map(({ table }) => table);
      return [
        {
          message: `${names.join(', ')} is validated while ${alone ? 'this transaction still' : 'the rest of this statement'} keeps ${what} of ${tables.join(', ')} waiting.`,
          relations: tables,
          blocking: { what, during: 'scan' },
          instead: alone
            ? suggesting(split(facts), `Validate it in a migration of its own.${followers(facts, world)}`)
            : suggesting(split(facts)),
        },
      ];
    },
  },
};

/** The statement in a migration of its own, its validations in another. Nothing where it cannot be taken apart. */
function split(facts: StatementFacts): Steps {
  const text = alterText(facts.statement);
  const commands = alterCommands(facts.statement, 'AT_ValidateConstraint');
  const rest = text && withCommands(text, new Map(commands.map(({ index }) => [index, ''])));
  if (rest === undefined) return [];
  const names = commands.flatMap(({ name }) => name ?? []);
  return rest === ''
    ? [inTransaction(`${facts.statement.sql};`)]
    : [inTransaction(rest), inTransaction(validations(facts, names))];
}
