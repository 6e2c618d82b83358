import type { Relation } from '../../model/observation.ts';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import {
  type AlterCommand,
  alterCommands,
  alteredTable,
  alterText,
  withCommands,
} from '../../postgres/syntax/alter-table.ts';
import { printName } from '../../postgres/syntax/names.ts';
import { strings } from '../../postgres/syntax/node.ts';
import { type NotNullColumn, notNullPlan } from '../not-null.ts';
import { blockingAlter } from '../observed.ts';
import { columnsBefore } from '../schema.ts';
import { inTransaction, type Steps, suggesting } from '../steps.ts';

export const rule: Rule = {
  id: 'set-not-null-scan',
  severity: 'error',
  what: 'SET NOT NULL, or ADD CONSTRAINT … NOT NULL without NOT VALID, that has to read every row.',
  why: 'It holds ACCESS EXCLUSIVE meanwhile: nobody reads or writes. It is a matter of a moment where a valid CHECK says that the column is not NULL.',
  instead:
    'PostgreSQL 18: ADD CONSTRAINT … NOT NULL … NOT VALID, then VALIDATE. Before: CHECK (… IS NOT NULL) NOT VALID, VALIDATE, SET NOT NULL, drop the CHECK.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, SET NOT NULL',
    'squawk: adding-not-nullable-field',
    'eugene: E2',
    'strong_migrations: change_column_null',
  ],
  covers: ['statement-after-access-exclusive'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const altered = blockingAlter(facts);
      const commands = altered ? nullableCommands(facts, altered.table, world) : [];
      if (!altered || commands.length === 0) return [];
      const columns = commands.map(({ column }) => column).join(', ');
      return [
        {
          message: `Making ${columns} of ${altered.name} NOT NULL keeps everybody from the table while every row is read; it fails if one is NULL.`,
          relations: altered.tables,
          blocking: { what: 'reads and writes', during: 'scan' },
          instead: suggesting(steps(facts, commands, world)),
        },
      ];
    },
  },
};

type NotNullCommand = NotNullColumn & { readonly index: number };

/** Actions that make columns NOT NULL which were not at base. */
function nullableCommands(facts: StatementFacts, table: Relation, world: World): NotNullCommand[] {
  const known = columnsBefore(table, world);
  return alterCommands(facts.statement, 'AT_SetNotNull', 'AT_AddConstraint')
    .flatMap(columnOf)
    .filter(({ column }) => !known.get(column)?.notNull);
}

function columnOf({ type, name, index, constraint }: AlterCommand): NotNullCommand[] {
  if (type === 'AT_SetNotNull') return name === undefined ? [] : [{ column: name, index }];
  if (constraint?.contype !== 'CONSTR_NOTNULL' || constraint.skip_validation) return [];
  const [column] = strings(constraint.keys);
  if (column === undefined) return [];
  return [{ column, index, ...(constraint.conname !== undefined && { name: constraint.conname }) }];
}

function steps(facts: StatementFacts, commands: readonly NotNullCommand[], world: World): Steps {
  const text = alterText(facts.statement);
  if (!text) return [];
  const plan = notNullPlan(printName(alteredTable(facts.statement)), commands, world.major);
  const changed = new Map(commands.map(({ index }, position) => [index, plan.first[position] ?? '']));
  return [withCommands(text, changed), ...plan.following].map((sql) => inTransaction(sql));
}
