import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { addedKind, typeText } from '../column.ts';
import { alteredInUse, blockingOf, isRewritten } from '../effect.ts';

export const rule: Rule = {
  id: 'add-domain-column',
  severity: 'error',
  what: 'A column is added whose type is a domain with a CHECK.',
  why: 'PostgreSQL rewrites the whole table for it, even without a default.',
  instead: 'Give the column the base type, and add the check as NOT VALID, to be validated afterwards.',
  sources: ['PostgreSQL source, ATExecAddColumn; measured on 12 to 18'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts) {
      const table = alteredInUse(facts);
      if (!table) return [];
      return alterCommands(facts.statement, 'AT_AddColumn').flatMap((command) => {
        const column = command.name ?? '';
        if (!(addedKind(command) === 'plain' && isRewritten(table.name, facts.observation))) return [];
        const blocking = blockingOf(table.name, facts.observation);
        return [
          {
            message: `Adding ${column} of the domain ${typeText(command, facts.statement)} rewrites ${table.name}, as the domain has a check.`,
            relations: [table.name],
            ...(blocking && { blocking }),
            instead: { text: 'Use the base type, add the check with NOT VALID, and validate it in a later migration.' },
          },
        ];
      });
    },
  },
};
