import type { Change, ObjectKind, SchemaObject, Snapshot } from '../model/schema.ts';
import { incidental } from './snapshot/canonical.ts';

/**
 * What became different between two snapshots of the same database. An object that has kept its oid (a column: its
 * table and number) under another name was renamed, so nothing is guessed; what is named after it follows. An index
 * that a constraint brings is told by the constraint alone.
 */
export function diffSnapshots(before: Snapshot, after: Snapshot): Change[] {
  const names = renamesBetween(before, after);
  const old = new Map(before.objects.map((object) => [keyOf(object, names), object]));
  const changes: Change[] = [];
  for (const object of after.objects) {
    const key = keyOf(object, new Map());
    const previous = old.get(key);
    old.delete(key);
    const change = previous ? changeOf(previous, object, names) : added(object);
    if (change && !isImplied(object)) changes.push(change);
  }
  for (const object of old.values()) if (!isImplied(object)) changes.push(removed(object));
  return changes.sort((a, b) => compare(placeOf(a), placeOf(b)));
}

/** Old id → new id of tables and other named things that the names of further objects are made of. */
type Names = ReadonlyMap<string, string>;

function renamesBetween(before: Snapshot, after: Snapshot): Names {
  const now = new Map(after.objects.map((object) => [identityOf(object), object]));
  const names = new Map<string, string>();
  for (const object of before.objects) {
    const same = now.get(identityOf(object));
    if (same && same.id !== object.id) names.set(`${object.kind} ${object.id}`, same.id);
  }
  return names;
}

/** What stays the same through a rename. */
function identityOf(object: SchemaObject): string {
  return object.kind === 'column' ? `column ${object.oid} ${object.position}` : `${object.kind} ${object.oid}`;
}

function keyOf(object: SchemaObject, names: Names): string {
  return `${object.kind} ${names.get(`${object.kind} ${object.id}`) ?? object.id}`;
}

function added({ kind, id, table }: SchemaObject): Change {
  return { action: 'added', kind, id, ...(table !== undefined && { table }), details: [] };
}

function removed({ kind, id, table }: SchemaObject): Change {
  return { action: 'removed', kind, id, ...(table !== undefined && { table }), details: [] };
}

function changeOf(previous: SchemaObject, object: SchemaObject, names: Names): Change | undefined {
  const details = detailsOf(previous, object, names);
  const renamed = previous.name !== object.name || (previous.table === undefined && previous.schema !== object.schema);
  if (!renamed && details.length === 0) return undefined;
  return {
    action: renamed ? 'renamed' : 'changed',
    kind: object.kind,
    id: object.id,
    ...(renamed && { from: previous.id }),
    ...(object.table !== undefined && { table: object.table }),
    details,
  };
}

/** What an object's names say is told by its renames and those of its table. */
const naming = new Set(['kind', 'id', 'schema', 'name', 'table']);

function detailsOf(previous: SchemaObject, object: SchemaObject, names: Names): Change['details'] {
  const [a, b] = [previous, object].map((each) => each as unknown as Record<string, unknown>) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  const properties = new Set(
    [...Object.keys(a), ...Object.keys(b)].filter((each) => !naming.has(each) && !incidental.has(each)),
  );
  return [...properties].flatMap((property) => {
    const [from, to] = [text(a[property]), text(b[property])];
    return from === to || text(renamed(a[property], names)) === to ? [] : [{ property, before: from, after: to }];
  });
}

/** A text that names renamed tables or columns, as it reads afterwards. */
function renamed(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, names));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renamed(each, names)]));
  }
  if (typeof value !== 'string') return value;
  let result = value;
  for (const [key, now] of names) {
    const [kind] = key.split(' ', 1) as [string];
    const old = key.slice(kind.length + 1);
    for (const [from, to] of [
      [old, now],
      [lastOf(old), lastOf(now)],
    ] as const) {
      result = result.replaceAll(new RegExp(`(?<![\\w."])"?${pattern(from)}"?(?![\\w"])`, 'g'), () => to);
    }
  }
  return result;
}

const lastOf = (id: string) => id.split('.').at(-1) as string;

const pattern = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\.', '"?\\."?');

function text(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isImplied(object: SchemaObject): boolean {
  return object.kind === 'index' && object.constraint !== undefined;
}

const order: readonly ObjectKind[] = [
  'schema',
  'extension',
  'enum',
  'domain',
  'composite type',
  'range type',
  'sequence',
  'table',
  'view',
  'column',
  'constraint',
  'index',
];

/** Objects of a table stand behind it. */
function placeOf({ kind, id, table }: Change): string {
  const rank = order.indexOf(kind);
  return [table ?? id, table === undefined ? 0 : 1, String(rank < 0 ? order.length : rank).padStart(2, '0'), id].join(
    '\u0000',
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
