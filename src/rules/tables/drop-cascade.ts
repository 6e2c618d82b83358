import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { type Column, objectsOf, type SchemaObject } from '../../model/schema.ts';
import { read, strings } from '../../postgres/syntax/node.ts';
import { mentions } from '../../postgres/syntax/text.ts';
import { called, droppedRelations } from '../dropped.ts';
import { lockedTables } from '../locks.ts';
import { textsOf } from '../schema.ts';

export const rule: Rule = {
  id: 'drop-cascade',
  severity: 'warning',
  what: 'DROP … CASCADE takes away more than it names.',
  why: 'What depends on it goes without being asked for: views, foreign keys, triggers, columns with their data. It depends on what is there on the day.',
  instead: 'Drop what depends on it by name, so that a reviewer sees it, and leave CASCADE out.',
  sources: ['PostgreSQL documentation, 5.15 "Dependency Tracking"', 'pg-migration-lint: PGM202 and PGM205'],
  statement: {
    kinds: ['DropStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'DropStmt');
      if (node?.behavior !== 'DROP_CASCADE') return [];
      const gone = unnamed(facts, world);
      const defaults = lostDefaults(facts, world);
      if (gone.length + defaults.length === 0) return [];
      const data = gone.some(({ kind }) => kind === 'table' || kind === 'column') || defaults.length > 0;
      const all = [
        ...gone.map(calledFully),
        ...defaults.map(({ name, table }) => `the default of ${name} of ${table}`),
      ];
      return [
        {
          message: `CASCADE also drops ${all.join(', ')}.`,
          relations: [
            ...new Set([...gone, ...defaults].flatMap(({ kind, id, table }) => table ?? (kind === 'table' ? id : []))),
          ],
          severity: data ? 'error' : 'warning',
          instead: { text: 'Drop each of them by name before, and leave CASCADE out.' },
        },
      ];
    },
  },
};

function calledFully(object: SchemaObject): string {
  return object.table === undefined ? called(object) : `${called(object)} of ${object.table}`;
}

/** What the base had and the statement took away without naming it, with what lies in a schema that it names. */
function unnamed(facts: StatementFacts, world: World): SchemaObject[] {
  const named = namesIn(facts);
  const isNamed = ({ name, schema }: SchemaObject) => named.includes(name) || named.includes(schema);
  const dropped = droppedRelations(facts.observation, world);
  const relations = dropped.filter(
    (each) =>
      (each.kind === 'table' || each.kind === 'view') && !isNamed(each) && !isNamedElsewhere(each, facts, world),
  );
  const gone = new Set(dropped.map(({ id }) => id));
  const locked = lockedByNow(facts).filter((table) => !gone.has(table));
  const kept = new Set(world.after.objects.map(keyOf));
  const others = world.before.objects.filter((each) => {
    if (kept.has(keyOf(each)) || isNamed(each) || isNamedElsewhere(each, facts, world)) return false;
    if (each.kind !== 'function' && !(dependent.includes(each.kind) && locked.includes(each.table ?? ''))) return false;
    return named.some((name) => textsOf(each).some((text) => mentions(text, name)));
  });
  return [...relations, ...others];
}

/** What goes with something else and leaves its table behind. */
const dependent = ['constraint', 'trigger', 'policy', 'rule', 'column'];

/** Columns that stay, but lost a default that came from what was dropped. */
function lostDefaults(facts: StatementFacts, { before, after }: World): Column[] {
  const locked = lockedByNow(facts);
  const now = new Map([...objectsOf(after, 'column').values()].map((column) => [keyOf(column), column]));
  return [...objectsOf(before, 'column').values()].filter((column) => {
    const left = now.get(keyOf(column));
    if (!left || left.default !== undefined || left.identity || !locked.includes(column.table)) return false;
    return namesIn(facts).some((name) => column.default?.includes(name));
  });
}

function namesIn({ statement }: StatementFacts): string[] {
  return (read(statement.node, 'DropStmt')?.objects ?? []).flatMap((object) => {
    const routine = read(object, 'ObjectWithArgs')?.objname ?? read(object, 'TypeName')?.names;
    const name = strings(routine ?? read(object, 'List')?.items ?? [object]).at(-1);
    return name ?? [];
  });
}

function lockedByNow({ observation: { locks, held } }: StatementFacts): string[] {
  return lockedTables([...locks, ...held], 'AccessExclusiveLock').map(({ relation }) => relation);
}

function keyOf(object: SchemaObject): string {
  return object.kind === 'column' ? `column ${object.oid} ${object.position}` : `${object.kind} ${object.oid}`;
}

/** Another statement drops it, or a column that it rests on. */
function isNamedElsewhere(object: SchemaObject, { index }: StatementFacts, { statements }: World): boolean {
  const names = [object.name, ...(object.kind === 'constraint' ? object.columns : [])];
  const drops = statements.filter((each) => each.index !== index && /\bDROP\b/i.test(each.statement.sql));
  return drops.some(({ statement }) => names.some((name) => mentions(statement.sql, name)));
}
