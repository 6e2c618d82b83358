import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';

export const rule: Rule = {
  id: 'protected-table',
  severity: 'error',
  what: 'A table that the setting `protected` names is dropped, truncated, renamed, moved, detached, or loses a column.',
  why: 'Somebody decided that no migration may do that.',
  instead: 'Leave the table as it is, or take it out of `protected` in a change of its own.',
  sources: ['Lockkeeper, setting `protected`'],
  waivable: false,
  statement: {
    check(facts, world) {
      const touched = new Set(
        [...facts.observation.locks, ...facts.observation.held]
          .filter(({ table, atBase }) => !table && atBase)
          .map(({ relation }) => relation),
      );
      return [...touched].filter(world.isProtected).flatMap((table) => {
        const harm = harmTo(table, facts, world);
        return harm ? [{ message: `${table} is protected, and this ${harm}.`, relations: [table] }] : [];
      });
    },
  },
};

/** What the statement does to the table, from what it says and what is there at the end. */
function harmTo(
  table: string,
  { statement, observation }: StatementFacts,
  { before, after, changes }: World,
): string | undefined {
  const own = observation.locks.some(({ relation, mode }) => relation === table && mode === 'AccessExclusiveLock');
  const text = JSON.stringify(statement.node);
  if (statement.kind === 'TruncateStmt' && own) return 'truncates it';
  if (
    statement.kind === 'DropStmt' &&
    own &&
    objectsOf(before, 'table').has(table) &&
    !objectsOf(after, 'table').has(table)
  ) {
    return changes.some(({ action, from }) => action === 'renamed' && from === table) ? undefined : 'drops it';
  }
  if (statement.kind === 'RenameStmt' && /"renameType":"OBJECT_(TABLE|COLUMN)"/.test(text))
    return text.includes('OBJECT_COLUMN') ? 'renames a column of it' : 'renames it';
  if (statement.kind === 'AlterObjectSchemaStmt') return 'moves it to another schema';
  if (text.includes('"subtype":"AT_DropColumn"')) return 'takes a column from it';
  if (text.includes('"subtype":"AT_DetachPartition"')) return 'detaches a partition of it';
  return undefined;
}
