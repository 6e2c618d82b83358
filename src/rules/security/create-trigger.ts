import type { Rule } from '../../model/rule.ts';
import { nameOf, nameOfList, printName } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { costs, observed } from '../observed.ts';

export const rule: Rule = {
  id: 'create-trigger',
  severity: 'notice',
  what: 'A trigger is created on a table that is in use.',
  why: 'From then on every write runs its function, which costs time and may refuse what running code does; writes wait for a moment while it is created.',
  instead: 'See that the function is quick and lets through what running code writes; set a lock_timeout.',
  sources: ['PostgreSQL documentation, CREATE TRIGGER', 'pgfence: create-trigger', 'pgsafe: add-trigger'],
  statement: {
    kinds: ['CreateTrigStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'CreateTrigStmt');
      const table = node && inUse(facts, nameOf(node.relation));
      if (!table) return [];
      const message = `What writes to ${table.name} runs ${printName(nameOfList(node.funcname))} from then on.`;
      return [{ message, ...costs(observed(table, facts, world)) }];
    },
  },
};
