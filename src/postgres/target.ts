import type { Target } from '../model/plan.ts';
import type { SchemaObject, Snapshot } from '../model/schema.ts';
import type { Connection } from './connect.ts';
import { serverOf } from './dump/contents.ts';
import { fingerprintOf, takeSnapshot } from './snapshot/snapshot.ts';

/** Which database a session is on. */
export async function identify(session: Connection): Promise<Target> {
  const [row] = await session.query<{ database: string; role: string }>(
    'SELECT pg_catalog.current_database() AS database, current_user::text AS role',
  );
  const { version, systemIdentifier } = await serverOf(session);
  const { database, role } = row as { database: string; role: string };
  return { database, role, server: version, ...(systemIdentifier && { systemIdentifier }) };
}

/**
 * The schema without the tables that tools keep for themselves, named without schema, and what belongs to those. Its
 * fingerprint is the same whoever reads it.
 */
export async function schemaOf(session: Connection, tables: readonly string[]): Promise<Snapshot> {
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

function leavingOut(snapshot: Snapshot, tables: readonly string[]): Snapshot {
  const own = new Set(
    snapshot.objects.flatMap(({ kind, id, name }) => (kind === 'table' && tables.includes(name) ? [id] : [])),
  );
  const belongs = (object: SchemaObject) =>
    (object.kind === 'table' && own.has(object.id)) ||
    (object.table !== undefined && own.has(object.table)) ||
    (object.kind === 'sequence' && [...own].some((table) => object.ownedBy?.startsWith(`${table}.`)));
  const objects = snapshot.objects.filter((object) => !belongs(object));
  return { ...snapshot, objects };
}
