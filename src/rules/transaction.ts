import type { LockMode } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { lockedTables } from './locks.ts';

/** The statements that follow in the same transaction; none where it ran outside of one. */
export function laterInTransaction(facts: StatementFacts, world: World): StatementFacts[] {
  return sameTransaction(facts, world).filter(({ index }) => index > facts.index);
}

function sameTransaction({ observation, index }: StatementFacts, { statements }: World): StatementFacts[] {
  const { transaction } = observation;
  return statements.filter((each) =>
    transaction === null ? each.index === index : each.observation.transaction === transaction,
  );
}

/** The statement of its transaction that first locked one of these tables at least so strongly. */
export function firstToLock(
  facts: StatementFacts,
  tables: readonly string[],
  world: World,
  least?: LockMode,
): StatementFacts | undefined {
  return sameTransaction(facts, world).find(({ observation }) =>
    lockedTables(observation.locks, least).some(({ relation }) => tables.includes(relation)),
  );
}

/** Whether the whole migration is one transaction, so that SET LOCAL holds in it and ends with it. */
export function isOneTransaction({ statement, observation }: StatementFacts, { pending, statements }: World): boolean {
  const script = pending.find(({ id }) => id === statement.migration)?.up;
  const own = statements.filter((each) => each.statement.migration === statement.migration);
  if (own.some((each) => each.statement.kind === 'TransactionStmt')) return false;
  if (script?.delivery === 'message') return script.messages.length === 1;
  return (
    script?.delivery === 'wrapped' ||
    (script?.delivery === 'lenient' &&
      observation.transaction !== null &&
      own.every((each) => each.observation.transaction === observation.transaction))
  );
}
