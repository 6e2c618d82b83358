import type { Problem, Rule, World } from '../../model/rule.ts';
import { objectsOf, type Routine } from '../../model/schema.ts';
import { lastNaming } from '../place.ts';

export const rule: Rule = {
  id: 'drop-function',
  severity: 'warning',
  what: 'A function or procedure is dropped, renamed or moved, and no other has its name.',
  why: 'Running code that calls it fails from that moment.',
  instead: 'Keep the old one beside the new one until all code is moved, then drop it in a later release.',
  sources: ['PostgreSQL documentation, DROP FUNCTION; 36.6 "Function Overloading"'],
  whole(world) {
    const kept = new Set([...objectsOf(world.after, 'function').values()].map(nameOf));
    return [...objectsOf(world.before, 'function').values()]
      .filter((routine) => routine.result !== 'trigger' && !kept.has(nameOf(routine)) && !isSchemaGone(routine, world))
      .flatMap((routine) => problem(routine, world));
  },
};

/** Functions by the same name may suit the same calls: that is not known. */
function nameOf({ schema, name }: Routine): string {
  return `${schema}.${name}`;
}

function isSchemaGone({ schema }: Routine, { after }: World): boolean {
  return schema !== 'public' && !objectsOf(after, 'schema').has(schema);
}

const takesAway = /^(Drop|Rename|AlterObjectSchema)Stmt$/;

function problem({ id, name, type, oid }: Routine, world: World): Problem[] {
  const now = [...objectsOf(world.after, 'function').values()].find((each) => each.oid === oid);
  const place = lastNaming([name], world, ({ kind }) => takesAway.test(kind));
  const what = now ? `is called ${now.schema}.${now.name}` : 'is gone';
  return place ? [{ message: `The ${type} ${id} ${what}: running code that calls it fails.`, place }] : [];
}
