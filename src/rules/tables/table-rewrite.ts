import type { AlterTableType } from '@pgsql/types';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { blockedTables } from '../blocked.ts';
import { addedColumns } from '../column.ts';
import { observedAlter } from '../observed.ts';

export const rule: Rule = {
  id: 'table-rewrite',
  severity: 'error',
  what: 'A statement writes a table that is in use anew, for a reason that no other rule tells: in a DO block, a function, or an event trigger.',
  why: 'Nobody can read or write the table meanwhile.',
  instead: 'Do it in a maintenance window, or move the rows to a new table step by step.',
  sources: ['PostgreSQL documentation, ALTER TABLE, Notes', 'measured on 12 to 18'],
  statement: {
    check(facts, world) {
      if (isTold(facts, world)) return [];
      const rewritten = blockedTables(facts.observation).filter((each) => each.rewritten);
      return rewritten.map(({ table }) => ({
        message: `The statement rewrites ${table} and its indexes.`,
        relations: [table],
        blocking: { what: 'reads and writes', during: 'rewrite' },
      }));
    },
  },
};

/** Actions whose rewrite a rule of their own tells. */
const told: readonly AlterTableType[] = [
  'AT_AlterColumnType',
  'AT_SetExpression',
  'AT_SetLogged',
  'AT_SetUnLogged',
  'AT_SetAccessMethod',
  'AT_SetTableSpace',
];

function isTold(facts: StatementFacts, world: World): boolean {
  if (['TruncateStmt', 'VacuumStmt', 'ClusterStmt', 'RefreshMatViewStmt'].includes(facts.statement.kind)) return true;
  return alterCommands(facts.statement, ...told).length > 0 || addsRewriting(facts, world);
}

function addsRewriting(facts: StatementFacts, world: World): boolean {
  const seen = observedAlter(facts, world);
  return seen !== undefined && addedColumns(facts, world, seen).some(({ kind }) => kind !== 'plain');
}
