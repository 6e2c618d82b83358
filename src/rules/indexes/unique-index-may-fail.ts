import type { Relation } from '../../model/observation.ts';
import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import { type Index, objectsOf } from '../../model/schema.ts';
import { alteredTable } from '../../postgres/syntax/alter-table.ts';
import { addedConstraints } from '../../postgres/syntax/constraints.ts';
import { createdIndex } from '../../postgres/syntax/indexes.ts';
import { printIdentifier, printIdentifiers, printName, type WrittenName } from '../../postgres/syntax/names.ts';
import { inUse } from '../in-use.ts';
import { addedIndexesOf, columnsBefore } from '../schema.ts';

export const rule: Rule = {
  id: 'unique-index-may-fail',
  severity: 'warning',
  what: 'A unique index, UNIQUE or PRIMARY KEY on columns that already hold rows.',
  why: 'It fails (SQLSTATE 23505; WITHOUT OVERLAPS 23P01 and 23514) where two rows are the same; a failed CREATE UNIQUE INDEX CONCURRENTLY leaves an invalid index behind.',
  instead:
    'Ask the target for duplicates first, with the query of the finding, and clean them up in an earlier migration.',
  sources: ['PostgreSQL documentation, 11.6 "Unique Indexes"', 'atlas: MF101'],
  covers: ['fails-on-rows'],
  statement: {
    kinds: ['IndexStmt', 'AlterTableStmt'],
    check(facts, world) {
      return uniqueSets(facts).flatMap((set) => {
        const table = inUse(facts, set.table);
        return table && isNews(table, set, world) ? [problem(set, table, world)] : [];
      });
    },
  },
};

interface UniqueSet {
  readonly table: WrittenName;
  /** Undefined for an expression. */
  readonly columns: readonly (string | undefined)[];
  readonly index: string | undefined;
  readonly nullsAreEqual: boolean;
  /** The last column is WITHOUT OVERLAPS: rows with the same others must have periods apart. */
  readonly period: boolean;
}

function uniqueSets({ statement }: StatementFacts): UniqueSet[] {
  const index = createdIndex(statement);
  if (index) {
    const { table, columns, name, unique, node } = index;
    return unique
      ? [{ table, columns, index: name, nullsAreEqual: node.nulls_not_distinct === true, period: false }]
      : [];
  }
  return addedConstraints(statement, 'CONSTR_UNIQUE', 'CONSTR_PRIMARY')
    .filter(({ constraint, inline }) => !constraint.indexname && inline === undefined)
    .map(({ columns, constraint }) => ({
      table: alteredTable(statement),
      columns,
      index: constraint.conname,
      nullsAreEqual: constraint.nulls_not_distinct === true,
      period: constraint.without_overlaps === true,
    }));
}

/** All its columns hold rows already, and nothing has kept them unique so far. */
function isNews(table: Relation, { columns: all, period }: UniqueSet, world: World): boolean {
  const columns = period ? all.slice(0, -1) : all; // periods that differ may overlap
  const known = columnsBefore(table, world);
  if (columns.some((column) => column !== undefined && !known.has(column))) return false;
  const unique = [...objectsOf(world.before, 'index').values()].filter(
    (index) => index.unique && index.valid && !index.predicate,
  );
  return !unique.some(
    (index) => known.values().some((column) => column.table === index.table) && isPart(index.columns, columns),
  );
}

function isPart(smaller: readonly string[], larger: readonly (string | undefined)[]): boolean {
  return smaller.every((each) => larger.some((column) => column !== undefined && printIdentifier(column) === each));
}

function problem(set: UniqueSet, table: Relation, world: World): Problem {
  if (set.period) return overlapping(set, table);
  const written = set.columns.flatMap((column) => column ?? []);
  const named = addedIndexesOf(world).find((index) => index.table === table.name && isOf(set, index));
  const keys = named?.columns ?? (written.length === set.columns.length ? written.map(printIdentifier) : undefined);
  const what = keys?.join(', ') ?? (written.length > 0 ? printIdentifiers(written) : 'value of its expression');
  const among = named?.predicate ? ` where ${named.predicate}` : '';
  return {
    message: `This fails if two rows of ${printName(set.table)}${among} have the same ${what}.`,
    relations: [table.name],
    ...(keys && { instead: { text: probe(set, keys, named?.predicate) } }),
  };
}

function overlapping({ table: written, columns }: UniqueSet, table: Relation): Problem {
  const names = columns.flatMap((column) => (column === undefined ? [] : printIdentifier(column)));
  const [period, same] = [`${names.at(-1)}`, names.slice(0, -1)];
  const place = (row: string) =>
    table.kind === 'partitioned table' ? `(${row}.tableoid, ${row}.ctid)` : `${row}.ctid`;
  const conditions = [...same.map((each) => `x.${each} = y.${each}`), `x.${period} && y.${period}`];
  const shown = [...same.map((each) => `x.${each}`), `x.${period}`, `y.${period}`];
  const name = printName(written);
  const sql = `SELECT ${shown.join(', ')} FROM ${name} x JOIN ${name} y ON ${conditions.join(' AND ')} AND ${place('x')} < ${place('y')};`;
  return {
    message: `This fails if ${period} of two rows of ${name} with the same ${same.join(', ')} overlap, or if one is empty.`,
    relations: [table.name],
    instead: {
      text: `Ask the target first: ${sql} No row may come, and none of SELECT * FROM ${name} WHERE isempty(${period}); either.`,
    },
  };
}

/** By its name, or, where PostgreSQL chose that, by its keys. */
function isOf({ index, columns }: UniqueSet, { name, unique, columns: keys }: Index): boolean {
  if (index !== undefined) return name === index;
  return unique && columns.every((column, at) => column === undefined || printIdentifier(column) === keys[at]);
}

/** The read-only query that decides it. Rows with a NULL in the key are never the same, unless they are told to be. */
function probe({ table, nullsAreEqual }: UniqueSet, keys: readonly string[], predicate: string | undefined): string {
  const conditions = [
    ...(nullsAreEqual ? [] : keys.map((key) => `${key} IS NOT NULL`)),
    ...(predicate ? [predicate] : []),
  ];
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  return `Ask the target first: SELECT ${keys.join(', ')}, count(*) FROM ${printName(table)}${where} GROUP BY ${keys.join(', ')} HAVING count(*) > 1;`;
}
