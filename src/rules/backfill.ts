import { alterText } from '../postgres/syntax/alter-table.ts';
import { printId, printIdentifier } from '../postgres/syntax/names.ts';
import type { AddedColumn } from './column.ts';
import { notNullPlan } from './not-null.ts';
import { inTransaction, outsideTransaction, type Steps } from './steps.ts';

/** Pages that one batch looks at: 8 MB. */
const pages = 1000;

/**
 * Fills a column page by page, each batch a transaction of its own, so that nobody waits longer than one batch takes.
 * A row that moves meanwhile is found at the end. Page ranges are read directly from PostgreSQL 14 on.
 */
export function backfill(table: string, column: string, value: string, more = ''): Steps[number] {
  const [name, target] = [printId(table), printIdentifier(column)];
  const update = `UPDATE ${name} SET ${target} = ${value} WHERE ${target} IS NULL${more}`;
  const sql = `DO $$
BEGIN
  FOR page IN 0 .. pg_relation_size('${name.replaceAll("'", "''")}') / current_setting('block_size')::int BY ${pages} LOOP
    ${update}
      AND ctid >= format('(%s,0)', page)::tid AND ctid < format('(%s,0)', page + ${pages})::tid;
    COMMIT;
  END LOOP;
  ${update};
END $$;`;
  return outsideTransaction(sql);
}

/** Makes a filled column NOT NULL without reading the table while others are locked out. */
export function setNotNull(table: string, column: string, major: number): Steps {
  const { first, following } = notNullPlan(printId(table), [{ column }], major);
  const steps = [`ALTER TABLE ${printId(table)} ${first.join(', ')};`, ...following];
  return steps.map((sql) => inTransaction(sql));
}

/**
 * The steps that add a column without rewriting its table: `before` and `actions` (of the same ALTER TABLE) make it
 * ready for new rows, then the old ones are filled. Undefined where the column has more to it, or where partitions and children have rows of their own.
 */
export function addInSteps(
  column: AddedColumn,
  { type, before = [], actions }: { type: string; before?: readonly string[]; actions: readonly string[] },
  major: number,
): Steps | undefined {
  const { command, facts, name, observed } = column;
  const text = alterText(facts.statement);
  const alone = observed.table.kind === 'table' && observed.rewritten.length === 1;
  if (!text || !column.simple || !alone) return undefined;
  const added = [`ADD COLUMN ${printIdentifier(name)} ${type}`, ...actions].join(', ');
  const commands = text.commands.map((each, index) => (index === command.index ? added : each));
  return [
    inTransaction(...before, `${text.head} ${commands.join(', ')};`),
    backfill(observed.table.name, name, 'DEFAULT'),
    ...(column.notNull ? setNotNull(observed.table.name, name, major) : []),
  ];
}
