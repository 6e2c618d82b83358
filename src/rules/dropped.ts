import type { Observation, Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import type { Index, Policy, SchemaObject, Sequence, Table, Trigger, View } from '../model/schema.ts';
import { read, strings } from '../postgres/syntax/node.ts';

type NamedRelation = Table | View | Index | Sequence;

/**
 * Relations of the base that a statement which drops something dropped: it locked them exclusively, which nothing can
 * be dropped without, and they are gone at the end.
 */
export function droppedRelations({ locks }: Observation, { before, after }: World): NamedRelation[] {
  const kept = new Set(after.objects.filter(isRelation).map(({ oid }) => oid));
  const locked = new Set(locks.filter(({ mode }) => mode === 'AccessExclusiveLock').map(({ relation }) => relation));
  return before.objects.filter(isRelation).filter(({ id, oid }) => locked.has(id) && !kept.has(oid));
}

/** A relation as one says it: `the view public.totals`. */
export function called(object: SchemaObject): string {
  const kind = object.kind === 'table' || object.kind === 'view' ? object.type : object.kind;
  return `the ${object.kind === 'constraint' ? `${object.type} constraint` : kind} ${object.table === undefined ? object.id : object.name}`;
}

/** A trigger or policy of the base that DROP takes from a table in use, and that table: it was locked for it. */
export function droppedOnTable<T extends Trigger | Policy>(
  { statement, observation }: StatementFacts,
  known: Iterable<T>,
  { before }: World,
): { object: T; table: Relation } | undefined {
  const drop = read(statement.node, 'DropStmt');
  const [name, table] = strings(read(drop?.objects?.[0], 'List')?.items).reverse();
  const locked = new Set([...observation.locks, ...observation.held].map(({ relation }) => relation));
  for (const object of known) {
    if (drop?.removeType !== `OBJECT_${object.kind.toUpperCase()}` || object.name !== name) continue;
    const on = before.objects.find((each) => holdsTriggers(each) && each.id === object.table && locked.has(each.id));
    if (on && holdsTriggers(on) && on.name === table)
      return { object, table: { oid: on.oid, name: on.id, kind: on.type, atBase: true } };
  }
  return undefined;
}

function holdsTriggers(object: SchemaObject): object is Table | View {
  return object.kind === 'table' || object.kind === 'view';
}

function isRelation(object: SchemaObject): object is NamedRelation {
  return ['table', 'view', 'index', 'sequence'].includes(object.kind);
}
