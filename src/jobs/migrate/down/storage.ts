import type { Session } from '../../../model/ledger.ts';

/** Where a database keeps what people write: a table's column, or a sequence. */
export interface Place {
  /** By numbers that a thing keeps under another name, and that its successor of the same name has not. */
  readonly key: string;
  readonly schema: string;
  readonly relation: string;
  /** Absent for a sequence, and for a table without columns. */
  readonly column?: string;
  /** `r`, `p`, `f` or `S`, as in `pg_class.relkind`. */
  readonly kind: string;
  /** The file on disk: another one when all of it was written anew, or emptied. */
  readonly file: string;
}

/** Every place of a database, by key. */
export type Storage = ReadonlyMap<string, Place>;

export async function storageOf(session: Session): Promise<Storage> {
  const rows = await session.query<Place & { column: string | null }>(
    `SELECT c.oid::text || '.' || COALESCE(a.attnum, 0) AS key, n.nspname AS schema, c.relname AS relation,
            a.attname AS column, c.relkind::text AS kind, c.relfilenode::text AS file
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_catalog.pg_attribute a
         ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind <> 'S'
      WHERE c.relkind IN ('r', 'p', 'f', 'S') AND c.relpersistence <> 't'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY c.oid, a.attnum`,
  );
  return new Map(rows.map(({ column, ...rest }) => [rest.key, { ...rest, ...(column !== null && { column }) }]));
}

/** What was there and is not any more. */
export function gone(before: Storage, after: Storage): Place[] {
  return [...before.values()].filter(({ key }) => !after.has(key));
}

/** What was made meanwhile that may hold what people write: new tables whole, and new columns of older ones. */
export function made(before: Storage, after: Storage): Made[] {
  const tableOf = (key: string) => key.split('.')[0];
  const older = new Set([...before.keys()].map(tableOf));
  const places = gone(after, before).filter(({ kind }) => kind === 'r' || kind === 'p');
  const fresh = places.filter(({ key }) => !older.has(tableOf(key)));
  const tables = new Map(fresh.map(({ key, schema, relation }) => [tableOf(key), { schema, relation }]));
  return [...tables.values(), ...places.filter(({ key }) => older.has(tableOf(key)))];
}

/** A table, or a column of one. */
export type Made = Pick<Place, 'schema' | 'relation' | 'column'>;

/** What is there still, and was written anew. */
export function rewritten(before: Storage, after: Storage): Place[] {
  return [...before.values()].filter(({ key, file }) => (after.get(key)?.file ?? file) !== file);
}

/** `public.a.n`, for people. */
export function nameOf({ schema, relation, column }: Made): string {
  return [schema, relation, ...(column === undefined ? [] : [column])].join('.');
}
