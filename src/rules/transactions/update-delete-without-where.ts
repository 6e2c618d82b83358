import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import { type ChangedRows, changedRows } from '../../postgres/syntax/changed-rows.ts';
import { inBatches } from '../changed-rows.ts';
import { inUse } from '../in-use.ts';

export const rule: Rule = {
  id: 'update-delete-without-where',
  severity: 'warning',
  what: 'An UPDATE or DELETE has no WHERE, or one that every row passes, on a table that is in use.',
  why: 'UPDATE writes every row anew and keeps all of them locked until its transaction ends; DELETE, which is an error here, leaves nothing.',
  instead: 'Change rows in batches that commit, outside the migration; say by WHERE which rows are meant.',
  sources: [
    'pgfence: delete-without-where, update-in-migration',
    'postgres-language-server: ban_delete_without_where, ban_update_without_where',
    'pg-migration-lint: PGM302 and PGM303',
  ],
  statement: {
    kinds: ['UpdateStmt', 'DeleteStmt', 'InsertStmt', 'SelectStmt', 'CreateTableAsStmt', 'MergeStmt'],
    check(facts, world) {
      return changedRows(facts.statement).flatMap((changed) => (changed.where ? [] : problems(changed, facts, world)));
    },
  },
};

function problems(changed: ChangedRows, facts: StatementFacts, world: World): Problem[] {
  const table = inUse(facts, changed.table);
  if (!table) return [];
  const relations = [table.name];
  if (changed.verb === 'DELETE') {
    const text = 'Say by WHERE which rows are meant; delete many in batches that commit, outside the migration.';
    return [{ message: `DELETE takes all rows of ${table.name}.`, relations, severity: 'error', instead: { text } }];
  }
  const message = `UPDATE writes every row of ${table.name} anew, and all of them stay locked until its transaction ends.`;
  const migrations = inBatches(changed, table, facts, world);
  const text = 'Change rows in batches that commit, by ranges of the key, outside the migration.';
  return [{ message, relations, instead: migrations ? { text: world.outsideTransaction, migrations } : { text } }];
}
