import type { Connection } from './connect.ts';
import { quote } from './quote.ts';
import { literal } from './seed/values.ts';

/** What a server has outside its databases, as far as migrations change it. */
export interface ClusterState {
  readonly roles: ReadonlyMap<string, Role>;
  /** `group\0member`. */
  readonly memberships: ReadonlySet<string>;
  /** `database\0role` (each may be empty) → settings `name=value`. */
  readonly settings: ReadonlyMap<string, readonly string[]>;
  readonly databases: ReadonlySet<string>;
}

interface Role {
  readonly name: string;
  /** `SUPERUSER NOCREATEDB …`, as ALTER ROLE takes them. */
  readonly attributes: string;
}

/**
 * Statement kinds that are not run on a lent server: what they change there belongs to others or cannot be put back.
 */
export const refusedOnLentServer: ReadonlyMap<string, string> = new Map(
  ['AlterSystemStmt', 'CreatedbStmt', 'DropdbStmt', 'CreateTableSpaceStmt', 'DropTableSpaceStmt', 'DropRoleStmt'].map(
    (kind) => [kind, 'It was not run: it changes the whole server, and this one is lent.'],
  ),
);

/** Reads the state; needs no superuser. */
export async function snapshotCluster(session: Connection): Promise<ClusterState> {
  const roles = await session.query<Role>(
    `SELECT rolname AS name, concat_ws(' ',
        CASE WHEN rolsuper THEN 'SUPERUSER' ELSE 'NOSUPERUSER' END, CASE WHEN rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END,
        CASE WHEN rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END, CASE WHEN rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END,
        CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END, CASE WHEN rolreplication THEN 'REPLICATION' ELSE 'NOREPLICATION' END,
        CASE WHEN rolbypassrls THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END, 'CONNECTION LIMIT ' || rolconnlimit,
        'VALID UNTIL ' || quote_literal(COALESCE(rolvaliduntil::text, 'infinity'))) AS attributes
       FROM pg_catalog.pg_roles WHERE rolname !~ '^pg_'`,
  );
  const memberships = await session.query<{ key: string }>(
    `SELECT g.rolname || E'\\001' || m.rolname AS key FROM pg_catalog.pg_auth_members a
       JOIN pg_catalog.pg_roles g ON g.oid = a.roleid JOIN pg_catalog.pg_roles m ON m.oid = a.member`,
  );
  const settings = await session.query<{ key: string; values: string[] }>(
    `SELECT COALESCE(d.datname, '') || E'\\001' || COALESCE(r.rolname, '') AS key, s.setconfig AS values
       FROM pg_catalog.pg_db_role_setting s LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
       LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole`,
  );
  const databases = await session.query<{ name: string }>('SELECT datname AS name FROM pg_catalog.pg_database');
  return {
    roles: new Map(roles.map((role) => [role.name, role])),
    memberships: new Set(memberships.map(({ key }) => key)),
    settings: new Map(settings.map(({ key, values }) => [key, values])),
    databases: new Set(databases.map(({ name }) => name)),
  };
}

/**
 * Puts the server back as it was, and returns what was undone, one sentence each. Roles that were created own nothing
 * any more once the scratch database is gone.
 */
export async function restoreCluster(session: Connection, before: ClusterState): Promise<string[]> {
  const now = await snapshotCluster(session);
  const undone: string[] = [];
  const undo = async (sql: string, sentence: string) => {
    await session.send(sql);
    undone.push(sentence);
  };
  for (const [key, values] of now.settings) await restoreSettings(key, values, before, undo);
  for (const [key, values] of before.settings)
    if (!now.settings.has(key)) await restoreSettings(key, [], before, undo, values);
  for (const name of now.roles.keys()) {
    if (!before.roles.has(name))
      await undo(
        `DROP ROLE IF EXISTS ${quote(name)}`,
        `The role ${name}, which the migrations create, was dropped again.`,
      );
  }
  for (const [name, { attributes }] of before.roles) {
    const current = now.roles.get(name);
    if (current && current.attributes !== attributes) {
      await undo(`ALTER ROLE ${quote(name)} ${attributes}`, `The attributes of the role ${name} were put back.`);
    }
  }
  await restoreMemberships(before, now, undo);
  return undone;
}

type Undo = (sql: string, sentence: string) => Promise<void>;

async function restoreSettings(
  key: string,
  values: readonly string[],
  before: ClusterState,
  undo: Undo,
  missing?: readonly string[],
): Promise<void> {
  const wanted = missing ?? before.settings.get(key) ?? [];
  if (wanted.join('\n') === values.join('\n')) return;
  const [database = '', role = ''] = key.split('\u0001');
  if (database && !before.databases.has(database)) return; // gone with its database
  if (role && !before.roles.has(role)) return; // gone with its role
  const target = role
    ? `ROLE ${quote(role)}${database ? ` IN DATABASE ${quote(database)}` : ''}`
    : database
      ? `DATABASE ${quote(database)}`
      : 'ROLE ALL';
  const sets = wanted.map((each) => {
    const at = each.indexOf('=');
    return `ALTER ${target} SET ${quote(each.slice(0, at))} TO ${settingValue(each.slice(0, at), each.slice(at + 1))}`;
  });
  await undo(
    [`ALTER ${target} RESET ALL`, ...sets].join('; '),
    `The settings of ${target.toLowerCase().replaceAll('"', '')} were put back.`,
  );
}

/** List settings are stored as SQL already; quoting them again would make one name of the list. */
function settingValue(name: string, value: string): string {
  return /search_path|preload_libraries|DateStyle/i.test(name) && value !== '' ? value : literal(value);
}

async function restoreMemberships(before: ClusterState, now: ClusterState, undo: Undo): Promise<void> {
  const pairs = [
    ...[...now.memberships]
      .filter((key) => !before.memberships.has(key))
      .map((key) => ['REVOKE', key, 'FROM'] as const),
    ...[...before.memberships].filter((key) => !now.memberships.has(key)).map((key) => ['GRANT', key, 'TO'] as const),
  ];
  for (const [verb, key, word] of pairs) {
    const [group = '', member = ''] = key.split('\u0001');
    if (!before.roles.has(group) || !before.roles.has(member)) continue;
    await undo(
      `${verb} ${quote(group)} ${word} ${quote(member)}`,
      `The membership of ${member} in ${group} was put back.`,
    );
  }
}
