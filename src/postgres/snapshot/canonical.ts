import { loadModule, parseSync } from 'libpg-query';
import type { SchemaObject } from '../../model/schema.ts';

/** Fields that say where and when rather than what: never compared. */
export const incidental: ReadonlySet<string> = new Set(['oid', 'position', 'version']);

/**
 * An object as every major writes it, with its fields in order. Majors print the same view differently (PostgreSQL 16
 * leaves qualifiers out where one table is read), so queries are compared by their parse trees.
 */
export async function canonical(object: SchemaObject): Promise<object> {
  const fields = Object.entries(object).filter(([name]) => !incidental.has(name));
  const sorted = Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
  if (object.kind !== 'view' && object.kind !== 'rule') return sorted;
  await loadModule();
  return { ...sorted, definition: treeOf(object.definition) };
}

function treeOf(sql: string): unknown {
  try {
    return JSON.parse(JSON.stringify(parseSync(sql).stmts, simplified));
  } catch {
    return sql;
  }
}

/** Without locations, and with column references cut to the column's name. */
function simplified(key: string, value: unknown): unknown {
  if (key === 'location' || key === 'stmt_location' || key === 'stmt_len') return undefined;
  if (key === 'ColumnRef') return (value as { fields?: unknown[] }).fields?.at(-1);
  return value;
}
