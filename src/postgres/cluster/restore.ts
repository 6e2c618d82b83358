import { type Connection, SqlError } from '../connect.ts';
import { quote } from '../quote.ts';
import { literal } from '../seed/values.ts';
import { type ClusterState, type Membership, type Setting, snapshotCluster } from './state.ts';

/**
 * Puts the server back as it was at `before`, and returns what was undone and what could not be, one sentence each.
 * `isOurs` tells by a name and comment whether a difference can be of our making; others' are left alone.
 * To be called when the databases that hold what new roles own are gone.
 */
export async function restoreCluster(
  session: Connection,
  before: ClusterState,
  { lent, isOurs }: { readonly lent: boolean; readonly isOurs: (name: string, comment?: string) => boolean },
): Promise<string[]> {
  const now = await snapshotCluster(session);
  const undo = new Undo(session);
  if (!lent) await dropMade(before, now, isOurs, undo); // nobody makes databases for us on a lent one
  await restoreSettings(before, now, isOurs, undo);
  await restoreMemberships(before, now, isOurs, undo);
  const roles = [...now.roles.values()].filter(({ name, comment }) => !before.roles.has(name) && isOurs(name, comment));
  const created = roles.map(({ name }) => name);
  const gone = await dropRoles(session, created);
  for (const name of created) undo.note(made('role', name), 'dropped again', gone.includes(name));
  await restoreRoles(before, now, isOurs, undo);
  return undo.notes;
}

/** Drops roles together, as one may depend on another, or else one by one; returns those that are gone. */
export async function dropRoles(session: Connection, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return [];
  if (await succeeds(session, `DROP ROLE IF EXISTS ${names.map(quote).join(', ')}`)) return names;
  const gone: string[] = [];
  for (const name of names) {
    // what it was granted on shared objects such as other databases keeps a role from being dropped
    await succeeds(session, `DROP OWNED BY ${quote(name)}`);
    if (await succeeds(session, `DROP ROLE IF EXISTS ${quote(name)}`)) gone.push(name);
  }
  return gone;
}

class Undo {
  /** Whole sentences. */
  readonly notes: string[] = [];
  readonly #session: Connection;

  constructor(session: Connection) {
    this.#session = session;
  }

  async run(sql: string, subject: string, participle: string): Promise<void> {
    this.note(subject, participle, await succeeds(this.#session, sql));
  }

  note(subject: string, participle: string, done: boolean): void {
    this.notes.push(`${subject} ${done ? 'was' : 'could not be'} ${participle}.`);
  }
}

async function succeeds(session: Connection, sql: string): Promise<boolean> {
  try {
    await session.send(sql);
    return true;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return false;
  }
}

const made = (kind: string, name: string) => `The ${kind} ${name}, which the migrations create,`;

type IsOurs = (name: string) => boolean;

async function dropMade(before: ClusterState, now: ClusterState, isOurs: IsOurs, undo: Undo): Promise<void> {
  for (const kind of ['database', 'tablespace'] as const) {
    const created = [...now[`${kind}s`]].filter((name) => !before[`${kind}s`].has(name) && isOurs(name));
    for (const name of created)
      await undo.run(`DROP ${kind.toUpperCase()} ${quote(name)}`, made(kind, name), 'dropped again');
  }
  if (before.systemSettings === 0 && now.systemSettings > 0)
    await undo.run('ALTER SYSTEM RESET ALL', 'What ALTER SYSTEM wrote', 'taken back');
}

async function restoreSettings(before: ClusterState, now: ClusterState, isOurs: IsOurs, undo: Undo): Promise<void> {
  for (const key of new Set([...before.settings.keys(), ...now.settings.keys()])) {
    const [old, current] = [before.settings.get(key), now.settings.get(key)];
    const setting = (old ?? current) as Setting;
    if (old?.value === current?.value || !survives(setting, before, now) || !concerns(setting, isOurs)) continue;
    const target = targetOf(setting);
    const change = old ? `SET ${quote(old.name)} TO ${settingValue(old)}` : `RESET ${quote(setting.name)}`;
    await undo.run(`ALTER ${target.sql} ${change}`, `The setting ${setting.name} of ${target.words}`, 'put back');
  }
}

/** Settings of roles and databases that are gone, or will be, are gone with them. */
function survives({ database, role }: Setting, before: ClusterState, now: ClusterState): boolean {
  const there = (name: string, old: { has(name: string): boolean }, current: { has(name: string): boolean }) =>
    name === '' || (old.has(name) && current.has(name));
  return there(database, before.databases, now.databases) && there(role, before.roles, now.roles);
}

function concerns({ database, role, name }: Setting, isOurs: IsOurs): boolean {
  return [database, role].every((each) => each === '' || isOurs(each)) && isOurs(name);
}

function targetOf({ database, role }: Setting): { sql: string; words: string } {
  const inDatabase = database ? ` IN DATABASE ${quote(database)}` : '';
  if (role) return { sql: `ROLE ${quote(role)}${inDatabase}`, words: `the role ${role}` };
  return database
    ? { sql: `DATABASE ${quote(database)}`, words: `the database ${database}` }
    : { sql: 'ROLE ALL', words: 'all roles' };
}

/** Settings whose stored value is a list of quoted names (PostgreSQL's `variable_is_guc_list_quote`). */
const lists =
  /^(local_preload_libraries|search_path|session_preload_libraries|shared_preload_libraries|temp_tablespaces|unix_socket_directories)$/i;

function settingValue({ name, value }: Setting): string {
  if (!lists.test(name)) return literal(value);
  const names = [...value.matchAll(/"((?:[^"]|"")*)"|[^\s,]+/g)];
  return names.map(([bare, quoted]) => literal(quoted?.replaceAll('""', '"') ?? bare)).join(', ') || "''";
}

async function restoreMemberships(before: ClusterState, now: ClusterState, isOurs: IsOurs, undo: Undo): Promise<void> {
  for (const key of new Set([...before.memberships.keys(), ...now.memberships.keys()])) {
    const [old, current] = [before.memberships.get(key), now.memberships.get(key)];
    const { group, member } = (old ?? current) as Membership;
    const known = [group, member].every((role) => before.roles.has(role) && now.roles.has(role) && isOurs(role));
    if (!known || old?.options === current?.options) continue;
    const sql = old ? grant(old, current) : revoke(current as Membership);
    await undo.run(sql, `The membership of ${member} in ${group}`, 'put back');
  }
}

function revoke({ group, member, grantor }: Membership): string {
  return `REVOKE ${quote(group)} FROM ${quote(member)}${grantor ? ` GRANTED BY ${quote(grantor)}` : ''}`;
}

function grant({ group, member, grantor, options }: Membership, current: Membership | undefined): string {
  const granting = `GRANT ${quote(group)} TO ${quote(member)}`;
  if (grantor) return `${granting} WITH ${options} GRANTED BY ${quote(grantor)}`;
  if (options === 'ADMIN TRUE') return `${granting} WITH ADMIN OPTION`;
  return current ? `REVOKE ADMIN OPTION FOR ${quote(group)} FROM ${quote(member)}` : granting;
}

async function restoreRoles(before: ClusterState, now: ClusterState, isOurs: IsOurs, undo: Undo): Promise<void> {
  for (const [name, { attributes, comment }] of before.roles) {
    if (!isOurs(name)) continue;
    const current = now.roles.get(name);
    if (!current) undo.notes.push(`The role ${name} was dropped or renamed by the migrations and cannot be put back.`);
    if (current && current.attributes !== attributes)
      await undo.run(`ALTER ROLE ${quote(name)} ${attributes}`, `The role ${name}`, 'given back its attributes');
    if (current && current.comment !== comment)
      await undo.run(
        `COMMENT ON ROLE ${quote(name)} IS ${literal(comment)}`,
        `The role ${name}`,
        'given back its comment',
      );
  }
}
