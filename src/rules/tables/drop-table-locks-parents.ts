import type { Rule } from '../../model/rule.ts';
import { type Constraint, objectsOf } from '../../model/schema.ts';
import { printId, printIdentifier } from '../../postgres/syntax/names.ts';
import { droppedRelations } from '../dropped.ts';
import { lockedOut, momentary } from '../locks.ts';
import { inTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'drop-table-locks-parents',
  severity: 'warning',
  what: 'A table is dropped whose foreign keys refer to tables that stay.',
  why: 'DROP TABLE locks each of them against reads and writes, all at once, until the transaction ends. With a lock_timeout it is a notice.',
  instead: 'Drop the foreign keys first, each in a migration of its own, with a lock_timeout.',
  sources: ['online_migrations: drop_table_multiple_foreign_keys', 'measured on 12 to 18'],
  statement: {
    kinds: ['DropStmt'],
    check(facts, world) {
      const dropped = new Set(droppedRelations(facts.observation, world).map(({ id }) => id));
      const keys = [...objectsOf(world.before, 'constraint').values()].filter(({ table }) => dropped.has(table));
      const locked = lockedOut(facts).filter((table) => !dropped.has(table));
      const binding = keys.filter(({ references }) => references && locked.includes(references.table));
      const parents = [...new Set(binding.flatMap(({ references }) => references?.table ?? []))];
      if (parents.length === 0) return [];
      const text = 'Set a lock_timeout before it, and try again when it ends.';
      return [
        {
          message: `Dropping ${tablesOf(binding).join(', ')} also locks ${parents.join(', ')} against reads and writes, as foreign keys refer there.`,
          relations: parents,
          severity: momentary(facts),
          blocking: { what: 'reads and writes', during: 'moment' },
          instead: parents.length > 1 ? { text, migrations: keyByKey(binding, facts.statement.sql) } : { text },
        },
      ];
    },
  },
};

function tablesOf(keys: readonly Constraint[]): string[] {
  return [...new Set(keys.map(({ table }) => table))];
}

function keyByKey(keys: readonly Constraint[], drop: string) {
  const drops = keys.map(
    ({ table, name }) => `ALTER TABLE ${printId(table)} DROP CONSTRAINT ${printIdentifier(name)};`,
  );
  return [...drops, `${drop};`].map((sql) => inTransaction(sql));
}
