import type { Rule } from '../../model/rule.ts';
import type { Constraint } from '../../model/schema.ts';
import { alterText } from '../../postgres/syntax/alter-table.ts';
import { printIdentifier } from '../../postgres/syntax/names.ts';
import { costs } from '../observed.ts';
import { checksOf, type Retyped, retypedColumns } from '../retyped.ts';
import { inTransaction, type Steps } from '../steps.ts';

export const rule: Rule = {
  id: 'type-rescans-check',
  severity: 'error',
  what: 'A column that a CHECK speaks of gets another type, though one that costs no rewrite.',
  why: 'The check is made anew and tried on every row, while nobody can read or write the table.',
  instead:
    'Drop the check, change the type, and add the check again as NOT VALID in one statement; validate it in a later migration.',
  sources: [
    'PostgreSQL source, tablecmds.c, ATPostAlterTypeCleanup; measured on 12 to 18',
    'strong_migrations: change_column',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      return retypedColumns(facts, world).flatMap((retyped) => {
        const { observed, name } = retyped;
        const checks = checksOf(retyped, world);
        if (observed.rewritten.length > 0 || observed.scanned.length === 0 || checks.length === 0) return [];
        const migrations = retyped.column && steps(retyped, checks);
        return [
          {
            message: `Changing ${name} tries ${checks.map((check) => check.name).join(', ')} again on every row of ${observed.table.name}.`,
            ...costs(observed),
            instead: {
              text: 'The check is validated afterwards, while others read and write.',
              ...(migrations && { migrations }),
            },
          },
        ];
      });
    },
  },
};

function steps({ facts }: Retyped, checks: readonly Constraint[]): Steps | undefined {
  const text = alterText(facts.statement);
  if (!text || checks.some(({ inherited }) => inherited)) return undefined;
  const names = checks.map(({ name }) => printIdentifier(name));
  const drops = names.map((name) => `DROP CONSTRAINT ${name}`);
  const adds = checks.map(({ definition }, index) => `ADD CONSTRAINT ${names[index]} ${definition} NOT VALID`);
  return [
    inTransaction(`${text.head} ${[...drops, ...text.commands, ...adds].join(', ')};`),
    inTransaction(...names.map((name) => `${text.head} VALIDATE CONSTRAINT ${name};`)),
  ];
}
