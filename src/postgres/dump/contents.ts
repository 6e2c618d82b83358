import type { BackedUpServer, Contents, TableContents } from '../../model/backup.ts';
import type { Table } from '../../model/schema.ts';
import type { Connection } from '../connect.ts';
import { quote } from '../quote.ts';
import { fingerprintOf, readSnapshot } from '../snapshot/snapshot.ts';
import { migrationsOf } from './migrations.ts';

export type RowCounts = 'exact' | 'estimated' | 'off';

/** Reads what is in the database of a session whose transaction is a snapshot. */
export async function contentsOf(session: Connection, rowCounts: RowCounts): Promise<Contents> {
  const fingerprint = await fingerprintIn(session);
  const [migrations, settings] = [await migrationsOf(session), await settingsOf(session)];
  const tablespaces = await tablespacesOf(session);
  return {
    tables: await tablesOf(session, rowCounts),
    sequences: await sequencesOf(session),
    extensions: await session.query(
      'SELECT extname AS name, extversion AS version FROM pg_catalog.pg_extension ORDER BY 1',
    ),
    roles: await rolesOf(session),
    ...(tablespaces.length > 0 && { tablespaces }),
    fingerprint,
    largeObjects: await largeObjectsOf(session),
    ...(settings.length > 0 && { settings }),
    ...(migrations.length > 0 && { migrations }),
  };
}

/** Whoever reads it; and a server that lacks a tablespace holds the same schema all the same. */
async function fingerprintIn(session: Connection): Promise<string> {
  const { fingerprint, objects } = await readSnapshot(session, 'named');
  if (!objects.some((each) => each.kind === 'table' && each.tablespace)) return fingerprint;
  return fingerprintOf(objects.map((each) => (each.kind === 'table' ? withoutPlace(each) : each)));
}

function withoutPlace({ tablespace: _, ...table }: Table): Table {
  return table;
}

/** What the server says of itself and the database. */
export async function serverOf(session: Connection): Promise<BackedUpServer> {
  const [row] = await session.query<BackedUpServer & { asked: boolean }>(
    `SELECT pg_catalog.current_setting('server_version') AS version, pg_catalog.pg_encoding_to_char(d.encoding) AS encoding,
            d.datcollate AS collate, d.datctype AS ctype,
            pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') AS asked
       FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()`,
  );
  const { version, encoding, collate, ctype, asked } = row as BackedUpServer & { asked: boolean };
  const identifier = asked ? await systemIdentifierOf(session) : undefined;
  const [number = version] = version.split(' ');
  return { version: number, encoding, collate, ctype, ...(identifier && { systemIdentifier: identifier }) };
}

async function systemIdentifierOf(session: Connection): Promise<string | undefined> {
  const [row] = await session.query<{ id: string }>(
    'SELECT system_identifier::text AS id FROM pg_catalog.pg_control_system()',
  );
  return row?.id;
}

/** Schemas of users: not PostgreSQL's own, and no temporary ones. */
const ofUsers = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

interface TableRow {
  readonly schema: string;
  readonly name: string;
  readonly bytes: number;
  readonly estimate: number;
  /** Extensions keep the rows of their own tables. */
  readonly dumped: boolean;
}

async function tablesOf(session: Connection, rowCounts: RowCounts): Promise<TableContents[]> {
  const rows = await session.query<TableRow>(
    `SELECT n.nspname AS schema, c.relname AS name, pg_catalog.pg_total_relation_size(c.oid)::float8 AS bytes,
            GREATEST(c.reltuples, 0)::float8 AS estimate,
            NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 'pg_catalog.pg_class'::regclass
                           AND x.objid = c.oid AND x.deptype = 'e') AS dumped
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated) AND c.relpersistence = 'p' AND ${ofUsers}
      ORDER BY 1, 2`,
  );
  const dumped = rows.filter((row) => row.dumped);
  const counts = rowCounts === 'exact' ? await countsOf(session, dumped) : [];
  return dumped.map(({ schema, name, bytes, estimate }, index) => {
    const table = { name: `${schema}.${name}`, bytes };
    if (rowCounts === 'off') return table;
    if (rowCounts === 'estimated') return { ...table, rows: estimate, estimated: true };
    return { ...table, rows: counts[index] ?? 0 };
  });
}

/** Tables that are counted by one query. */
const atOnce = 100;

/**
 * Rows of each table. Rolling back gives up the locks, of which a server has about 64 for each connection, and pg_dump needs
 * one for every table.
 */
async function countsOf(session: Connection, tables: readonly TableRow[]): Promise<number[]> {
  const counts: number[] = [];
  await session.send('SAVEPOINT counting');
  for (let from = 0; from < tables.length; from += atOnce) {
    const each = tables.slice(from, from + atOnce).map(({ schema, name }) => {
      return `(SELECT pg_catalog.count(*)::float8 FROM ONLY ${quote(schema)}.${quote(name)})`;
    });
    const [row] = await session.query<{ counts: number[] }>(`SELECT ARRAY[${each.join(', ')}] AS counts`);
    counts.push(...(row?.counts ?? []));
    await session.send('ROLLBACK TO SAVEPOINT counting');
  }
  return counts;
}

/** Where sequences stand now: what moves them is in no transaction, and seen in every snapshot. */
export async function sequencesOf(session: Connection): Promise<Contents['sequences']> {
  return session.query(
    `SELECT n.nspname || '.' || c.relname AS name, pg_catalog.pg_sequence_last_value(c.oid)::text AS "lastValue"
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S' AND c.relpersistence = 'p' AND ${ofUsers} ORDER BY 1`,
  );
}

/** Roles that own something here or were granted something: pg_shdepend knows all but the one that the cluster was made with. */
async function rolesOf(session: Connection): Promise<string[]> {
  const rows = await session.query<{ name: string }>(
    `SELECT DISTINCT r.rolname AS name FROM pg_catalog.pg_shdepend s JOIN pg_catalog.pg_roles r ON r.oid = s.refobjid
       JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
      WHERE s.refclassid = 'pg_catalog.pg_authid'::regclass
        AND CASE WHEN s.classid IN ('pg_catalog.pg_database'::regclass, 'pg_catalog.pg_tablespace'::regclass)
                 THEN s.classid = 'pg_catalog.pg_database'::regclass AND s.objid = d.oid ELSE s.dbid IN (0, d.oid) END
        AND r.rolname !~ '^pg_'
     UNION
     SELECT r.rolname FROM pg_catalog.pg_roles r WHERE r.oid = 10 AND r.oid IN (
       SELECT n.nspowner FROM pg_catalog.pg_namespace n WHERE ${ofUsers} AND n.nspname <> 'public' UNION ALL
       SELECT c.relowner FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE ${ofUsers} UNION ALL
       SELECT p.proowner FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE ${ofUsers} UNION ALL
       SELECT t.typowner FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE ${ofUsers})
     ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

async function tablespacesOf(session: Connection): Promise<string[]> {
  const rows = await session.query<{ name: string }>(
    `SELECT DISTINCT t.spcname AS name FROM pg_catalog.pg_class c JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace
      WHERE t.spcname !~ '^pg_' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

async function largeObjectsOf(session: Connection): Promise<number> {
  const [row] = await session.query<{ count: number }>(
    'SELECT pg_catalog.count(*)::float8 AS count FROM pg_catalog.pg_largeobject_metadata',
  );
  return row?.count ?? 0;
}

async function settingsOf(session: Connection): Promise<NonNullable<Contents['settings']>> {
  const rows = await session.query<{ name: string; role: string | null }>(
    `SELECT pg_catalog.split_part(c, '=', 1) AS name, r.rolname AS role
       FROM pg_catalog.pg_db_role_setting s CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) c
       LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
      WHERE s.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
      ORDER BY 1, 2`,
  );
  return rows.map(({ name, role }) => ({ name, ...(role !== null && { role }) }));
}
