import type { Node } from '@pgsql/types';
import type { Problem, Rule, World } from '../../model/rule.ts';
import { objectsOf, type Routine } from '../../model/schema.ts';
import type { Statement } from '../../model/statement.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { type Body, bodyOf } from '../../postgres/syntax/bodies.ts';
import { printIdentifier, printName, splitId, type WrittenName } from '../../postgres/syntax/names.ts';
import { referencesIn } from '../../postgres/syntax/references.ts';
import { mentions, unquoted } from '../../postgres/syntax/text.ts';
import { type Catalog, catalogOf, type Named } from '../catalog.ts';
import { lastNaming } from '../place.ts';

export const rule: Rule = {
  id: 'dangling-function-body',
  severity: 'error',
  what: 'The body of a function names a table or column that is dropped or renamed.',
  why: 'PostgreSQL keeps bodies in PL/pgSQL and quoted SQL as text and does not look into them: the migration succeeds, and the function fails when it is called (SQLSTATE 42703 or 42P01); a trigger’s function takes the writes along.',
  instead: 'CREATE OR REPLACE the function in the same transaction, or drop it.',
  sources: [
    'PostgreSQL documentation, 5.15 "Dependency Tracking"; 36.5 "Query Language (SQL) Functions"',
    'plpgsql_check',
  ],
  whole(world) {
    if (!world.changes.some(({ kind, action }) => action !== 'added' && ['table', 'view', 'column'].includes(kind)))
      return [];
    const [before, after] = [catalogOf(world.before), catalogOf(world.after)];
    const isGone = (named: Named) => before.has(named) && !after.has(named) && isApart(named, after);
    return [...objectsOf(world.after, 'function').values()].flatMap((routine) => {
      const body = bodyOf(routine);
      const gone = body ? namesIn(body, triggered(routine, world)).filter(isGone) : [];
      return gone.filter(once()).flatMap((each) => problem(routine, each, world));
    });
  },
};

/** Where the table itself is gone, its columns are not worth a word. */
function isApart({ tables, column }: Named, after: Catalog): boolean {
  return column === undefined || after.has({ tables });
}

/** Everything a body names: tables, then columns, each as one of the tables that it may belong to. */
function namesIn(body: Body, triggered: readonly WrittenName[]): Named[] {
  return [...body.types.flatMap(typeNames), ...body.queries.flatMap((query) => queryNames(query, body, triggered))];
}

function queryNames(query: Node, { variables }: Body, triggered: readonly WrittenName[]): Named[] {
  const { tables, columns } = referencesIn(query);
  const named = columns.flatMap(({ name, bare, owner, tables }): Named[] => {
    if (bare && variables.has(name)) return [];
    const own = owner === 'new' || owner === 'old' ? triggered : tables;
    return own.length > 0 ? [{ tables: own, column: name }] : [];
  });
  return [...tables.map((table) => ({ tables: [table] })), ...named];
}

/** `orders.total%TYPE` and `orders%ROWTYPE`. */
function typeNames(type: string): Named[] {
  const [, path, kind] = /^([^%]+)%(type|rowtype)$/i.exec(type.trim()) ?? [];
  const names = path?.split('.').map((name) => unquoted(name.trim())) ?? [];
  const column = kind?.toLowerCase() === 'type' ? names.pop() : undefined;
  const [name, schema] = names.reverse();
  return name === undefined ? [] : [{ tables: [{ schema, name }], ...(column !== undefined && { column }) }];
}

/** Tables whose triggers call the routine: what NEW and OLD are. */
function triggered({ id }: Routine, { after }: World): WrittenName[] {
  const own = [...objectsOf(after, 'trigger').values()].filter((each) => each.function === id);
  return own.map(({ table }) => splitId(table));
}

function once(): (named: Named) => boolean {
  const seen = new Set<string>();
  return (named) => {
    const name = called(named);
    return !seen.has(name) && seen.add(name).has(name);
  };
}

function called({ tables, column }: Named): string {
  const table = tables.map(printName).join(' or ');
  return column === undefined ? table : `the column ${printIdentifier(column)} of ${table}`;
}

function problem({ id, type }: Routine, named: Named, world: World): Problem[] {
  const place = lastNaming([named.column ?? named.tables[0]?.name ?? ''], world, (each) => takesAway(each, named));
  const message = `The body of ${id} names ${called(named)}, which is no longer there: it fails when it is called.`;
  const create = `CREATE OR REPLACE ${type === 'procedure' ? 'PROCEDURE' : 'FUNCTION'}`;
  const instead = { text: `${create} ${id} in the same transaction, with a body that does without it.` };
  return place ? [{ message, instead, place }] : [];
}

/** Whether a statement drops, renames or moves something of these tables, or one of them. */
function takesAway(statement: Statement, { tables, column }: Named): boolean {
  const { kind, sql } = statement;
  const isOf = tables.some(({ name }) => mentions(sql, name));
  if (kind !== 'AlterTableStmt') return isOf && /^(Drop|Rename|AlterObjectSchema)Stmt$/.test(kind);
  return isOf && alterCommands(statement, 'AT_DropColumn').some(({ name }) => name === column);
}
