import type { LockMode } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { lockedTables } from './locks.ts';

/** The statements that follow in the same transaction; none where it ran outside of one. */
export function laterInTransaction(facts: StatementFacts, world: World): StatementFacts[] {
  return sameTransaction(facts, world).filter(({ index }) => index > facts.index);
}

/** The statements before it in the same transaction. */
export function earlierInTransaction(facts: StatementFacts, world: World): StatementFacts[] {
  return sameTransaction(facts, world).filter(({ index }) => index < facts.index);
}

/** Tables that the transaction has locked against reads and writes before this statement, and a sentence of them. */
export function lockedBefore(facts: StatementFacts, world: World): { tables: readonly string[]; words: string } {
  const tables = lockedTables(facts.observation.held, 'AccessExclusiveLock').map(({ relation }) => relation);
  if (tables.length === 0) return { tables, words: '' };
  const since = firstToLock(facts, tables, world, 'AccessExclusiveLock');
  const origin = since ? ` since line ${since.statement.line}` : '';
  return {
    tables,
    words: ` Meanwhile reads and writes of ${tables.join(', ')} wait too, which its transaction has locked${origin}.`,
  };
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
