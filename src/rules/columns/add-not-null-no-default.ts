import type { Rule } from '../../model/rule.ts';
import { alterCommands, columnConstraints } from '../../postgres/syntax/alter-table.ts';
import { addedKind } from '../column.ts';
import { alteredInUse } from '../effect.ts';

export const rule: Rule = {
  id: 'add-not-null-no-default',
  severity: 'error',
  what: 'A column is added as NOT NULL without a default.',
  why: 'It fails as soon as the table has a row, and what inserts without the column fails from then on.',
  instead: 'Give it a default, or add it as nullable, fill it, and make it NOT NULL afterwards.',
  sources: ['PostgreSQL documentation, ALTER TABLE', 'atlas MF103', 'squawk adding-required-field'],
  covers: ['migration-fails'],
  statement: {
    kinds: ['AlterTableStmt'],
    failed: true,
    check(facts) {
      const table = alteredInUse(facts);
      if (!table || facts.observation.error?.sqlstate !== '23502') return [];
      return alterCommands(facts.statement, 'AT_AddColumn').flatMap((command) => {
        const required = columnConstraints(command).some(
          ({ contype }) => contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_PRIMARY',
        );
        if (!required || addedKind(command) !== 'plain') return [];
        const column = command.name ?? '';
        return [
          {
            message: `Adding ${column} as NOT NULL without a default fails on ${table.name}, which has rows (SQLSTATE 23502).`,
            relations: [table.name],
            instead: {
              text: `Give ${column} a constant default, which costs no rewrite, or add it as nullable, fill it in batches, then SET NOT NULL.`,
            },
          },
        ];
      });
    },
  },
};
