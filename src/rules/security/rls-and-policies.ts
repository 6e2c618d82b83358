import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { read } from '../../postgres/syntax/node.ts';

export const rule: Rule = {
  id: 'rls-and-policies',
  severity: 'notice',
  what: 'Row level security or a policy of a table that is in use changes.',
  why: 'Who may see or change which rows is different afterwards, and the table is locked against reads and writes for a moment.',
  instead: 'Have it reviewed by who knows the roles; set a lock_timeout.',
  sources: ['PostgreSQL documentation, 5.9', 'stripe/pg-schema-diff AUTHZ_UPDATE'],
  statement: {
    kinds: ['CreatePolicyStmt', 'AlterPolicyStmt', 'DropStmt', 'AlterTableStmt'],
    check(facts) {
      const { statement, observation } = facts;
      const drops = read(statement.node, 'DropStmt')?.removeType === 'OBJECT_POLICY';
      const switches =
        alterCommands(
          statement,
          'AT_EnableRowSecurity',
          'AT_DisableRowSecurity',
          'AT_ForceRowSecurity',
          'AT_NoForceRowSecurity',
        ).length > 0;
      if (!drops && !switches && !/PolicyStmt$/.test(statement.kind)) return [];
      const tables = observation.locks.filter(
        ({ mode, atBase, table }) => mode === 'AccessExclusiveLock' && atBase && table === undefined,
      );
      return tables.map(({ relation }) => ({
        message: `Who may see or change rows of ${relation} is different afterwards.`,
        relations: [relation],
        blocking: { what: 'reads and writes', during: 'moment' },
      }));
    },
  },
};
