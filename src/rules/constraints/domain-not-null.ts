import type { Rule } from '../../model/rule.ts';
import { nameOfList, printName } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { blockedTables, keptFrom, keptOut } from '../locks.ts';

export const rule: Rule = {
  id: 'domain-not-null',
  severity: 'error',
  what: 'ALTER DOMAIN … SET NOT NULL for a domain that tables in use have.',
  why: 'It holds SHARE on every table with a column of the domain while it reads all their rows: nobody writes, and it has no NOT VALID form.',
  instead: 'Make the columns NOT NULL instead, one by one, in the steps of set-not-null-scan.',
  sources: ['PostgreSQL documentation, ALTER DOMAIN, "Notes"', 'pgsafe: add-domain-not-null'],
  statement: {
    kinds: ['AlterDomainStmt'],
    check({ statement, observation }) {
      const node = read(statement.node, 'AlterDomainStmt');
      const blocked = blockedTables(observation);
      const tables = blocked.map((each) => each.table);
      if (node?.subtype !== 'O' || tables.length === 0) return [];
      const name = printName(nameOfList(node.typeName));
      return [
        {
          message: `Making the domain ${name} NOT NULL keeps ${keptFrom(blocked)} ${tables.join(', ')} waiting while every row is read.`,
          relations: tables,
          blocking: { what: keptOut(blocked), during: 'scan' },
          instead: { text: `Leave the domain ${name} nullable, and make its columns NOT NULL one by one.` },
        },
      ];
    },
  },
};
