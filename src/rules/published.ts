import { type Index, objectsOf, type Publication, type Snapshot, type Table } from '../model/schema.ts';
import { parsed } from '../postgres/syntax/functions.ts';
import { referencesIn } from '../postgres/syntax/references.ts';
import { tokensOf, unquoted } from '../postgres/syntax/text.ts';

/** What a publication says of one table. */
export interface Published {
  /** The columns that it sends, where it has a list. */
  readonly columns: readonly string[] | undefined;
  /** Columns that its WHERE names. */
  readonly filtered: readonly string[];
}

/** How a publication sends a table; undefined where it does not. A partition is also sent by its parent. */
export function publishedBy({ allTables, members }: Publication, table: Table): Published | undefined {
  const own = members.find((member) => member === table.id || member.startsWith(`${table.id} `));
  if (own !== undefined) return readMember(own.slice(table.id.length));
  const parent = members.some((member) => table.parents.some((id) => member === id || member.startsWith(`${id} `)));
  return allTables || parent || members.includes(`schema ${table.schema}`)
    ? { columns: undefined, filtered: [] }
    : undefined;
}

/** ` (id, total) WHERE (total > 3)`. */
function readMember(text: string): Published {
  const [, list, where] = /^(?: \(((?:[^"()]|"[^"]*")*)\))?(?: WHERE (.*))?$/s.exec(text) ?? [];
  const filter = where === undefined ? undefined : parsed(`SELECT 1 WHERE ${where}`);
  const columns =
    list === undefined ? undefined : tokensOf(list).flatMap(({ text: name }) => (name === ',' ? [] : unquoted(name)));
  return { columns, filtered: filter ? referencesIn(filter).columns.map(({ name }) => name) : [] };
}

/** By which columns logical replication tells a table's rows: all of them where its replica identity is FULL. */
export function identityOf(table: Table, snapshot: Snapshot): readonly string[] | 'all' | undefined {
  if (table.replicaIdentity === 'full') return 'all';
  if (table.replicaIdentity === 'default') {
    const keys = [...objectsOf(snapshot, 'constraint').values()];
    return keys.find((key) => key.table === table.id && key.type === 'primary key' && !key.deferrable)?.columns;
  }
  const name = identityIndex(table);
  const index = [...objectsOf(snapshot, 'index').values()].find(
    (each) => each.table === table.id && each.name === name,
  );
  return index && keyOf(index);
}

/** The name of the index that a table has as its replica identity: empty once it is dropped. */
export function identityIndex({ replicaIdentity }: Table): string | undefined {
  return replicaIdentity.startsWith('index ') ? replicaIdentity.slice('index '.length) : undefined;
}

function keyOf({ columns }: Index): string[] {
  return columns.map(unquoted);
}
