import type { Rule } from '../../model/rule.ts';
import { nameOfList, printName } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { blockedTables, keptFrom, keptOut } from '../locks.ts';

export const rule: Rule = {
  id: 'domain-add-check',
  severity: 'error',
  what: 'ALTER DOMAIN … ADD CONSTRAINT without NOT VALID, or VALIDATE CONSTRAINT, for a domain that tables in use have.',
  why: 'It holds SHARE on every table with a column of the domain while it reads all their rows: nobody writes. Validating a NOT VALID constraint later takes the same lock.',
  instead:
    'Add the constraint NOT VALID and leave it so: new values are checked. Or put a CHECK on each table: NOT VALID, then VALIDATE, which lets everybody write.',
  sources: [
    'PostgreSQL documentation, ALTER DOMAIN, "Notes"',
    'squawk: ban-alter-domain-with-add-constraint',
    'pgsafe',
  ],
  statement: {
    kinds: ['AlterDomainStmt'],
    check({ statement, observation }) {
      const node = read(statement.node, 'AlterDomainStmt');
      const blocked = blockedTables(observation);
      const tables = blocked.map((each) => each.table);
      if (!node || !['C', 'V'].includes(node.subtype ?? '') || tables.length === 0) return [];
      const name = printName(nameOfList(node.typeName));
      return [
        {
          message: `Checking the domain ${name} keeps ${keptFrom(blocked)} ${tables.join(', ')} waiting while every row is read.`,
          relations: tables,
          blocking: { what: keptOut(blocked), during: 'scan' },
          instead: {
            text: `ALTER DOMAIN ${name} ADD CONSTRAINT … CHECK (…) NOT VALID checks new values at once and reads nothing; to check old rows too, give each table a CHECK that is NOT VALID, and VALIDATE it.`,
          },
        },
      ];
    },
  },
};
