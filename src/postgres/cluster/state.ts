import type { Connection } from '../connect.ts';

/** What a server has outside its databases, as far as migrations change it. */
export interface ClusterState {
  readonly roles: ReadonlyMap<string, Role>;
  readonly memberships: ReadonlyMap<string, Membership>;
  readonly settings: ReadonlyMap<string, Setting>;
  readonly databases: ReadonlySet<string>;
  readonly tablespaces: ReadonlySet<string>;
  /** Number of settings in postgresql.auto.conf; 0 where the role may not know. */
  readonly systemSettings: number;
}

export interface Role {
  readonly name: string;
  /** `SUPERUSER NOCREATEDB …`, as ALTER ROLE takes them. */
  readonly attributes: string;
  /** Its comment; `''` without one. */
  readonly comment: string;
}

export interface Membership {
  readonly group: string;
  readonly member: string;
  /** Who granted it, from PostgreSQL 16 on, where several may; `''` before. */
  readonly grantor: string;
  /** `ADMIN FALSE, INHERIT TRUE, SET TRUE`, as GRANT … WITH takes them from PostgreSQL 16 on; before: only ADMIN. */
  readonly options: string;
}

export interface Setting {
  /** Each may be empty: for all databases, for all roles. */
  readonly database: string;
  readonly role: string;
  readonly name: string;
  readonly value: string;
}

/** Reads the state; needs no superuser. */
export async function snapshotCluster(session: Connection): Promise<ClusterState> {
  const roles = await session.query<Role>(rolesSql);
  const [version] = await session.query<{ number: number }>(
    "SELECT pg_catalog.current_setting('server_version_num')::int AS number",
  );
  const memberships = await session.query<Membership>(membershipsSql((version?.number ?? 0) >= 160_000));
  const settings = await session.query<Setting>(settingsSql);
  const names = async (sql: string) =>
    new Set((await session.query<{ name: string }>(sql)).map(({ name }) => name)) as ReadonlySet<string>;
  return {
    roles: new Map(roles.map((each) => [each.name, each])),
    memberships: keyed(memberships, ({ group, member, grantor }) => [group, member, grantor]),
    settings: keyed(settings, ({ database, role, name }) => [database, role, name]),
    databases: await names('SELECT datname AS name FROM pg_catalog.pg_database'),
    tablespaces: await names('SELECT spcname AS name FROM pg_catalog.pg_tablespace'),
    systemSettings: await systemSettingsOf(session),
  };
}

function keyed<T>(rows: readonly T[], key: (row: T) => readonly string[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [JSON.stringify(key(row)), row]));
}

async function systemSettingsOf(session: Connection): Promise<number> {
  const [permitted] = await session.query<{ permitted: boolean }>(
    'SELECT rolsuper AS permitted FROM pg_catalog.pg_roles WHERE rolname = current_user',
  );
  if (!permitted?.permitted) return 0;
  const [row] = await session.query<{ count: number }>(
    String.raw`SELECT count(*)::int AS count FROM pg_catalog.pg_file_settings WHERE sourcefile ~ 'postgresql\.auto\.conf$'`,
  );
  return row?.count ?? 0;
}

const attribute = (column: string, word: string) => `CASE WHEN ${column} THEN '${word}' ELSE 'NO${word}' END`;

const rolesSql = `
  SELECT rolname AS name, COALESCE(pg_catalog.shobj_description(oid, 'pg_authid'), '') AS comment,
         concat_ws(' ', ${attribute('rolsuper', 'SUPERUSER')}, ${attribute('rolcreatedb', 'CREATEDB')},
           ${attribute('rolcreaterole', 'CREATEROLE')}, ${attribute('rolinherit', 'INHERIT')},
           ${attribute('rolcanlogin', 'LOGIN')}, ${attribute('rolreplication', 'REPLICATION')},
           ${attribute('rolbypassrls', 'BYPASSRLS')}, 'CONNECTION LIMIT ' || rolconnlimit,
           'VALID UNTIL ' || quote_literal(COALESCE(rolvaliduntil::text, 'infinity'))) AS attributes
    FROM pg_catalog.pg_roles`;

const membershipsSql = (several: boolean) => `
  SELECT g.rolname AS "group", m.rolname AS member, ${several ? 'b.rolname' : "''"} AS grantor,
         'ADMIN ' || upper(a.admin_option::text)
         ${several ? "|| ', INHERIT ' || upper(a.inherit_option::text) || ', SET ' || upper(a.set_option::text)" : ''} AS options
    FROM pg_catalog.pg_auth_members a JOIN pg_catalog.pg_roles g ON g.oid = a.roleid
    JOIN pg_catalog.pg_roles m ON m.oid = a.member LEFT JOIN pg_catalog.pg_roles b ON b.oid = a.grantor`;

const settingsSql = `
  SELECT COALESCE(d.datname, '') AS database, COALESCE(r.rolname, '') AS role,
         split_part(each, '=', 1) AS name, substr(each, strpos(each, '=') + 1) AS value
    FROM pg_catalog.pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) AS each
    LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
   WHERE (s.setdatabase = 0 OR d.oid IS NOT NULL) AND (s.setrole = 0 OR r.oid IS NOT NULL)`;
