import type { Ledger, TableName } from '../model/ledger.ts';
import type { Target } from '../model/plan.ts';
import type { SchemaObject, Snapshot } from '../model/schema.ts';
import type { Connection } from './connect.ts';
import { serverOf } from './dump/contents.ts';
import { journalTable } from './journal.ts';
import { searchPathOf } from './search-path.ts';
import { fingerprintOf, takeSnapshot } from './snapshot/snapshot.ts';

/** Which database a session is on. */
export async function identify(session: Connection): Promise<Target> {
  const [row] = await session.query<{ database: string; role: string }>(
    'SELECT pg_catalog.current_database() AS database, current_user::text AS role',
  );
  const { version, systemIdentifier } = await serverOf(session);
  const { database, role } = row as { database: string; role: string };
  const searchPath = await searchPathOf(session);
  return {
    ...{ database, role, server: version, ...(systemIdentifier && { systemIdentifier }) },
    ...(searchPath && { searchPath }),
  };
}

/**
 * The tables that a tool and we keep in a schema. Of the tool's default name they are left out in every schema; a name that
 * people have given may be one that others give to ordinary tables.
 */
export function ownTables({ tables, named }: Pick<Ledger, 'tables' | 'named'>, schema: string): TableName[] {
  return [...tables.map((name) => ({ name, ...(named && { schema }) })), { name: journalTable }];
}

/**
 * The schema without these tables, which without a schema are meant in any, and what belongs to them. Its fingerprint is
 * the same whoever reads it.
 */
export async function schemaOf(session: Connection, tables: readonly TableName[]): Promise<Snapshot> {
  return whoeverReads(leavingOut(await takeSnapshot(session), tables));
}

/** The same with another fingerprint: one role may plan and another migrate, and a snapshot tells whose an object is by its reader. */
export async function whoeverReads(snapshot: Snapshot): Promise<Snapshot> {
  const objects = snapshot.objects.filter(({ kind }) => kind !== byOwner).map(({ owner: _, ...rest }) => rest);
  const privileges = snapshot.objects
    .filter(({ kind }) => kind === byOwner)
    .map((each) => ({ ...each, id: `${each.schema} ${each.name}` }))
    .sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  const fingerprint = await fingerprintOf([...objects, ...privileges] as SchemaObject[]);
  return { ...snapshot, fingerprint };
}

/** The kind of which a role has its own. */
const byOwner = 'default privileges';

const textOf = (object: SchemaObject) => JSON.stringify({ ...object, oid: 0 });

function leavingOut(snapshot: Snapshot, tables: readonly TableName[]): Snapshot {
  const isOwn = ({ kind, name, schema }: SchemaObject) =>
    kind === 'table' && tables.some((each) => each.name === name && (each.schema ?? schema) === schema);
  const own = new Set(snapshot.objects.filter(isOwn).map(({ id }) => id));
  const belongs = (object: SchemaObject) =>
    (object.kind === 'table' && own.has(object.id)) ||
    (object.table !== undefined && own.has(object.table)) ||
    (object.kind === 'sequence' && [...own].some((table) => object.ownedBy?.startsWith(`${table}.`)));
  const objects = snapshot.objects.filter((object) => !belongs(object));
  return { ...snapshot, objects };
}
