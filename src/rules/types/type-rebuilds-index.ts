import type { Rule, World } from '../../model/rule.ts';
import { type Index, objectsOf } from '../../model/schema.ts';
import { mentions } from '../../postgres/syntax/text.ts';
import { costs } from '../observed.ts';
import { checksOf, type Retyped, retypedColumns } from '../retyped.ts';
import { tableBefore } from '../schema.ts';

export const rule: Rule = {
  id: 'type-rebuilds-index',
  severity: 'error',
  what: 'A type or collation change builds indexes anew, though the table itself is not rewritten.',
  why: 'Nobody can read or write the table until they are built.',
  instead:
    'Drop the indexes concurrently before, change the type, and build them again with CREATE INDEX CONCURRENTLY.',
  sources: ['PostgreSQL documentation, ALTER TABLE, Notes', 'PostgreSQL source, indexcmds.c, CheckIndexCompatible'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      return retypedColumns(facts, world).flatMap((retyped) => {
        const { observed, name } = retyped;
        const own = indexesOf(retyped, world);
        const indexes = own.map((index) => index.name);
        const onlyChecks = checksOf(retyped, world).length > 0 && !recollated(retyped, world);
        if (observed.rewritten.length > 0 || observed.scanned.length === 0 || indexes.length === 0 || onlyChecks)
          return [];
        return [
          {
            message: `Changing ${name} builds ${indexes.join(', ')} anew, and ${observed.table.name} can be neither read nor written meanwhile.`,
            ...costs(observed),
            ...(observed.blocking && { blocking: { ...observed.blocking, during: 'index build' as const } }),
            instead: { text: insteadOf(own) },
          },
        ];
      });
    },
  },
};

/** What keeps rows unique, or holds up a constraint, is not to be dropped lightly, or not at all. */
function insteadOf(indexes: readonly Index[]): string {
  const namesOf = (some: readonly Index[]) => some.map(({ name }) => name).join(', ');
  const bound = indexes.filter(({ constraint }) => constraint !== undefined);
  const free = indexes.filter(({ constraint }) => constraint === undefined);
  const unique = free.filter((each) => each.unique);
  const parts = [
    free.length > 0 &&
      `Drop ${namesOf(free)} with DROP INDEX CONCURRENTLY before, and build it again with CREATE INDEX CONCURRENTLY afterwards.`,
    unique.length > 0 &&
      `Until then nothing keeps duplicates from what ${namesOf(unique)} keeps unique, and building it again fails on them.`,
    bound.length > 0 &&
      `${namesOf(bound)} cannot go without its constraint: take a second column of the new type that takes over the name, or plan a window.`,
  ];
  return parts.filter(Boolean).join(' ');
}

function indexesOf({ name, observed: { table } }: Retyped, world: World): Index[] {
  const id = tableBefore(table, world)?.id;
  return [...objectsOf(world.before, 'index').values()].filter(
    (index) => index.table === id && mentions(index.definition, name),
  );
}

function recollated({ column, observed: { table }, name }: Retyped, { after }: World): boolean {
  const now = [...objectsOf(after, 'column').values()].find((each) => each.oid === table.oid && each.name === name);
  return column?.collation !== now?.collation;
}
