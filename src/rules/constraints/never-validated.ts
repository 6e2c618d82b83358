import type { Problem, Rule, World } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { alterCommands, alteredTable } from '../../postgres/syntax/alter-table.ts';
import { printIdentifier, printName, splitId } from '../../postgres/syntax/names.ts';

export const rule: Rule = {
  id: 'never-validated',
  severity: 'notice',
  what: 'A constraint that the pending migrations add NOT VALID is not validated by them.',
  why: 'Old rows may violate it, and the planner and later steps (SET NOT NULL, ATTACH PARTITION) cannot rely on it.',
  instead: 'VALIDATE CONSTRAINT in a following migration: it lets everybody read and write.',
  sources: ['PostgreSQL documentation, ALTER TABLE, "Notes"'],
  whole(world) {
    return [...constraints(world), ...columns(world)].flatMap(({ table, name, message }) => {
      const place = placeOf(table, name, world);
      return place ? [{ message, relations: [table], place, instead: { text: validation(table, name) } }] : [];
    });
  },
};

interface Unvalidated {
  readonly table: string;
  /** Of the constraint; unknown for the NOT NULL of a column. */
  readonly name: string | undefined;
  readonly message: string;
}

function constraints({ before, after }: World): Unvalidated[] {
  const known = objectsOf(before, 'constraint');
  return [...objectsOf(after, 'constraint').values()]
    .filter(({ id, validated, enforced }) => !validated && enforced && known.get(id)?.validated !== false)
    .map(({ table, name }) => ({
      table,
      name,
      message: `${name} of ${table} stays NOT VALID: rows that are there already may violate it.`,
    }));
}

function columns({ before, after }: World): Unvalidated[] {
  const known = objectsOf(before, 'column');
  return [...objectsOf(after, 'column').values()]
    .filter(({ id, notNullUnvalidated }) => notNullUnvalidated && !known.get(id)?.notNullUnvalidated)
    .map(({ table, name: column }) => ({
      table,
      name: undefined,
      message: `NOT NULL of ${table}.${column} stays NOT VALID: rows that are there already may be NULL.`,
    }));
}

/** Where the constraint is added NOT VALID. */
function placeOf(table: string, name: string | undefined, { statements }: World): Problem['place'] {
  const facts = statements.findLast(({ statement, relation }) => {
    const { schema, name: written } = alteredTable(statement);
    if ((relation(schema, written)?.name ?? '') !== table) return false;
    const added = alterCommands(statement, 'AT_AddConstraint').filter(({ constraint }) => constraint?.skip_validation);
    return added.some(({ constraint }) => name === undefined || (constraint?.conname ?? name) === name);
  });
  return facts && { migration: facts.statement.migration, path: facts.statement.path, line: facts.statement.line };
}

function validation(table: string, name: string | undefined): string {
  return `ALTER TABLE ${printName(splitId(table))} VALIDATE CONSTRAINT ${name === undefined ? '…' : printIdentifier(name)};`;
}
