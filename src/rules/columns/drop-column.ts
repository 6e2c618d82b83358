import type { Relation } from '../../model/observation.ts';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import type { Constraint, SchemaObject, View } from '../../model/schema.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { mentions } from '../../postgres/syntax/text.ts';
import { called, droppedRelations } from '../dropped.ts';
import { alteredInUse } from '../in-use.ts';
import { isNewColumn } from '../new-column.ts';
import { columnsBefore, nameBefore, tableBefore } from '../schema.ts';

export const rule: Rule = {
  id: 'drop-column',
  severity: 'error',
  what: 'A column of a table that is in use is dropped.',
  why: 'Its data is gone, and with it the constraints and indexes it is part of; code that still names it fails, and an ORM names every column.',
  instead: 'First ship code that does not name the column any more, then drop it in a later release.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, DROP COLUMN',
    'strong_migrations: remove_column',
    'squawk: ban-drop-column',
    'atlas: DS103',
    'pg-migration-lint: PGM009 to PGM012',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const table = alteredInUse(facts);
      if (!table) return [];
      return alterCommands(facts.statement, 'AT_DropColumn').flatMap(({ name = '', node }) => {
        if (isNewColumn(table, name, facts, world) || (node.missing_ok && !columnsBefore(table, world).has(name)))
          return [];
        const gone = lostWith(table, name, facts, world).map(called);
        const also = gone.length > 0 ? ` With it ${gone.length === 1 ? 'goes' : 'go'} ${gone.join(', ')}.` : '';
        return [
          {
            message: `Dropping ${name} deletes its data in ${nameBefore(table, world)}, and running code that names it fails.${also}`,
            relations: [table.name],
            instead: {
              text: `Release code that does not use ${name} first. Then drop it with a comment above: -- lockkeeper:allow drop-column because no code uses ${name} any more`,
            },
          },
        ];
      });
    },
  },
};

/** What the base had on the column, or what depends on it, and the statement took away. */
function lostWith(table: Relation, column: string, facts: StatementFacts, world: World): SchemaObject[] {
  const { observation } = facts;
  const on = tableBefore(table, world)?.id;
  const dropped = droppedRelations(observation, world).filter(
    (each) =>
      (each.kind === 'view' && isLostWith(each, column, facts)) ||
      (each.kind === 'sequence' && each.ownedBy === `${on}.${column}`) ||
      (each.kind === 'index' &&
        each.table === on &&
        each.constraint === undefined &&
        mentions(each.definition, column)),
  );
  const locked = new Set([...observation.locks, ...observation.held].map(({ relation }) => relation));
  const kept = new Set(world.after.objects.map(({ oid, kind }) => `${kind} ${oid}`));
  const constraints = world.before.objects.filter(
    (each): each is Constraint =>
      each.kind === 'constraint' && (each.table === on ? each.columns.includes(column) : pointsTo(each, on, column)),
  );
  const gone = constraints.filter(({ oid, index, table: owner, references }) => {
    const touched = [index, references && owner === on ? references.table : owner].every(
      (name) => name === undefined || locked.has(name),
    );
    return touched && !kept.has(`constraint ${oid}`);
  });
  return [...gone, ...dropped];
}

/** A view on another view names no column of the table: it is told with all of them. */
function isLostWith({ definition }: View, column: string, { statement }: StatementFacts): boolean {
  const names = alterCommands(statement, 'AT_DropColumn').map(({ name = '' }) => name);
  return mentions(definition, column) || !names.some((name) => mentions(definition, name));
}

function pointsTo({ references }: Constraint, table: string | undefined, column: string): boolean {
  return references !== undefined && references.table === table && references.columns.includes(column);
}
