import type { Rule, StatementFacts, World } from '../../model/rule.ts';

export const rule: Rule = {
  id: 'no-lock-timeout',
  severity: 'notice',
  what: 'A statement takes a strong lock on a table that is in use, and no lock_timeout is set.',
  why: 'While it waits behind one long query, everybody who comes after it waits too: a change of a moment becomes an outage.',
  instead: 'SET LOCAL lock_timeout before it (SET outside a transaction), and try again when it fails.',
  sources: ['PostgreSQL documentation, 20.11', 'squawk require-lock-timeout', 'eugene E9'],
  statement: {
    check(facts, world) {
      const first = facts.observation.locks.find(
        ({ mode, atBase, table }) => mode === 'AccessExclusiveLock' && atBase && !table,
      );
      if (!first || facts.lockTimeout > 0 || isToldAlready(facts, world)) return [];
      return [
        {
          message: `While this waits for its lock on ${first.relation}, everybody else waits behind it, and nothing ends the wait.`,
          relations: [first.relation],
          instead: {
            text: "Begin the migration with SET LOCAL lock_timeout = '5s'; (SET, where it runs outside a transaction).",
          },
        },
      ];
    },
  },
};

/** Once a migration is enough. */
function isToldAlready({ index, statement }: StatementFacts, { statements }: World): boolean {
  return statements
    .slice(0, index)
    .some(
      (each) =>
        each.statement.migration === statement.migration &&
        each.lockTimeout === 0 &&
        each.observation.locks.some(({ mode, atBase, table }) => mode === 'AccessExclusiveLock' && atBase && !table),
    );
}
