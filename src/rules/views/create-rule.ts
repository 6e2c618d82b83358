import type { Rule } from '../../model/rule.ts';
import { nameOf } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { costs, observed } from '../observed.ts';

export const rule: Rule = {
  id: 'create-rule',
  severity: 'notice',
  what: 'A rule is created on a table or view that is in use.',
  why: 'From then on statements are rewritten before they run, with surprises for functions that are called twice, and for RETURNING; the table is locked against reads and writes for a moment.',
  instead: 'A trigger does what most rules are for, and is easier to understand.',
  sources: ['PostgreSQL documentation, 39.7 "Rules Versus Triggers"'],
  statement: {
    kinds: ['RuleStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'RuleStmt');
      const table = node && inUse(facts, nameOf(node.relation));
      if (!table) return [];
      const event = node.event?.replace('CMD_', '') ?? 'statement';
      const message = `Every ${event} on ${table.name} is rewritten by ${node.rulename} from then on.`;
      return [
        { message, ...costs(observed(table, facts, world)), instead: { text: 'A trigger is easier to understand.' } },
      ];
    },
  },
};
