import type { Catalog, Type } from './catalog.ts';
import type { Formula } from './checks/condition.ts';
import { readerOf } from './checks/formula.ts';
import type { Limits } from './checks/limits.ts';
import { solutions } from './checks/solve.ts';
import type { Types } from './samples/sample.ts';
import type { Column, Target } from './targets.ts';

/** What a schema's conditions ask, read once for each. */
export interface Conditions {
  readonly types: Types;
  /** What must hold for a row of the table to be accepted. */
  of(target: Target): readonly Formula[];
  /** A condition that must hold, or must not. */
  read(expression: string, holds: boolean): Formula;
  /** Texts that the schema names for a column: its default and what partial indexes compare it with. */
  known(target: Target, column: Column): readonly string[];
}

export async function conditionsOf(catalog: Catalog, targets: readonly Target[]): Promise<Conditions> {
  const domains = [...catalog.types.values()].flatMap(({ checks }) => checks);
  const expressions = targets.flatMap(({ checks, predicates }) => [...checks, ...predicates]);
  const read = await readerOf([...domains, ...expressions]);
  const types = typesOf(catalog, read);
  return {
    types,
    read,
    of: (target) => [
      ...target.checks.map((each) => read(each, true)),
      ...target.columns.flatMap((each) => ofColumn(each, types, read)),
    ],
    known: (target, column) => knownOf(target, column, read),
  };
}

type Read = Conditions['read'];

function typesOf(catalog: Catalog, read: Read): Types {
  const limits = new Map<Type, Limits>();
  const first = (type: Type) => {
    const formulas = domainChecks(type, (oid) => catalog.types.get(oid)).map((each) => read(each, true));
    const [solution] = solutions(formulas);
    return solution?.limits.get('value') ?? {};
  };
  return {
    get: (oid) => catalog.types.get(oid),
    limitsOf(type) {
      const found = limits.get(type) ?? first(type);
      limits.set(type, found);
      return found;
    },
  };
}

/** NOT NULL, and the checks of a column's domain with the column's name for VALUE. */
function ofColumn(column: Column, types: Types, read: Read): Formula[] {
  const type = types.get(column.type);
  const checks = type?.kind === 'd' ? domainChecks(type, types.get) : [];
  const required: Formula[] = column.required ? [{ column: column.name, limits: { null: false } }] : [];
  return [...required, ...checks.map((each) => renamed(read(each, true), column.name))];
}

/** Its own checks and those of the domains below it. */
function domainChecks(type: Type, get: (oid: number) => Type | undefined): string[] {
  const base = get(type.base);
  return [...type.checks, ...(base?.kind === 'd' ? domainChecks(base, get) : [])];
}

function renamed(formula: Formula, name: string): Formula {
  if ('all' in formula) return { all: formula.all.map((each) => renamed(each, name)) };
  if ('any' in formula) return { any: formula.any.map((each) => renamed(each, name)) };
  return 'limits' in formula && formula.column === 'value' ? { ...formula, column: name } : formula;
}

function knownOf(target: Target, { name, default: standard }: Column, read: Read): string[] {
  const [, text, word] = /^(?:'((?:[^']|'')+)'::.*|(true|false))$/s.exec(standard ?? '') ?? [];
  const usual = text?.replaceAll("''", "'") ?? word;
  const compared = target.predicates.flatMap((each) => valuesIn(read(each, true), name));
  return [...new Set([...(usual === undefined ? [] : [usual]), ...compared])];
}

/** The values that a condition allows a column. */
function valuesIn(formula: Formula, column: string): readonly string[] {
  if ('all' in formula) return formula.all.flatMap((each) => valuesIn(each, column));
  if ('any' in formula) return formula.any.flatMap((each) => valuesIn(each, column));
  return 'limits' in formula && formula.column === column ? (formula.limits.oneOf ?? []) : [];
}
