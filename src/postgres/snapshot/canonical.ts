import type { SchemaObject } from '../../model/schema.ts';
import { loadModule, parseSync } from '../grammar.ts';

/** Fields that say where and when rather than what: never compared. */
export const incidental: ReadonlySet<string> = new Set(['oid', 'position', 'version']);

/**
 * An object as every major writes it, with its fields in order. Majors print the same expression differently, so where
 * they do it is compared by its parse tree.
 */
export async function canonical(object: SchemaObject): Promise<object> {
  await loadModule();
  const fields = Object.entries(object).filter(([name]) => !incidental.has(name));
  const sorted = fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, value]) => [name, canonicalField(object.kind, name, value)]));
}

function canonicalField(kind: SchemaObject['kind'], name: string, value: unknown): unknown {
  // PostgreSQL 16 leaves qualifiers out where one table is read
  if (name === 'definition' && (kind === 'view' || kind === 'rule')) return treeOf(value as string);
  const statement = statements[`${kind} ${name}`];
  if (!statement || !spelledByMajor.test(JSON.stringify(value))) return value;
  return mapTexts(value, (text) => treeOf(statement(text)));
}

/** Syntax of the SQL standard that PostgreSQL 14 and later print as such, and earlier ones as function calls; SIMILAR TO. */
const spelledByMajor =
  /\b(extract|date_part|[blr]?trim|position|overlay|substring|timezone|at time zone|normalize|is_normalized|xmlexists|pg_collation_for|collation for|similar_escape|similar_to_escape)\b/i;

/** Statements in which the fields that hold expressions can be parsed. */
const statements: Readonly<Record<string, (text: string) => string>> = {
  'column default': (text) => `SELECT ${text}`,
  'column generated': (text) => `SELECT ${text}`,
  'constraint definition': (text) => `ALTER TABLE t ADD ${text}`,
  'domain checks': (text) => `ALTER DOMAIN d ADD CONSTRAINT ${text}`,
  'index columns': (text) => `SELECT ${text}`,
  'index definition': (text) => text,
  'index predicate': (text) => `SELECT ${text}`,
  'policy check': (text) => `SELECT ${text}`,
  'policy using': (text) => `SELECT ${text}`,
  'statistics definition': (text) => text,
  'table partitionKey': (text) => `CREATE TABLE t () PARTITION BY ${text}`,
  'trigger definition': (text) => text,
};

function mapTexts(value: unknown, change: (text: string) => unknown): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, change)]));
}

/** The parse tree, or the text where it cannot be parsed. */
function treeOf(sql: string): unknown {
  try {
    return JSON.parse(JSON.stringify(parseSync(sql).stmts, simplified));
  } catch {
    return sql;
  }
}

/** Without locations, with column references cut to the column's name, and functions as calls. */
function simplified(key: string, value: unknown): unknown {
  if (places.test(key)) return undefined;
  if (key === 'ColumnRef') return (value as { fields?: unknown[] }).fields?.at(-1);
  if (key === 'FuncCall') return asCall(value as Call);
  return withoutCast(value, ['numeric', 'float8'], true); // 2100 beside what extract returns: numeric from 14 on
}

const places = /^(location|stmt_location|stmt_len|(rexpr_)?list_(start|end))$/;

interface Call {
  readonly funcname?: readonly { readonly String?: { readonly sval?: string } }[];
  readonly args?: readonly unknown[];
  readonly funcformat?: string;
}

function asCall(call: Call): object {
  const name = call.funcname?.at(-1)?.String?.sval ?? '';
  if (!spelledByMajor.test(name)) return call;
  const args = call.args?.map((each) => withoutCast(each, ['text'], false));
  if (name === 'similar_escape') return { name: 'similar_to_escape', args: args?.slice(0, 1) }; // 12: with NULL, no escape
  return { name: name === 'extract' ? 'date_part' : name, args };
}

interface Cast {
  readonly TypeCast?: {
    readonly arg?: { readonly A_Const?: object };
    readonly typeName?: { readonly names?: readonly { readonly String?: { readonly sval?: string } }[] };
  };
}

/** What is cast to one of these types, without the cast, which one spelling shows and the other does not. */
function withoutCast(value: unknown, types: readonly string[], onlyConstants: boolean): unknown {
  const cast = (value as Cast | null)?.TypeCast;
  const type = cast?.typeName?.names?.at(-1)?.String?.sval ?? '';
  return cast && types.includes(type) && (cast.arg?.A_Const || !onlyConstants) ? cast.arg : value;
}
