import type { Observation, Relation } from '../model/observation.ts';
import type { StatementFacts, World } from '../model/rule.ts';
import type { Index, SchemaObject, Sequence, Table, View } from '../model/schema.ts';
import { alterCommands, alteredTable } from '../postgres/syntax/alter-table.ts';
import { tokensOf } from '../postgres/syntax/text.ts';

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

/** Whether SQL text has this name among its words. */
export function mentions(sql: string, name: string): boolean {
  return tokensOf(sql).some(({ text }) => unquoted(text) === name);
}

/** An identifier's name: folded to lower case, unless it is quoted (documentation, chapter 4.1.1). */
export function unquoted(identifier: string): string {
  const quoted = /^"(.*)"$/s.exec(identifier);
  return quoted ? (quoted[1] ?? '').replaceAll('""', '"') : identifier.toLowerCase();
}

/** Whether an earlier pending statement added the column, so that nobody knows it yet. */
export function isNewColumn(table: Relation, column: string, { index }: StatementFacts, world: World): boolean {
  return world.statements.slice(0, index).some((earlier) => {
    if (alterCommands(earlier.statement, 'AT_AddColumn').every(({ name }) => name !== column)) return false;
    const { schema, name } = alteredTable(earlier.statement);
    return earlier.relation(schema, name)?.oid === table.oid && earlier.observation.error === undefined;
  });
}

function isRelation(object: SchemaObject): object is NamedRelation {
  return ['table', 'view', 'index', 'sequence'].includes(object.kind);
}
