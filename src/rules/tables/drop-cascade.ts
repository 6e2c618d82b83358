import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import type { SchemaObject } from '../../model/schema.ts';
import { droppedNames } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { mentions } from '../../postgres/syntax/text.ts';
import { called, droppedRelations } from '../dropped.ts';
import { lockedOut } from '../locks.ts';

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
      const named = droppedNames(node.objects).map(({ name }) => name);
      const gone = unnamed(facts, world, named);
      if (gone.length === 0) return [];
      const data = gone.some(({ kind }) => kind === 'table' || kind === 'column');
      return [
        {
          message: `CASCADE also drops ${gone.map(calledFully).join(', ')}.`,
          relations: [...new Set(gone.flatMap((each) => each.table ?? (each.kind === 'table' ? each.id : [])))],
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

/** What the base had and the statement took away without naming it. */
function unnamed(facts: StatementFacts, world: World, named: readonly string[]): SchemaObject[] {
  const relations = droppedRelations(facts.observation, world).filter(
    ({ kind }) => kind === 'table' || kind === 'view',
  );
  const gone = new Set(relations.map(({ id }) => id));
  const locked = lockedOut(facts).filter((table) => !gone.has(table));
  const kept = new Set(world.after.objects.map(keyOf));
  const others = world.before.objects.filter((each) => {
    if (kept.has(keyOf(each)) || named.includes(each.name) || isNamedElsewhere(each, facts, world)) return false;
    if (each.kind === 'function') return named.some((name) => mentions(each.definition, name));
    if (each.kind === 'constraint') return each.type === 'foreign key' && locked.includes(each.table);
    return ['trigger', 'policy', 'rule', 'column'].includes(each.kind) && locked.includes(each.table ?? '');
  });
  return [...relations.filter(({ name }) => !named.includes(name)), ...others];
}

function keyOf(object: SchemaObject): string {
  return object.kind === 'column' ? `column ${object.oid} ${object.position}` : `${object.kind} ${object.oid}`;
}

function isNamedElsewhere({ name }: SchemaObject, { index }: StatementFacts, { statements }: World): boolean {
  const drops = statements.filter((each) => each.index !== index && /\bDROP\b/i.test(each.statement.sql));
  return drops.some(({ statement }) => mentions(statement.sql, name));
}
