import { objectsOf, type Snapshot } from '../model/schema.ts';
import type { WrittenName } from '../postgres/syntax/names.ts';

/** A table or view by name, or a column of one of several. */
export interface Named {
  readonly tables: readonly WrittenName[];
  readonly column?: string;
}

/** Looks names up as text does, which keeps none of the objects that it means. */
export interface Catalog {
  has(named: Named): boolean;
}

/** What a snapshot has by these names; a name without a schema is looked for in all of them. */
export function catalogOf(snapshot: Snapshot): Catalog {
  const columns = Map.groupBy(objectsOf(snapshot, 'column').values(), ({ table }) => table);
  const own = [...objectsOf(snapshot, 'table').values()].map(({ id, schema, name }) => {
    return { schema, name, columns: columns.get(id)?.map((column) => column.name) ?? [] };
  });
  const byName = Map.groupBy([...own, ...objectsOf(snapshot, 'view').values()], ({ name }) => name);
  const find = ({ schema, name }: WrittenName) =>
    (byName.get(name) ?? []).filter((each) => schema === undefined || each.schema === schema);
  return {
    has: ({ tables, column }) =>
      tables.flatMap(find).some((each) => column === undefined || each.columns.includes(column)),
  };
}
