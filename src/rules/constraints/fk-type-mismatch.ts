import type { Problem, Rule, World } from '../../model/rule.ts';
import { type Constraint, objectsOf } from '../../model/schema.ts';
import { printId } from '../../postgres/syntax/names.ts';
import { placeOfConstraint } from '../place.ts';
import { addedConstraintsOf } from '../schema.ts';

export const rule: Rule = {
  id: 'fk-type-mismatch',
  severity: 'warning',
  what: 'A new foreign key whose columns have another type than those that they refer to.',
  why: 'A column that is smaller cannot hold all keys: an integer that refers to a bigint fails beyond 2,147,483,647. Joins compare values of two types.',
  instead: 'Give both the same type.',
  sources: ['PostgreSQL documentation, 5.5.5 "Foreign Keys"', 'online_migrations: mismatched_foreign_key_type'],
  whole(world) {
    return addedConstraintsOf(world).flatMap((key) => (key.inherited ? [] : problem(key, world)));
  },
};

function problem(key: Constraint, world: World): Problem[] {
  const { table, columns, references } = key;
  const known = objectsOf(world.after, 'column');
  const base = baseTypes(world);
  const different = columns.flatMap((column, index) => {
    const own = known.get(`${table}.${column}`)?.type;
    const other = references && known.get(`${references.table}.${references.columns[index]}`)?.type;
    return own && other && differ(base(own), base(other)) ? [`${column} is ${own}, not ${other}`] : [];
  });
  const place = different.length > 0 ? placeOfConstraint(key, world) : undefined;
  if (!place || !references) return [];
  const message = `A foreign key of ${table} to ${references.table} joins columns of two types: ${different.join(', ')}.`;
  return [{ message, relations: [table, references.table], place }];
}

/** What a type stands on in the end, where it is a domain. */
function baseTypes({ after }: World): (type: string) => string {
  const domains = new Map([...objectsOf(after, 'domain').values()].map(({ id, type }) => [printId(id), type]));
  const baseOf = (type: string): string => {
    const under = domains.get(type);
    return under === undefined ? type : baseOf(under);
  };
  return baseOf;
}

/** Lengths of text say what may be written, not how it is compared. */
function differ(...types: readonly [own: string, other: string]): boolean {
  return types[0] !== types[1] && !types.every((type) => /^(text$|character varying)/.test(type));
}
