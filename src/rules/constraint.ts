import type { ConstrType } from '@pgsql/types';
import type { Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import { type Constraint, objectsOf } from '../model/schema.ts';
import { alteredTable, alterText, withCommands } from '../postgres/syntax/alter-table.ts';
import { type AddedConstraint, addedConstraints } from '../postgres/syntax/constraints.ts';
import { printIdentifier, printName } from '../postgres/syntax/names.ts';
import { inTransaction, type Steps } from './steps.ts';

/** What the catalog calls the constraints that a statement adds. */
export const constraintTypes: Readonly<Partial<Record<ConstrType, Constraint['type']>>> = {
  CONSTR_CHECK: 'check',
  CONSTR_FOREIGN: 'foreign key',
  CONSTR_PRIMARY: 'primary key',
  CONSTR_UNIQUE: 'unique',
  CONSTR_EXCLUSION: 'exclusion',
};

/** Constraints that ALTER TABLE … ADD CONSTRAINT adds, checked at once: neither NOT VALID nor NOT ENFORCED. */
export function checkedAtOnce(facts: StatementFacts, type: ConstrType): AddedConstraint[] {
  return addedConstraints(facts.statement, type).filter(
    ({ inline, constraint }) => inline === undefined && !constraint.skip_validation && constraint.is_enforced,
  );
}

/**
 * The constraint as the catalog has it after the pending migrations, also where the statement gives it no name: of those
 * that fit, the first whose name is not given to another.
 */
export function inCatalog(
  facts: StatementFacts,
  added: readonly AddedConstraint[],
  table: Relation,
  { before, after }: World,
): (Constraint | undefined)[] {
  const id = [...objectsOf(after, 'table').values()].find(({ oid }) => oid === table.oid)?.id;
  const known = new Set([...objectsOf(before, 'constraint').values()].map(({ oid }) => oid));
  const own = [...objectsOf(after, 'constraint').values()].filter((each) => each.table === id && !known.has(each.oid));
  const taken = new Set(addedConstraints(facts.statement).map(({ constraint }) => constraint.conname));
  return added.map(({ constraint, type, columns }) => {
    const name = constraint.conname;
    if (name !== undefined) return own.find((each) => each.name === name);
    const found = own.find(
      (each) => each.type === constraintTypes[type] && !taken.has(each.name) && sameNames(each.columns, columns),
    );
    taken.add(found?.name);
    return found;
  });
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

/** `ALTER TABLE orders VALIDATE CONSTRAINT positive;` for each name. */
export function validations(facts: StatementFacts, names: readonly string[]): string {
  const table = printName(alteredTable(facts.statement));
  return names.map((name) => `ALTER TABLE ${table} VALIDATE CONSTRAINT ${printIdentifier(name)};`).join('\n');
}

/**
 * The user's own statement, with NOT VALID behind the actions that add these constraints, and a migration that checks
 * them. Nothing where a name is not known.
 */
export function inTwoSteps(
  facts: StatementFacts,
  added: readonly AddedConstraint[],
  table: Relation,
  world: World,
): Steps {
  const text = alterText(facts.statement);
  const known = inCatalog(facts, added, table, world);
  const names = added.flatMap((each, index) => each.constraint.conname ?? known[index]?.name ?? []);
  if (!text || names.length < added.length) return [];
  const changed = new Map(
    added.flatMap(({ command }) => (command ? [[command.index, `${text.commands[command.index]} NOT VALID`]] : [])),
  );
  return [inTransaction(withCommands(text, changed)), inTransaction(validations(facts, names))];
}

/** Names in a sentence: `a, b`. */
export function namesOf(added: readonly AddedConstraint[]): string {
  return added.map(({ constraint, columns }) => constraint.conname ?? `(${columns.join(', ')})`).join(', ');
}
