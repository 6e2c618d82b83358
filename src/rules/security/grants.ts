import type { GrantStmt } from '@pgsql/types';
import type { Rule } from '../../model/rule.ts';
import { read, readAll } from '../../postgres/syntax/node.ts';

export const rule: Rule = {
  id: 'grants',
  severity: 'notice',
  what: 'Privileges on tables, sequences or schemas are granted to PUBLIC, or on everything in a schema at once.',
  why: 'PUBLIC is every role there is and every one to come; a grant on everything reaches tables that nobody thought of.',
  instead: 'Grant what is needed, by name, to roles that need it.',
  sources: ['PostgreSQL documentation, 5.8 "Privileges"', 'safe-migrate: overbroad-grant'],
  statement: {
    kinds: ['GrantStmt', 'AlterDefaultPrivilegesStmt'],
    check({ statement: { node } }) {
      const later = read(node, 'AlterDefaultPrivilegesStmt')?.action;
      const grant = later ?? read(node, 'GrantStmt');
      if (!grant?.is_grant || !sensitive.includes(grant.objtype ?? '')) return [];
      const rights = readAll(grant.privileges, 'AccessPriv').map(({ priv_name }) => (priv_name ?? 'all').toUpperCase());
      const what = rights.length > 0 ? rights.join(', ') : 'ALL PRIVILEGES';
      if (isPublic(grant)) {
        const reach = later ? ' on all that is created later' : '';
        return [{ message: `Every role, also those to come, gets ${what}${reach}.` }];
      }
      const broad = grant.targtype === 'ACL_TARGET_ALL_IN_SCHEMA' && what === 'ALL PRIVILEGES';
      return broad ? [{ message: 'ALL PRIVILEGES are granted on everything that the schema holds.' }] : [];
    },
  },
};

/** Functions, types and languages are PUBLIC's by default. */
const sensitive = ['OBJECT_TABLE', 'OBJECT_SEQUENCE', 'OBJECT_SCHEMA', 'OBJECT_COLUMN', 'OBJECT_DATABASE'];

function isPublic({ grantees }: GrantStmt): boolean {
  return readAll(grantees, 'RoleSpec').some(({ roletype }) => roletype === 'ROLESPEC_PUBLIC');
}
