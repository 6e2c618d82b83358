import type { Change, SchemaObject, Snapshot } from '../model/schema.ts';

/** The tables that changes touch, with columns and constraints, and those that they refer to: enough to draw them. */
export function touchedObjects(
  changes: readonly Change[],
  before: Snapshot,
  after: Snapshot,
): { before: SchemaObject[]; after: SchemaObject[] } {
  const names = new Set(
    changes.flatMap(({ id, from, table, kind }) => (kind === 'table' ? [id, from ?? id] : (table ?? []))),
  );
  return { before: objectsOfTables(before, names), after: objectsOfTables(after, names) };
}

function objectsOfTables({ objects }: Snapshot, names: ReadonlySet<string>): SchemaObject[] {
  const near = new Set(names);
  for (const each of objects) {
    if (each.kind === 'constraint' && each.references && names.has(each.table)) near.add(each.references.table);
  }
  return objects.filter((each) => {
    if (each.kind === 'table') return near.has(each.id);
    return (each.kind === 'column' || each.kind === 'constraint') && near.has(each.table);
  });
}
