import type { Rule } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { droppedOnTable } from '../dropped.ts';
import { costs, observed } from '../observed.ts';

export const rule: Rule = {
  id: 'drop-trigger',
  severity: 'notice',
  what: 'A trigger of a table that is in use is dropped, and not created again.',
  why: 'What it did no longer happens: values are not filled in, copies and logs not kept. The table is locked against reads and writes for a moment.',
  instead: 'See that nobody counts on it any more; set a lock_timeout.',
  sources: [
    'PostgreSQL documentation, DROP TRIGGER',
    'pgfence: drop-trigger',
    'postgres-language-server: ban_drop_trigger',
  ],
  statement: {
    kinds: ['DropStmt'],
    check(facts, world) {
      const { object, table } = droppedOnTable(facts, objectsOf(world.before, 'trigger').values(), world) ?? {};
      if (!object || !table || objectsOf(world.after, 'trigger').has(object.id)) return [];
      const message = `${object.name} no longer runs ${object.function} when ${table.name} is written.`;
      return [{ message, ...costs(observed(table, facts, world)) }];
    },
  },
};
