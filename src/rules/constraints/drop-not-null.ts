import type { Relation } from '../../model/observation.ts';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import type { Statement } from '../../model/statement.ts';
import { alterCommands, alteredTable } from '../../postgres/syntax/alter-table.ts';
import { addedConstraints } from '../../postgres/syntax/constraints.ts';
import { printName } from '../../postgres/syntax/names.ts';
import { alteredInUse } from '../in-use.ts';
import { columnsBefore, constraintBefore, tableBefore } from '../schema.ts';

export const rule: Rule = {
  id: 'drop-not-null',
  severity: 'notice',
  what: 'DROP NOT NULL on a column of a table that is in use, or from PostgreSQL 18 on DROP CONSTRAINT of its NOT NULL constraint.',
  why: 'Code that reads the column has never met a NULL there, and it cannot be taken back once there are some.',
  instead: 'Make sure that every reader, also outside this repository, can live with NULL.',
  sources: ['squawk: ban-drop-not-null', 'pg-migration-lint: PGM507'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const table = alteredInUse(facts);
      if (!table) return [];
      const known = columnsBefore(table, world);
      const named = alterCommands(facts.statement, 'AT_DropNotNull').map(({ name = '' }) => name);
      const columns = [...named.filter((name) => known.get(name)?.notNull), ...byConstraint(facts, table, world)];
      if (columns.length === 0) return [];
      const where = printName(alteredTable(facts.statement));
      return [
        {
          message: `${columns.join(', ')} of ${where} may be NULL from now on: can all readers handle it?`,
          relations: [table.name],
        },
      ];
    },
  },
};

/**
 * Columns whose NOT NULL constraint is dropped by its name, which the snapshot does not have: those that may be NULL at the
 * end though no statement says so. The name that PostgreSQL gives tells several apart.
 */
function byConstraint(facts: StatementFacts, table: Relation, world: World): string[] {
  const own = tableBefore(table, world)?.name;
  const nameFor = (column: string) => `${own}_${column}_not_null`;
  const all = world.statements.map(({ statement }) => statement);
  const added = all.flatMap((statement) => addedConstraints(statement).map(({ constraint }) => constraint.conname));
  const dropped = droppedIn([facts.statement]).filter(
    (name) => !constraintBefore(table, name, world) && !added.includes(name),
  );
  if (world.major < 18 || dropped.length === 0) return [];
  const said = all.flatMap((statement) => alterCommands(statement, 'AT_DropNotNull')).map(({ name }) => name);
  const columns = lostNotNull(table, world).filter((column) => !said.includes(column));
  const others = columns.filter((column) => !droppedIn(all).includes(nameFor(column)));
  const named = columns.filter((column) => dropped.includes(nameFor(column)));
  return named.length > 0 || others.length > dropped.length ? named : others;
}

function droppedIn(statements: readonly Statement[]): string[] {
  return statements
    .flatMap((statement) => alterCommands(statement, 'AT_DropConstraint'))
    .flatMap(({ name }) => name ?? []);
}

function lostNotNull(table: Relation, world: World): string[] {
  const after = [...objectsOf(world.after, 'column').values()].filter(({ oid }) => oid === table.oid);
  return [...columnsBefore(table, world).values()]
    .filter(({ notNull, position }) => notNull && after.some((each) => each.position === position && !each.notNull))
    .map(({ name }) => name);
}
