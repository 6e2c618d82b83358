import type { Problem, Rule, World } from '../../model/rule.ts';
import { type Constraint, objectsOf } from '../../model/schema.ts';
import { lastNaming } from '../place.ts';
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

function problem({ name, table, columns, references }: Constraint, world: World): Problem[] {
  const known = objectsOf(world.after, 'column');
  const different = columns.flatMap((column, index) => {
    const own = known.get(`${table}.${column}`)?.type;
    const other = references && known.get(`${references.table}.${references.columns[index]}`)?.type;
    return own && other && own !== other && !bothText(own, other) ? [`${column} is ${own}, not ${other}`] : [];
  });
  const place = different.length > 0 ? lastNaming([name, ...columns], world) : undefined;
  if (!place || !references) return [];
  const message = `A foreign key of ${table} to ${references.table} joins columns of two types: ${different.join(', ')}.`;
  return [{ message, relations: [table, references.table], place }];
}

/** Lengths of text say what may be written, not how it is compared. */
function bothText(...types: readonly string[]): boolean {
  return types.every((type) => /^(text$|character varying)/.test(type));
}
