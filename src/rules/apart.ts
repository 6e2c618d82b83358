import type { Instead } from '../model/finding.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { alterCommands, alteredTable } from '../postgres/syntax/alter-table.ts';
import { droppedNames, nameOf, type WrittenName } from '../postgres/syntax/names.ts';
import { read } from '../postgres/syntax/node.ts';
import { mentions } from '../postgres/syntax/text.ts';
import { inUse } from './in-use.ts';
import { inTransaction } from './steps.ts';
import { earlierInTransaction, laterInTransaction } from './transaction.ts';

/**
 * A statement in a migration of its own, whose transaction does not hold the locks of this one. No SQL where an earlier
 * statement takes away what this one puts back: between two transactions it would be missing.
 */
export function apart(facts: StatementFacts, world: World): Instead {
  const { sql } = facts.statement;
  const taken = earlierInTransaction(facts, world).flatMap(takenAway);
  if (taken.some(({ name }) => mentions(sql, name))) return { text: swap };
  return {
    text: `Move it to a migration of its own, whose transaction does not hold that lock.${followers(facts, world)}`,
    migrations: [inTransaction(`${sql};`)],
  };
}

const swap =
  'Do this work before, under another name, while the old one is still in its place; then let a transaction with nothing else in it exchange the two. In a later migration it would leave everybody without it meanwhile.';

/** A sentence where other statements stand behind this one, which may build on it. */
export function followers(facts: StatementFacts, world: World): string {
  const [next] = laterInTransaction(facts, world).filter(({ statement: { kind } }) => !quiet.includes(kind));
  return next ? ` What follows it, from line ${next.statement.line} on, belongs in one behind that.` : '';
}

const quiet = ['VariableSetStmt', 'VariableShowStmt', 'TransactionStmt'];

/** Names of relations in use that a statement drops, renames or detaches. */
function takenAway(facts: StatementFacts): WrittenName[] {
  const { node } = facts.statement;
  const detached = alterCommands(facts.statement, 'AT_DetachPartition').flatMap((command) => [
    nameOf(read(command.node.def, 'PartitionCmd')?.name),
    alteredTable(facts.statement),
  ]);
  const renamed = read(node, 'RenameStmt')?.relation;
  const names = [...droppedNames(read(node, 'DropStmt')?.objects), ...(renamed ? [nameOf(renamed)] : []), ...detached];
  return names.filter((name) => inUse(facts, name) !== undefined);
}
