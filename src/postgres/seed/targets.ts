import { quote } from '../quote.ts';
import type { Catalog, ColumnRow, ConstraintRow, Relation } from './catalog.ts';
import { withPresumed } from './presumed.ts';

/** A table that is to have rows: an ordinary one, or a partition, whose rows come in through the root of its tree. */
export interface Target {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** Where its rows are inserted, as SQL. */
  readonly into: string;
  /** Itself and nothing else, as SQL. */
  readonly only: string;
  /** Itself, and for a partition those above it. */
  readonly lineage: readonly number[];
  readonly columns: readonly Column[];
  readonly references: readonly Reference[];
  /** The primary key's column, where it has one only. */
  readonly primary: string | undefined;
  /** Sets of columns that are unique together; partial indexes count as whole ones. */
  readonly uniques: readonly (readonly string[])[];
  /** Conditions on its rows: checks and, for a partition, bounds. */
  readonly checks: readonly string[];
  readonly bound: string | null;
  /** Conditions of its partial indexes: they name values that matter. */
  readonly predicates: readonly string[];
  readonly stored: boolean;
}

export interface Column {
  readonly name: string;
  readonly type: number;
  readonly modifier: number;
  readonly required: boolean;
  /** Identity or from a sequence: PostgreSQL's own, unless a cycle of foreign keys needs it known. */
  readonly counted: boolean;
  readonly generated: boolean;
  readonly default: string | null;
  /** From 1. */
  readonly position: number;
}

/** A foreign key, or what may become one. */
export interface Reference {
  readonly columns: readonly string[];
  /** The table it refers to, and that table's columns in the same order. */
  readonly to: Relation;
  readonly keys: readonly string[];
  readonly deferrable: boolean;
  /** The columns that can be NULL so that it refers to nothing; none where it must refer to something. */
  readonly optional: readonly string[];
  /** No foreign key says so, only the column's name. */
  readonly presumed: boolean;
}

/** All tables that are to have rows, in the order of their names. */
export function targetsOf(catalog: Catalog): Target[] {
  const facts = factsOf(catalog);
  const tables = catalog.relations.filter((each) => !each.partitioned && !each.extension);
  return withPresumed(
    tables.map((each) => targetOf(each, facts)),
    catalog,
  );
}

interface Facts {
  readonly catalog: Catalog;
  readonly relations: ReadonlyMap<number, Relation>;
  readonly columns: ReadonlyMap<number, readonly ColumnRow[]>;
  readonly constraints: ReadonlyMap<number, readonly ConstraintRow[]>;
  readonly indexes: ReadonlyMap<number, Catalog['indexes']>;
}

function factsOf(catalog: Catalog): Facts {
  return {
    catalog,
    relations: new Map(catalog.relations.map((each) => [each.oid, each])),
    columns: Map.groupBy(catalog.columns, (each) => each.relation),
    constraints: Map.groupBy(catalog.constraints, (each) => each.relation),
    indexes: Map.groupBy(catalog.indexes, (each) => each.relation),
  };
}

function targetOf(relation: Relation, facts: Facts): Target {
  const { oid, bound, stored } = relation;
  const lineage = relation.lineage.length > 0 ? relation.lineage : [oid];
  const root = facts.relations.get(lineage.at(-1) ?? oid) ?? relation;
  const names = namesIn(oid, facts);
  const indexes = facts.indexes.get(oid) ?? [];
  const checks = (facts.constraints.get(oid) ?? []).map((each) => each.expression);
  return {
    oid,
    schema: relation.schema,
    name: relation.name,
    into: nameOf(root),
    only: `ONLY ${nameOf(relation)}`,
    lineage,
    columns: columnsOf(oid, root.oid, facts),
    references: lineage.flatMap((each) => referencesOf(each, facts)),
    primary: indexes
      .filter(({ primary, columns }) => primary && columns.length === 1)
      .map(({ columns }) => names(columns[0] ?? 0))[0],
    uniques: indexes
      .filter(({ unique, columns }) => unique && !columns.includes(0))
      .map(({ columns }) => columns.map(names)),
    checks: [...checks, bound].filter((each) => each !== null),
    bound,
    predicates: indexes.map(({ predicate }) => predicate).filter((each) => each !== null),
    stored,
  };
}

/** A partition's columns with the defaults of the root, which are those that count on the way through it. */
function columnsOf(oid: number, root: number, facts: Facts): Column[] {
  const rootColumns = new Map(facts.columns.get(root)?.map((each) => [each.name, each]));
  return (facts.columns.get(oid) ?? []).map((row, index) => {
    const { name, type, modifier, required } = row;
    const { counted, generated, default: standard } = rootColumns.get(name) ?? row;
    const domain = facts.catalog.types.get(type)?.required ?? false;
    return {
      name,
      type,
      modifier,
      required: required || domain,
      counted,
      generated,
      default: standard,
      position: index + 1,
    };
  });
}

function referencesOf(oid: number, facts: Facts): Reference[] {
  const names = namesIn(oid, facts);
  const required = new Set(
    facts.columns
      .get(oid)
      ?.filter((each) => each.required)
      .map((each) => each.name),
  );
  return (facts.constraints.get(oid) ?? []).flatMap((row) => {
    const to = facts.relations.get(row.target);
    if (row.kind !== 'f' || !to) return [];
    const columns = row.columns.map(names);
    const open = columns.filter((each) => !required.has(each));
    const optional = row.full && open.length < columns.length ? [] : open;
    const keys = (row.keys ?? []).map(namesIn(to.oid, facts));
    return [{ columns, to, keys, deferrable: row.deferrable, optional, presumed: false }];
  });
}

function namesIn(oid: number, facts: Facts): (number: number) => string {
  const names = new Map(facts.columns.get(oid)?.map((each) => [each.number, each.name]));
  return (number) => names.get(number) ?? '';
}

/** A relation's name as SQL. */
export function nameOf({ schema, name }: Pick<Relation, 'schema' | 'name'>): string {
  return `${quote(schema)}.${quote(name)}`;
}
