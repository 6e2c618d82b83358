import type { Problem, Rule, World } from '../../model/rule.ts';
import { objectsOf, type Publication, type Snapshot, type Table } from '../../model/schema.ts';
import { mentions } from '../dropped.ts';

export const rule: Rule = {
  id: 'publication-without-identity',
  severity: 'error',
  what: 'A table comes into a publication that sends UPDATE or DELETE, or loses its primary key there, and has nothing to tell its rows by.',
  why: 'Every UPDATE and DELETE on it fails from then on (SQLSTATE 55000).',
  instead: 'Give the table a primary key, or set its REPLICA IDENTITY to a unique index, or to FULL.',
  sources: ['PostgreSQL documentation, 29.1 "Publication"'],
  covers: ['table-without-pk'],
  whole(world) {
    const known = nameless(world.before);
    return [...nameless(world.after)].flatMap(([oid, { table, publication }]) =>
      known.has(oid) ? [] : problem(table, publication, world),
    );
  },
};

interface Nameless {
  readonly table: Table;
  readonly publication: Publication;
}

/** Published tables, by oid, whose changed rows cannot be named. */
function nameless(snapshot: Snapshot): ReadonlyMap<number, Nameless> {
  const keyed = new Set(
    [...objectsOf(snapshot, 'constraint').values()]
      .filter(({ type, deferrable }) => type === 'primary key' && !deferrable)
      .map(({ table }) => table),
  );
  const found = new Map<number, Nameless>();
  for (const publication of objectsOf(snapshot, 'publication').values()) {
    if (!publication.actions.some((action) => action === 'update' || action === 'delete')) continue;
    for (const table of objectsOf(snapshot, 'table').values()) {
      const named = table.replicaIdentity === 'default' ? keyed.has(table.id) : table.replicaIdentity !== 'nothing';
      if (!named && table.type === 'table' && table.persistence === 'permanent' && sends(publication, table))
        found.set(table.oid, { table, publication });
    }
  }
  return found;
}

function sends({ allTables, members }: Publication, { id, schema, parents }: Table): boolean {
  const names = [id, ...parents];
  return (
    allTables || members.some((member) => member === `schema ${schema}` || names.includes(member.split(' ')[0] ?? ''))
  );
}

/** Placed at the last statement that names the table or the publication, or else at the last of all. */
function problem(table: Table, publication: Publication, { statements }: World): Problem[] {
  const naming = statements.findLast(({ statement }) =>
    [table.name, publication.name].some((name) => mentions(statement.sql, name)),
  );
  const last = naming ?? statements.at(-1);
  if (!last) return [];
  const { migration, path, line } = last.statement;
  return [
    {
      message: `${table.id} is published by ${publication.name} and has neither a primary key nor another replica identity: every UPDATE and DELETE on it fails.`,
      relations: [table.id],
      place: { migration, path, line },
    },
  ];
}
