import { KnownError } from '../model/error.ts';
import type { Address } from '../model/server.ts';
import { type Connection, connect, SqlError } from './connect.ts';
import { quote } from './quote.ts';

const help = 'Use a server with the contrib modules and a role that may create extensions, or leave `amcheck` out.';

/** Throws `KnownError`, reason `unreachable`, where the server lacks the extension amcheck. */
export async function needAmcheck(address: Address, signal: AbortSignal): Promise<void> {
  await using session = await connect(address, signal);
  const [there] = await session.query("SELECT FROM pg_catalog.pg_available_extensions WHERE name = 'amcheck'");
  if (!there) throw new KnownError('The server has no extension amcheck.', { reason: 'unreachable', help });
}

/**
 * Looks through every B-tree index, also for rows of its table that it lacks, and since PostgreSQL 14 every table, with
 * the extension amcheck, which it creates where it is missing. Returns what is damaged, one whole sentence each.
 */
export async function damageIn(address: Address, signal: AbortSignal): Promise<string[]> {
  await using session = await connect(address, signal);
  await session.send("SET search_path = ''; SET statement_timeout = 0");
  const schema = quote(await amcheckIn(session));
  const damage: string[] = [];
  for (const { oid, name } of await indexesOf(session)) {
    const check = `SELECT ${schema}.bt_index_check(${oid}::oid::regclass, true)`;
    await session.query(check).catch((error: unknown) => {
      if (!(error instanceof SqlError)) throw error;
      damage.push(`The index ${name} is damaged: ${error.message}.`);
    });
  }
  for (const { name, message, count } of await damagedTables(session, schema))
    damage.push(`The table ${name} is damaged in ${count} places: ${message}.`);
  return damage;
}

/** The schema with its functions. */
async function amcheckIn(session: Connection): Promise<string> {
  try {
    await withoutEventTriggers(session);
    await session.send(
      'CREATE SCHEMA lockkeeper_amcheck; CREATE EXTENSION IF NOT EXISTS amcheck SCHEMA lockkeeper_amcheck',
    );
  } catch (cause) {
    if (!(cause instanceof SqlError)) throw cause;
    throw new KnownError(`The extension amcheck cannot be created: ${cause.message}.`, {
      ...{ reason: 'unreachable', help, cause },
    });
  }
  const [row] = await session.query<{ schema: string }>(
    `SELECT n.nspname AS schema FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
      WHERE e.extname = 'amcheck'`,
  );
  return row?.schema ?? '';
}

/** Those of the database have no say in what is made for the drill, where the role may see to that. */
async function withoutEventTriggers(session: Connection): Promise<void> {
  await session.send('SET session_replication_role = replica').catch((error: unknown) => {
    if (!(error instanceof SqlError)) throw error;
  });
}

interface Relation {
  readonly oid: string;
  readonly name: string;
}

/** Valid B-tree indexes of permanent tables, also the catalog's. */
function indexesOf(session: Connection): Promise<Relation[]> {
  return session.query(
    `SELECT c.oid::text, c.oid::regclass::text AS name FROM pg_catalog.pg_index i
       JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_am a ON a.oid = c.relam
      WHERE a.amname = 'btree' AND c.relkind = 'i' AND c.relpersistence = 'p' AND i.indisvalid AND i.indisready ORDER BY 2`,
  );
}

async function damagedTables(
  session: Connection,
  schema: string,
): Promise<(Relation & { readonly message: string; readonly count: number })[]> {
  const [there] = await session.query("SELECT FROM pg_catalog.pg_proc WHERE proname = 'verify_heapam'");
  if (!there) return [];
  return session.query(
    `SELECT c.oid::text, c.oid::regclass::text AS name, min(v.msg) AS message, count(*)::int
       FROM pg_catalog.pg_class c, LATERAL ${schema}.verify_heapam(c.oid::regclass) v
      WHERE c.relkind IN ('r', 'm', 't') AND c.relpersistence = 'p' GROUP BY 1, 2 ORDER BY 2`,
  );
}
