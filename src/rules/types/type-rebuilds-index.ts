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
        const indexes = indexesOf(retyped, world).map((index) => index.name);
        const onlyChecks = checksOf(retyped, world).length > 0 && !recollated(retyped, world);
        if (observed.rewritten.length > 0 || observed.scanned.length === 0 || indexes.length === 0 || onlyChecks)
          return [];
        return [
          {
            message: `Changing ${name} builds ${indexes.join(', ')} anew, and ${observed.table.name} can be neither read nor written meanwhile.`,
            ...costs(observed),
            ...(observed.blocking && { blocking: { ...observed.blocking, during: 'index build' as const } }),
            instead: {
              text: `Drop ${indexes.join(', ')} with DROP INDEX CONCURRENTLY before, and build it again with CREATE INDEX CONCURRENTLY afterwards.`,
            },
          },
        ];
      });
    },
  },
};

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
