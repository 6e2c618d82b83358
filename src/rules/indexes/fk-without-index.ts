import type { Problem, Rule, World } from '../../model/rule.ts';
import { type Constraint, type Index, objectsOf } from '../../model/schema.ts';
import { printIdentifier, printIdentifiers, printName, splitId } from '../../postgres/syntax/names.ts';
import { adderOf } from '../created.ts';
import { addedConstraintsOf } from '../schema.ts';

export const rule: Rule = {
  id: 'fk-without-index',
  severity: 'notice',
  what: 'A new foreign key whose columns no index begins with.',
  why: 'Each DELETE of a referenced row, and each UPDATE of its key, reads the whole referencing table to look for rows that refer to it.',
  instead: 'Create an index that begins with the foreign key’s columns.',
  sources: [
    'PostgreSQL documentation, 5.5.5 "Foreign Keys"',
    'eugene: E15',
    'pg-migration-lint: PGM501',
    'splinter: 0001_unindexed_foreign_keys',
  ],
  whole(world) {
    const indexes = [...objectsOf(world.after, 'index').values()];
    return addedConstraintsOf(world)
      .filter((each) => each.type === 'foreign key' && !each.inherited && !indexes.some((index) => serves(index, each)))
      .flatMap((each) => problem(each, world));
  },
};

/** The index finds the rows by the columns of the key: they are its first columns, in any order. */
function serves({ table, columns, predicate, valid }: Index, key: Constraint): boolean {
  const wanted = key.columns.map(printIdentifier);
  const whole = predicate === undefined || wanted.some((column) => predicate === `(${column} IS NOT NULL)`);
  const first = columns.slice(0, wanted.length);
  return table === key.table && valid && whole && wanted.every((column) => first.includes(column));
}

function problem(key: Constraint, world: World): Problem[] {
  const facts = adderOf(key, world);
  if (!facts) return [];
  const { migration, path, line } = facts.statement;
  const table = printName(splitId(key.table));
  const columns = printIdentifiers(key.columns);
  return [
    {
      message: `No index of ${table} begins with ${columns}: deleting a row of ${key.references?.table} will read all of ${table}.`,
      relations: [key.table],
      place: { migration, path, line },
      instead: {
        text: isNew(key.table, world)
          ? `CREATE INDEX ON ${table} (${columns}); behind it: nobody uses the new table yet.`
          : `CREATE INDEX CONCURRENTLY ON ${table} (${columns}); in a migration of its own, outside a transaction.`,
      },
    },
  ];
}

function isNew(table: string, { before, after }: World): boolean {
  const oid = objectsOf(after, 'table').get(table)?.oid;
  return ![...objectsOf(before, 'table').values()].some((each) => each.oid === oid);
}
