import type { Rule, World } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { lockedOut, momentary } from '../locks.ts';
import { costs } from '../observed.ts';
import { type Retyped, retypedColumns } from '../retyped.ts';
import { tableBefore } from '../schema.ts';

export const rule: Rule = {
  id: 'type-fk-column',
  severity: 'error',
  what: 'A column that a foreign key ties to another table gets another type.',
  why: 'The foreign key is made anew: the other table is locked against reads and writes too, and rows are checked again where the types compare differently.',
  instead:
    'Drop the foreign key first and add it again as NOT VALID, to be validated later; a type that needs a rewrite calls for a second column.',
  sources: ['PostgreSQL source, tablecmds.c, ATPostAlterTypeCleanup; measured on 12 to 18'],
  covers: ['type-rewrite', 'type-rebuilds-index', 'type-rescans-check'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const locked = lockedOut(facts);
      return retypedColumns(facts, world).flatMap((retyped) => {
        const { observed, name, to } = retyped;
        const others = othersOf(retyped, world).filter((table) => locked.includes(table));
        if (others.length === 0) return [];
        const work =
          observed.rewritten.length > 0 ? 'rewritten' : observed.scanned.length > 0 ? 'read whole' : undefined;
        const meanwhile = work ? ` while ${observed.table.name} is ${work}` : '';
        const relations = [...new Set([observed.table.name, ...others])];
        return [
          {
            message: `Changing ${name} to ${to} also locks ${others.join(', ')} against reads and writes${meanwhile}, as a foreign key ties them.`,
            ...costs(observed),
            relations,
            severity: work ? 'error' : momentary(facts),
            instead: {
              text: `Drop the foreign key in a migration of its own, change ${name}${work === 'rewritten' ? ' by way of a second column' : ''}, then add the key again as NOT VALID and validate it.`,
            },
          },
        ];
      });
    },
  },
};

/** The tables at the other ends of the column's foreign keys. */
function othersOf({ name, observed: { table } }: Retyped, world: World): string[] {
  const id = tableBefore(table, world)?.id;
  return [...objectsOf(world.before, 'constraint').values()].flatMap(({ table: owner, columns, references }) => {
    if (!references) return [];
    const child = owner === id && columns.includes(name) ? [references.table] : [];
    const parent = references.table === id && references.columns.includes(name) ? [owner] : [];
    return [...child, ...parent].filter((other) => other !== id);
  });
}
