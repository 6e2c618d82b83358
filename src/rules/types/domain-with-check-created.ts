import type { Rule } from '../../model/rule.ts';
import { nameOfList, printName } from '../../postgres/syntax/names.ts';
import { read, readAll } from '../../postgres/syntax/node.ts';

export const rule: Rule = {
  id: 'domain-with-check-created',
  severity: 'notice',
  what: 'A domain with a CHECK is created.',
  why: 'A column of the domain that is added later rewrites its table, and a changed check reads every table that uses the domain, while nobody can write to them.',
  instead:
    'Use the base type with a CHECK on the table, which can be added as NOT VALID and validated while others write.',
  sources: ['squawk: ban-create-domain-with-constraint', 'measured on 12 to 18'],
  statement: {
    kinds: ['CreateDomainStmt'],
    check({ statement }) {
      const node = read(statement.node, 'CreateDomainStmt');
      const checked = readAll(node?.constraints, 'Constraint').some(({ contype }) => contype === 'CONSTR_CHECK');
      const name = printName(nameOfList(node?.domainname));
      return checked
        ? [
            {
              message: `${name} has a check: adding a column of it, or changing the check, will be expensive for big tables.`,
            },
          ]
        : [];
    },
  },
};
