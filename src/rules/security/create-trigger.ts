import type { Relation } from '../../model/observation.ts';
import type { Rule, World } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
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
      if (!table || (node.replace && isKept(table, node.trigname ?? '', world))) return [];
      const message = `What writes to ${table.name} runs ${printName(nameOfList(node.funcname))} from then on.`;
      return [{ message, ...costs(observed(table, facts, world)) }];
    },
  },
};

/** OR REPLACE changed nothing: the base has the same trigger, and it is on. */
function isKept({ oid }: Relation, name: string, { before, after }: World): boolean {
  const [old, now] = [before, after].map((snapshot) => {
    const on = snapshot.objects.find((each) => each.oid === oid && (each.kind === 'table' || each.kind === 'view'));
    return [...objectsOf(snapshot, 'trigger').values()].find((each) => each.table === on?.id && each.name === name);
  });
  return old !== undefined && old.enabled !== 'disabled' && old.definition === now?.definition;
}
