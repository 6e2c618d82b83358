import type { World } from '../model/rule.ts';
import { type DomainType, objectsOf } from '../model/schema.ts';
import type { AlterCommand } from '../postgres/syntax/alter-table.ts';
import { printIdentifier } from '../postgres/syntax/names.ts';
import { strings } from '../postgres/syntax/node.ts';

/** A domain by that name that makes PostgreSQL look at every row: with a check, NOT NULL or a computed default. */
export function domainOf(command: AlterCommand, { before, after }: World): DomainType | undefined {
  const [name, schema] = strings(command.column?.typeName?.names).reverse();
  const domains = [...objectsOf(before, 'domain').values(), ...objectsOf(after, 'domain').values()];
  return domains.find(
    (each) =>
      each.name === name &&
      (schema === undefined || each.schema === schema) &&
      (each.checks.length > 0 || each.notNull || each.default !== undefined),
  );
}

/** What a column of the plain type, and its table, need to be held to what the domain demands. */
export function demandsOf({ checks, notNull }: DomainType, column: string): string[] {
  const own = checks.map((each) => each.replaceAll(/\bVALUE\b/g, () => printIdentifier(column)));
  return [
    ...(checks.length > 0
      ? [`give the table ${own.join(' and ')} with NOT VALID, and validate it in a later migration`]
      : []),
    ...(notNull ? ['make it NOT NULL, by a constant default in ADD COLUMN or in steps once it is filled'] : []),
  ];
}
