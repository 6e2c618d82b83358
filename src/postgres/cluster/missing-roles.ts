import type { Migration } from '../../model/migration.ts';
import type { Statement } from '../../model/statement.ts';
import { batchesOf } from '../batches.ts';
import { rolesPerhapsCreatedBy } from './names.ts';

const words = /\b(grant|revoke|owner|owned|role|user|group|policy|authorization|privileges)\b/i;

/** Whether a text may name roles. */
export function namesRoles(text: string): boolean {
  return words.test(text);
}

/**
 * Roles that migrations name and none of them creates: on production somebody made them by hand, or the migrations
 * would not have been applied there.
 */
export async function missingRoles(
  migrations: readonly Migration[],
  there: { has(name: string): boolean },
): Promise<string[]> {
  const created = new Set<string>();
  const named = new Set<string>();
  for (const migration of migrations) {
    if (!namesRoles(migration.up.text)) continue;
    for (const statement of (await batchesOf(migration)).flatMap(({ statements }) => statements)) {
      collect(statement.node, named);
      for (const role of createdBy(statement)) created.add(role);
    }
  }
  return [...named].filter((name) => !there.has(name) && !created.has(name) && !name.startsWith('pg_'));
}

/** Of a code block everything that may be the name of a role that it creates. */
function createdBy({ node, sql }: Statement): Iterable<string> {
  if ('CreateRoleStmt' in node) return [node.CreateRoleStmt.role ?? ''];
  return rolesPerhapsCreatedBy(sql);
}

/** Every RoleSpec of a parse tree that is a name, not CURRENT_USER or PUBLIC. */
function collect(node: Statement['node'], into: Set<string>): void {
  JSON.stringify(node, (_, value: unknown) => {
    const { roletype, rolename } = (value ?? {}) as { roletype?: string; rolename?: string };
    if (roletype === 'ROLESPEC_CSTRING' && rolename !== undefined) into.add(rolename);
    return value;
  });
}
