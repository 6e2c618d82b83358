import type { Rule, World } from '../../model/rule.ts';
import { type Index, objectsOf } from '../../model/schema.ts';
import { mentions } from '../../postgres/syntax/text.ts';
import { costs } from '../observed.ts';
import { type Retyped, retypedColumns } from '../retyped.ts';

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
        const own = rebuilt(retyped, world);
        const indexes = own.map((index) => index.name);
        if (observed.rewritten.length > 0 || indexes.length === 0) return [];
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

/** Indexes on the column whose files the statement gave up, and which are there again. */
function rebuilt({ name, observed, facts }: Retyped, { before, after }: World): Index[] {
  const [old, now] = [objectsOf(before, 'index'), objectsOf(after, 'index')];
  const own = facts.lostIndexes.filter(({ table = '' }) => observed.scanned.includes(table));
  return own.flatMap(({ name: id }) => {
    const index = now.get(id) ?? old.get(id);
    return index && mentions(index.definition, name) ? [index] : [];
  });
}

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
