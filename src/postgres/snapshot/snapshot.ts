import { createHash } from 'node:crypto';
import type { SchemaObject, Snapshot } from '../../model/schema.ts';
import type { Connection } from '../connect.ts';
import { canonical } from './canonical.ts';
import { constraints, indexes, policies, rules, statistics, triggers } from './on-tables.ts';
import { defaultPrivileges, eventTriggers, extensions, publications, routines, schemas } from './others.ts';
import { type Reader, unnamed } from './reader.ts';
import { columns, sequences, tables, views } from './relations.ts';
import { composites, domains, enums, ranges } from './types.ts';

const readers: readonly Reader[] = [
  ...[schemas, tables, columns, constraints, indexes, views, sequences, routines, triggers, rules, policies],
  ...[enums, domains, composites, ranges, extensions, publications, statistics, eventTriggers, defaultPrivileges],
];

/**
 * Reads the schema of the session's database, in one consistent moment. Leaves neither locks nor settings behind.
 * Sources: documentation, part VII, "System Catalogs", and 9.27, "System Information Functions".
 */
export async function takeSnapshot(session: Connection): Promise<Snapshot> {
  await session.send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = ''");
  try {
    return await readSnapshot(session);
  } finally {
    await session.send('ROLLBACK');
  }
}

/**
 * The same inside a transaction that is one moment already, and has no search_path. With `owners`, every owner is named:
 * what one role has read is then compared with what another reads.
 */
export async function readSnapshot(session: Connection, owners?: 'named'): Promise<Snapshot> {
  const [row] = await session.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int AS version",
  );
  const serverVersion = row?.version ?? 0;
  const objects: SchemaObject[] = [];
  for (const { kind, sql } of readers) {
    const text = sql(serverVersion);
    objects.push(...(await read(session, kind, owners ? text.replaceAll(unnamed, 'NULL') : text)));
  }
  objects.sort((a, b) => compare(a.kind, b.kind) || compare(a.id, b.id));
  return { serverVersion, fingerprint: await fingerprintOf(objects), objects };
}

async function read(session: Connection, kind: Reader['kind'], sql: string): Promise<SchemaObject[]> {
  const rows = await session.query<Record<string, unknown>>(sql);
  return rows.map((row) => {
    const fields = Object.entries(row).filter(([, value]) => value !== null);
    return { kind, ...Object.fromEntries(fields) } as unknown as SchemaObject;
  });
}

/** SHA-256 (hex) over the canonical form of objects. */
export async function fingerprintOf(objects: readonly SchemaObject[]): Promise<string> {
  const hash = createHash('sha256');
  for (const object of objects) hash.update(JSON.stringify(await canonical(object)));
  return hash.digest('hex');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
