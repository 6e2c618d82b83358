import type { Constraint } from '@pgsql/types';
import type { Instead } from '../../model/finding.ts';
import type { Relation } from '../../model/observation.ts';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import type { Statement } from '../../model/statement.ts';
import {
  type AlterCommand,
  alterCommands,
  alteredTable,
  alterText,
  columnConstraints,
  withCommands,
  withoutConstraints,
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
  what: 'SET NOT NULL, ADD CONSTRAINT … NOT NULL without NOT VALID, or a new VIRTUAL column that is NOT NULL, that has to read every row.',
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
          instead: insteadOf(facts, commands, world),
        },
      ];
    },
  },
};

type NotNullCommand = NotNullColumn & {
  readonly index: number;
  /** The column is NOT NULL already, but as NOT VALID. */
  readonly unvalidated: boolean;
  /** The rest of an ADD COLUMN that says NOT NULL of a VIRTUAL column, which has no rows to be filled. */
  readonly added?: string;
};

/** Actions that make columns NOT NULL which were not at base, or not for all rows. */
function nullableCommands(facts: StatementFacts, table: Relation, world: World): NotNullCommand[] {
  const known = columnsBefore(table, world);
  return alterCommands(facts.statement, 'AT_SetNotNull', 'AT_AddConstraint', 'AT_AddColumn')
    .flatMap((command) => columnOf(command, facts.statement))
    .map((each) => ({
      ...each,
      unvalidated: known.get(each.column)?.notNullUnvalidated || isPending(table, each.column, facts, world),
    }))
    .filter(({ column, unvalidated }) => unvalidated || !known.get(column)?.notNull);
}

/** An earlier pending statement made the column NOT NULL as NOT VALID. */
function isPending({ oid }: Relation, column: string, { index }: StatementFacts, { statements }: World): boolean {
  return statements.slice(0, index).some(({ statement, relation, observation }) => {
    const { schema, name } = alteredTable(statement);
    const adds = alterCommands(statement, 'AT_AddConstraint').some(
      ({ constraint }) =>
        constraint?.contype === 'CONSTR_NOTNULL' &&
        constraint.skip_validation &&
        strings(constraint.keys).includes(column),
    );
    return adds && !observation.error && relation(schema, name)?.oid === oid;
  });
}

function columnOf(command: AlterCommand, statement: Statement): Omit<NotNullCommand, 'unvalidated'>[] {
  const { type, name, index, constraint } = command;
  if (type === 'AT_SetNotNull') return name === undefined ? [] : [{ column: name, index }];
  if (type === 'AT_AddColumn') return virtualColumn(command, statement);
  if (constraint?.contype !== 'CONSTR_NOTNULL' || constraint.skip_validation) return [];
  const [column] = strings(constraint.keys);
  return column === undefined ? [] : [{ column, index, ...wordsOf(constraint) }];
}

function virtualColumn(command: AlterCommand, statement: Statement): Omit<NotNullCommand, 'unvalidated'>[] {
  const constraints = columnConstraints(command);
  const notNull = constraints.find(({ contype }) => contype === 'CONSTR_NOTNULL');
  if (!notNull || !constraints.some(({ generated_kind }) => generated_kind === 'v')) return [];
  const added = withoutConstraints(statement, command, [notNull]);
  if (command.name === undefined || added === undefined) return [];
  return [{ column: command.name, index: command.index, added, ...wordsOf(notNull) }];
}

function wordsOf({ conname, is_no_inherit }: Constraint): Pick<NotNullColumn, 'name' | 'noInherit'> {
  return { ...(conname !== undefined && { name: conname }), ...(is_no_inherit && { noInherit: true }) };
}

function insteadOf(facts: StatementFacts, commands: readonly NotNullCommand[], world: World): Instead {
  const half = commands.filter(({ unvalidated }) => unvalidated).map(({ column }) => column);
  if (half.length === 0) return suggesting(steps(facts, commands, world));
  return {
    text: `${half.join(', ')} has a NOT NULL constraint already, as NOT VALID: VALIDATE CONSTRAINT with its name does the same while others read and write.`,
  };
}

function steps(facts: StatementFacts, commands: readonly NotNullCommand[], world: World): Steps {
  const text = alterText(facts.statement);
  if (!text) return [];
  const plan = notNullPlan(printName(alteredTable(facts.statement)), commands, world.major);
  const changed = new Map(
    commands.map(({ index, added }, position) => [
      index,
      [added, plan.first[position]].filter((each) => each !== undefined).join(', '),
    ]),
  );
  return [withCommands(text, changed), ...plan.following].map((sql) => inTransaction(sql));
}
