import type { Problem, Rule } from '../../model/rule.ts';
import { alterText } from '../../postgres/syntax/alter-table.ts';
import { typeName } from '../../postgres/syntax/columns.ts';
import { type AddedColumn, addedColumns } from '../column.ts';
import { observedAlter } from '../observed.ts';
import { inTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'add-not-null-no-default',
  severity: 'error',
  what: 'A column is added as NOT NULL without a default.',
  why: 'It fails as soon as the table has a row; and what inserts without the column fails from then on.',
  instead:
    'Give it a default, which costs no rewrite, or add it as nullable, fill it, and make it NOT NULL afterwards.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, ADD COLUMN',
    'atlas: MF103',
    'squawk: adding-required-field',
    'pg-migration-lint: PGM008',
  ],
  covers: ['migration-fails', 'fails-on-rows', 'work-under-lock'],
  statement: {
    kinds: ['AlterTableStmt'],
    failed: true,
    check(facts, world) {
      const seen = observedAlter(facts, world);
      const { error } = facts.observation;
      if (!seen || (error && error.sqlstate !== '23502')) return [];
      return addedColumns(facts, world, seen)
        .filter(({ kind, notNull, default: value }) => kind === 'plain' && notNull && value === '')
        .map((column) => toProblem(column, error !== undefined));
    },
  },
};

function toProblem(column: AddedColumn, failed: boolean): Problem {
  const { name, observed, facts, command } = column;
  const value = neutral[typeName(command)];
  const text = alterText(facts.statement);
  const commands = text?.commands.map((each, index) => (index === command.index ? `${each} DEFAULT ${value}` : each));
  const sql = text && commands && column.simple && value !== undefined && `${text.head} ${commands.join(', ')};`;
  return {
    message: `${name} is NOT NULL without a default: adding it fails${failed ? ' (SQLSTATE 23502)' : ''} when ${observed.table.name} has a row, and rows cannot be inserted without it afterwards.`,
    relations: [observed.table.name],
    instead: {
      text: sql
        ? `A constant default costs no rewrite; put the value that suits old rows in the place of ${value}.`
        : `Give ${name} a constant default, which costs no rewrite, or add it as nullable, fill it in batches, then make it NOT NULL.`,
      ...(sql && { migrations: [inTransaction(sql)] }),
    },
  };
}

/** A value of a type that means nothing much, to be replaced by one that does. Types as the parser names them. */
const neutral: Readonly<Record<string, string>> = {
  ...{ int2: '0', int4: '0', int8: '0', numeric: '0', float4: '0', float8: '0' },
  ...{ text: "''", varchar: "''", bool: 'false', timestamptz: 'now()', timestamp: 'now()', date: 'CURRENT_DATE' },
  ...{ jsonb: "'{}'", json: "'{}'" },
};
