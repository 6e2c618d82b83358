import type { Node } from '@pgsql/types';
import type { Statement } from '../../model/statement.ts';

/** Why a statement is not run, in one sentence; undefined when it may. */
export type Refusal = (statement: Statement) => string | undefined;

/** What is not run on a server. */
export interface Refusals {
  readonly of: Refusal;
  /** A text without any of these words holds no statement that is refused. */
  readonly words: RegExp;
}

/** What is there on a server before the first migration runs. */
export interface Existing {
  readonly roles: { has(name: string): boolean };
  readonly databases: { has(name: string): boolean };
}

/**
 * What is not run on any server: what reaches out to another server, and what names a database that is not there where
 * migrations are rehearsed, such as production's by its name.
 */
export function refusalsAnywhere({ databases }: Existing): Refusals {
  const of: Refusal = ({ kind, node }) => {
    if (/SubscriptionStmt$/.test(kind)) return 'It was not run: it would reach out to another server.';
    const name = databaseIn(kind, body(node));
    return name === undefined || databases.has(name)
      ? undefined
      : `It was not run: the database ${name}, which it names, is not there where migrations are rehearsed.`;
  };
  return { of, words: /\b(subscription|database)\b/i };
}

/**
 * What is not run on a lent server besides: everything that changes what was there before and belongs to others. Roles
 * that exist there are taken as they are: they are neither created, changed nor dropped.
 */
export function refusalsOnLent(existing: Existing): Refusals {
  const anywhere = refusalsAnywhere(existing);
  const of: Refusal = (statement) => {
    const { kind, node } = statement;
    const general = anywhere.of(statement);
    if (general) return general;
    if (changesServer(kind, body(node)) || callsForServer(statement)) return wholeServer;
    if (databaseIn(kind, body(node)) !== undefined) return wholeServer;
    const role = roleChangedBy(kind, body(node), existing) ?? roleChangedInside(statement, existing);
    return role === undefined
      ? undefined
      : `It was not run: it concerns ${role}, which this lent server had before, and which is left as it is.`;
  };
  return { of, words: wordsOfServers };
}

const wordsOfServers =
  /\b(role|user|group|owned|database|system|tablespace|subscription|copy|grant|revoke)\b|\bpg_\w+\s*\(/i;

const wholeServer = 'It was not run: it changes the whole server, and this one is lent.';

type Fields = Readonly<Record<string, unknown>>;

function body(node: Node): Fields {
  return (Object.values(node)[0] ?? {}) as Fields;
}

const sharedObjects = ['OBJECT_DATABASE', 'OBJECT_TABLESPACE', 'OBJECT_PARAMETER_ACL'];

function changesServer(kind: string, node: Fields): boolean {
  if (/^(AlterSystem|Createdb|Dropdb|CreateTableSpace|DropTableSpace|AlterTableSpaceOptions)Stmt$/.test(kind))
    return true;
  if (kind === 'CopyStmt') return node.is_program === true || (node.filename !== undefined && node.is_from !== true);
  return [node.objtype, node.objectType, node.renameType].some((type) => sharedObjects.includes(String(type)));
}

/** The database that a statement changes by name. */
function databaseIn(kind: string, node: Fields): string | undefined {
  if (/^AlterDatabase/.test(kind)) return String(node.dbname);
  if (kind === 'AlterRoleSetStmt' && node.database) return String(node.database);
  if (kind === 'RenameStmt' && node.renameType === 'OBJECT_DATABASE') return String(node.subname);
  if (![node.objtype, node.objectType].includes('OBJECT_DATABASE')) return undefined;
  const [first] = kind === 'GrantStmt' ? (node.objects as Node[]) : [node.object as Node];
  return first && 'String' in first ? first.String.sval : undefined;
}

/** Functions that act on the server rather than on the database (documentation, chapter 9.28). */
const serverFunctions =
  /\bpg_(terminate_backend|cancel_backend|reload_conf|rotate_logfile|switch_wal|promote|create_restore_point|(backup|wal_replay)_\w+|(start|stop)_backup|(create|copy)_(physical|logical)_replication_slot|drop_replication_slot|replication_\w+)\s*\(/i;

function callsForServer({ kind, sql }: Statement): boolean {
  return ['SelectStmt', 'DoStmt', 'CallStmt', 'InsertStmt', 'ExecuteStmt'].includes(kind) && serverFunctions.test(sql);
}

/** The role of others that a statement changes, in words; undefined when there is none. */
function roleChangedBy(kind: string, node: Fields, { roles }: Existing): string | undefined {
  const had = (each: Node | undefined) => nameOf(each, roles);
  switch (kind) {
    case 'CreateRoleStmt':
      return roles.has(String(node.role)) ? `the role ${node.role}` : undefined;
    case 'AlterRoleStmt':
      return had({ RoleSpec: node.role as object });
    case 'AlterRoleSetStmt':
      return node.role ? had({ RoleSpec: node.role as object }) : 'all roles';
    case 'DropRoleStmt':
    case 'DropOwnedStmt':
    case 'ReassignOwnedStmt':
      return (node.roles as Node[]).map(had).find((each) => each !== undefined);
    case 'RenameStmt':
      return node.renameType === 'OBJECT_ROLE' && roles.has(String(node.subname))
        ? `the role ${node.subname}`
        : undefined;
    case 'CommentStmt':
    case 'SecLabelStmt':
      return node.objtype === 'OBJECT_ROLE' ? had(node.object as Node) : undefined;
    case 'GrantRoleStmt':
      return membershipOf(node, had);
    default:
      return undefined;
  }
}

/** Memberships of a role that the migrations create go with it. */
function membershipOf(node: Fields, had: (each: Node | undefined) => string | undefined): string | undefined {
  const group = (node.granted_roles as Node[]).map(had).find((each) => each !== undefined);
  const member = (node.grantee_roles as Node[]).map(had).find((each) => each !== undefined);
  return group && member ? `${group} and ${member}` : undefined;
}

function nameOf(node: Node | undefined, roles: Existing['roles']): string | undefined {
  if (!node) return undefined;
  if ('RoleSpec' in node && node.RoleSpec.roletype !== 'ROLESPEC_CSTRING') return 'the role that is connected';
  const name =
    'RoleSpec' in node
      ? node.RoleSpec.rolename
      : 'AccessPriv' in node
        ? node.AccessPriv.priv_name
        : 'String' in node
          ? node.String.sval
          : undefined;
  return name !== undefined && roles.has(name) ? `the role ${name}` : undefined;
}

/** ALTER and DROP inside a code block, also as text that it executes: the role's name, or how the text goes on. */
const inside =
  /\b(?:alter|drop)\s+(?:role|user(?!\s+mapping)|group)\s+(?:if\s+exists\s+)?(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*))?/giu;

function roleChangedInside({ kind, sql }: Statement, { roles }: Existing): string | undefined {
  if (kind !== 'DoStmt') return undefined;
  for (const [, quoted, plain] of sql.matchAll(inside)) {
    const name = quoted?.replaceAll('""', '"') ?? plain?.toLowerCase();
    if (name === undefined || /^(all|current_user|session_user|current_role)$/.test(name))
      return 'roles named only as it runs';
    if (roles.has(name)) return `the role ${name}`;
  }
  return undefined;
}
