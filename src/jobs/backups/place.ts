import { longestName, nameWith } from '../../model/database-name.ts';
import { KnownError } from '../../model/error.ts';
import type { Address, Server } from '../../model/server.ts';
import { type Connection, connect, SqlError } from '../../postgres/connect.ts';
import { inherit } from '../../postgres/lease.ts';
import { quote } from '../../postgres/quote.ts';

/** Throws for a name that PostgreSQL would cut off: the database would be called otherwise. */
export function refuseLong(name: string): void {
  if (Buffer.byteLength(name) <= longestName) return;
  throw new KnownError(`${name} is longer than the ${longestName} bytes that PostgreSQL keeps of a name.`, {
    help: 'Choose a shorter name.',
  });
}

/** Throws where there is a database of this name. */
export async function nameTaken(address: Address, name: string, signal: AbortSignal): Promise<void> {
  await using session = await connect(address, signal);
  const [there] = await session.query('SELECT FROM pg_catalog.pg_database WHERE datname = $1', [name]);
  if (!there) return;
  throw new KnownError(`There is a database ${name} already.`, {
    reason: 'refused',
    help: 'Restore into a new one (`into`), or name it with `overwrite`, which replaces it after a safety backup.',
  });
}

/** A database that is about to be replaced. Disposing lets others in again, if it is still there. */
export interface Shut extends AsyncDisposable {
  /** Lets nobody in from now on but superusers, and throws where somebody is in. */
  close(): Promise<void>;
  /** SQL that lets others in again as before. */
  readonly wayBack: string;
  /** What is to be known of it when it is open again. */
  readonly notes: readonly string[];
}

/** Looks that a database is there and that nobody uses it, nor is about to replace it. */
export async function shut({ address, major }: Server, name: string, signal: AbortSignal): Promise<Shut> {
  await using opened = new AsyncDisposableStack();
  const session = opened.use(await connect(address, signal));
  if (major >= 14) await session.send('SET idle_session_timeout = 0');
  const row = await replaceable(session, name);
  await refuseUsed(session, name);
  const limit = (connections: number) => `ALTER DATABASE ${quote(name)} CONNECTION LIMIT ${connections}`;
  const usual = row.limit === 0 ? -1 : row.limit; // 0 is what a run leaves that was killed
  const shutAlready = `${name} let nobody in but superusers, as a run that was killed leaves it, and still does: ${limit(-1)} lets others in.`;
  let closed = false;
  const kept = opened.move();
  return {
    wayBack: limit(usual),
    notes: row.limit === 0 ? [shutAlready] : [],
    close: async () => {
      await using again = await connect(address, signal);
      await again.send(limit(0));
      closed = true;
      await refuseUsed(again, name);
    },
    [Symbol.asyncDispose]: async () => {
      await using _ = kept;
      if (!closed) return;
      await using again = await connect(address);
      await again.send(limit(row.limit));
    },
  };
}

/** Throws where a database cannot be replaced; until the session ends, nobody else of us replaces it. */
async function replaceable(session: Connection, name: string): Promise<{ readonly limit: number }> {
  const [row] = await session.query<{ limit: number; template: boolean; oid: number }>(
    'SELECT datconnlimit AS limit, datistemplate AS template, oid::bigint::float8 AS oid FROM pg_catalog.pg_database WHERE datname = $1',
    [name],
  );
  if (!row)
    throw new KnownError(`There is no database ${name} to restore over.`, {
      reason: 'refused',
      help: 'With `into`, a new one of that name is made.',
    });
  if (row.template)
    throw new KnownError(`${name} is a template, of which new databases are made.`, {
      reason: 'refused',
      help: 'Restore into a new database, with `into`.',
    });
  await refuseReplicated(session, name);
  // below 0, where no lease is; what one run finds shut, because another has shut it, it would leave so
  if (await inherit(session, -1 - (row.oid % 0x7fffffff))) return row;
  throw new KnownError(`Another run is about to restore over ${name}.`, {
    reason: 'locked',
    help: 'Wait until it has ended, and look at what it has restored.',
  });
}

/** PostgreSQL drops no database that has a subscription or a slot (documentation, DROP DATABASE). */
async function refuseReplicated(session: Connection, name: string): Promise<void> {
  const rows = await session.query<{ what: string; remedy: string }>(
    `SELECT pg_catalog.format('the subscription %I', s.subname) AS what,
            pg_catalog.format('ALTER SUBSCRIPTION %1$I DISABLE; ALTER SUBSCRIPTION %1$I SET (slot_name = NONE); DROP SUBSCRIPTION %1$I, in it', s.subname) AS remedy
       FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_database d ON d.oid = s.subdbid WHERE d.datname = $1
     UNION ALL
     SELECT pg_catalog.format('the replication slot %s', slot_name), pg_catalog.format('SELECT pg_drop_replication_slot(%L)', slot_name)
       FROM pg_catalog.pg_replication_slots WHERE database = $1`,
    [name],
  );
  if (rows.length === 0) return;
  throw new KnownError(`${name} cannot be replaced: it has ${rows.map(({ what }) => what).join(', ')}.`, {
    reason: 'refused',
    help: `It would stay behind for good, or be lost with it. Remove it first (${rows.map(({ remedy }) => remedy).join('; ')}), or restore into a new database.`,
  });
}

/** What others do is told to few roles, and that they are there to all. */
async function refuseUsed(session: Connection, name: string): Promise<void> {
  const users = await session.query<{ who: string }>(
    `SELECT DISTINCT COALESCE(usename::text, '?') || COALESCE(' (' || NULLIF(application_name, '') || ')', '') AS who
       FROM pg_catalog.pg_stat_activity WHERE datname = $1 AND usesysid IS NOT NULL AND COALESCE(backend_type, 'client backend') = 'client backend' ORDER BY 1`,
    [name],
  );
  if (users.length === 0) return;
  throw new KnownError(`${name} is in use by ${users.map(({ who }) => who).join(', ')}.`, {
    reason: 'refused',
    help: 'Stop what uses it first: it would lose what it writes meanwhile.',
  });
}

/** Gives what was restored its name. */
export async function rename(address: Address, from: string, to: string, signal: AbortSignal): Promise<void> {
  await using session = await connect(address, signal);
  await session.send(`ALTER DATABASE ${quote(from)} RENAME TO ${quote(to)}`);
  await session.send(`COMMENT ON DATABASE ${quote(to)} IS NULL`);
}

/** Puts one database in the place of another at one moment, with its owner, grants and settings; the other is dropped. */
export async function replace(address: Address, restored: string, name: string, signal: AbortSignal): Promise<void> {
  await using session = await connect(address, signal);
  const old = nameWith(name, `_replaced_${Date.now()}`);
  for (const statement of await properties(session, name, restored)) await session.send(statement);
  await session.send(
    `BEGIN; ALTER DATABASE ${quote(name)} RENAME TO ${quote(old)}; ALTER DATABASE ${quote(restored)} RENAME TO ${quote(name)}; COMMIT`,
  );
  await session.send(`DROP DATABASE ${quote(old)}`).catch((error: unknown) => {
    if (!(error instanceof SqlError)) throw error;
    throw new KnownError(`${name} is restored, and the old one is still there as ${old}: ${error.message}.`, {
      reason: 'backup',
      help: `Drop it when nobody needs it: DROP DATABASE ${quote(old)}.`,
      cause: error,
    });
  });
}

/** What belongs to a database itself, and is in no dump of it. */
async function properties(session: Connection, from: string, to: string): Promise<string[]> {
  const rows = await session.query<{ statement: string | null }>(
    `SELECT pg_catalog.format('ALTER DATABASE %I OWNER TO %I', $2::text, r.rolname) AS statement
       FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles r ON r.oid = d.datdba WHERE d.datname = $1
     UNION ALL
     SELECT pg_catalog.format('COMMENT ON DATABASE %I IS %L', $2::text, pg_catalog.shobj_description(oid, 'pg_database'))
       FROM pg_catalog.pg_database WHERE datname = $1
     UNION ALL
     SELECT pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', $2::text)
       FROM pg_catalog.pg_database WHERE datname = $1 AND datacl IS NOT NULL
     UNION ALL
     SELECT pg_catalog.format('GRANT %s ON DATABASE %I TO %s%s', a.privilege_type, $2::text,
              CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(r.rolname) END,
              CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
       FROM pg_catalog.pg_database d, pg_catalog.aclexplode(d.datacl) a LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
      WHERE d.datname = $1
     UNION ALL
     SELECT pg_catalog.format('ALTER %s SET %I = %s', CASE s.setrole WHEN 0 THEN pg_catalog.format('DATABASE %I', $2::text)
              ELSE pg_catalog.format('ROLE %I IN DATABASE %I', r.rolname, $2::text) END,
              pg_catalog.split_part(c, '=', 1), setting.value)
       FROM pg_catalog.pg_db_role_setting s JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
            LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole, pg_catalog.unnest(s.setconfig) c,
            LATERAL (SELECT pg_catalog.substr(c, pg_catalog.strpos(c, '=') + 1) AS text) raw,
            LATERAL (SELECT CASE WHEN pg_catalog.split_part(c, '=', 1) = ANY ('{search_path,DateStyle,temp_tablespaces,
                session_preload_libraries,shared_preload_libraries,local_preload_libraries}'::text[])
              THEN pg_catalog.regexp_replace(raw.text, '(^|, *)""(?=,|$)', '\\1''''', 'g')
              ELSE pg_catalog.quote_literal(raw.text) END AS value) setting
      WHERE d.datname = $1`,
    [from, to],
  );
  return rows.flatMap(({ statement }) => statement ?? []);
}
