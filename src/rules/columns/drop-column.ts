import type { Rule, World } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { alteredInUse } from '../effect.ts';

export const rule: Rule = {
  id: 'drop-column',
  severity: 'error',
  what: 'A column of a table that is in use is dropped.',
  why: 'Its data is gone, and with it the constraints and indexes it is part of; code that still names it fails, and an ORM names every column.',
  instead: 'First ship code that does not name the column any more, then drop it in a later release.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE',
    'strong_migrations remove_column',
    'squawk ban-drop-column',
    'atlas DS103',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const table = alteredInUse(facts);
      if (!table) return [];
      return alterCommands(facts.statement, 'AT_DropColumn').flatMap(({ name = '' }) => {
        const gone = lostWith(table.name, name, world);
        const also = gone.length > 0 ? ` With it go ${gone.join(', ')}.` : '';
        return [
          {
            message: `Dropping ${name} deletes its data in ${table.name}, and running code that names it fails.${also}`,
            relations: [table.name],
            instead: {
              text: `Release code that does not use ${name} first; then drop it, and say so in a waiver: -- lockkeeper:allow drop-column because no code uses it since …`,
            },
          },
        ];
      });
    },
  },
};

/** Constraints and indexes of the base that have the column and are not there afterwards. */
function lostWith(table: string, column: string, { before, after }: World): string[] {
  const kept = new Set(after.objects.map(({ kind, id }) => `${kind} ${id}`));
  return before.objects.flatMap((object) => {
    if (object.kind !== 'constraint' && object.kind !== 'index') return [];
    if (object.table !== table || !object.columns.includes(column) || kept.has(`${object.kind} ${object.id}`))
      return [];
    if (object.kind === 'index') return object.constraint === undefined ? [`the index ${object.name}`] : [];
    return [`the ${object.type} constraint ${object.name}`];
  });
}
