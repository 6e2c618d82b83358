import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { alteredTable, alterText, withCommands, withoutConstraints } from '../postgres/syntax/alter-table.ts';
import type { AddedConstraint } from '../postgres/syntax/constraints.ts';
import { printIdentifier, printName } from '../postgres/syntax/names.ts';
import { inCatalog, validations } from './constraint.ts';
import { inTransaction, type Steps } from './steps.ts';

/**
 * The statement without constraints that stand behind new columns; then these, NOT VALID, with the names that
 * PostgreSQL gave them; then their validation. Nothing where a name is not known.
 */
export function columnFirst(
  facts: StatementFacts,
  added: readonly AddedConstraint[],
  table: Relation,
  world: World,
): Steps {
  const plain = withoutInline(facts, added);
  const known = inCatalog(facts, added, table, world).flatMap((each) => each ?? []);
  if (plain === undefined || known.length < added.length) return [];
  const actions = known.map(
    ({ name, definition }) => `ADD CONSTRAINT ${printIdentifier(name)} ${definition} NOT VALID`,
  );
  return [
    inTransaction(plain),
    inTransaction(`ALTER TABLE ${printName(alteredTable(facts.statement))} ${actions.join(', ')};`),
    inTransaction(
      validations(
        facts,
        known.map(({ name }) => name),
      ),
    ),
  ];
}

/** The user's own statement without constraints that stand behind new columns. */
export function withoutInline({ statement }: StatementFacts, added: readonly AddedConstraint[]): string | undefined {
  const text = alterText(statement);
  const byCommand = Map.groupBy(added, ({ command }) => command);
  const changed = [...byCommand].flatMap(([command, own]) => {
    if (!command) return [];
    const rest = withoutConstraints(
      statement,
      command,
      own.map(({ constraint }) => constraint),
    );
    return rest === undefined ? [] : [[command.index, rest] as const];
  });
  return text && changed.length === byCommand.size ? withCommands(text, new Map(changed)) : undefined;
}
