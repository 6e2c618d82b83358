import type { Rule } from '../../model/rule.ts';
import { type Index, objectsOf } from '../../model/schema.ts';
import { creatorOf } from '../created.ts';
import { addedIndexesOf } from '../schema.ts';

export const rule: Rule = {
  id: 'duplicate-index',
  severity: 'notice',
  what: 'A new index that is the same as another one of its table.',
  why: 'Every write maintains both, and queries use one.',
  instead: 'Leave it out, or drop the other one. A primary key or unique constraint has an index already.',
  sources: ['pg-migration-lint: PGM508', 'splinter: 0009_duplicate_index'],
  whole(world) {
    const indexes = [...objectsOf(world.after, 'index').values()].filter(({ valid }) => valid);
    const added = addedIndexesOf(world).filter(({ constraint, parent }) => !constraint && !parent);
    return added.flatMap((index) => {
      const twin = indexes.find((other) => other.id !== index.id && isTwin(index, other, added));
      const facts = creatorOf(index, world);
      if (!twin || !facts) return [];
      const { migration, path, line } = facts.statement;
      return [
        {
          message: `The index ${index.name} is the same as ${twin.name} of ${index.table}.`,
          relations: [index.table],
          place: { migration, path, line },
          instead: { text: `Leave this statement out: ${twin.name} serves the same queries.` },
        },
      ];
    });
  },
};

/** The other does all that this one does; of two new ones only the later is told. */
function isTwin(index: Index, other: Index, added: readonly Index[]): boolean {
  if (other.table !== index.table || (index.unique && !other.unique)) return false;
  if (added.some(({ id }) => id === other.id) && other.oid > index.oid && other.unique === index.unique) return false;
  return shapeOf(other) === shapeOf(index);
}

/** What follows the names in `CREATE [UNIQUE] INDEX name ON table USING …`. */
function shapeOf({ definition }: Index): string {
  return definition.slice(definition.indexOf(' USING '));
}
