import type { ColumnDef } from '@pgsql/types';
import type { Relation } from '../../model/observation.ts';
import type { Problem, Rule, World } from '../../model/rule.ts';
import { type Column, objectsOf } from '../../model/schema.ts';
import type { Statement } from '../../model/statement.ts';
import { nameOf } from '../../postgres/syntax/names.ts';
import { read, readAll } from '../../postgres/syntax/node.ts';
import { builtInType } from '../../postgres/syntax/types.ts';
import { createdTable } from '../created.ts';
import { columnsLeft, indexLeft, type LeftAsIs } from '../left-as-is.ts';

export const rule: Rule = {
  id: 'if-not-exists-noop',
  severity: 'warning',
  what: 'CREATE TABLE, CREATE INDEX or ADD COLUMN with IF NOT EXISTS names something that exists already, and is not what it says.',
  why: 'Nothing is created and nothing is said: databases differ from then on, and code that counts on what is written fails.',
  instead: 'ALTER what is there, and leave IF NOT EXISTS out.',
  sources: ['PostgreSQL documentation, CREATE TABLE, IF NOT EXISTS', 'pg-migration-lint: PGM403'],
  statement: {
    kinds: ['CreateStmt', 'AlterTableStmt', 'IndexStmt'],
    check(facts, world) {
      if (facts.statement.kind !== 'CreateStmt')
        return [...columnsLeft(facts, world), ...indexLeft(facts, world)].map(leftAsIs);
      const node = read(facts.statement.node, 'CreateStmt');
      const { schema, name } = nameOf(node?.relation);
      const known = node?.if_not_exists ? facts.relation(schema, name) : undefined;
      if (!known || isElsewhere(known, facts.statement, world)) return [];
      if (!['table', 'partitioned table', 'foreign table'].includes(known.kind)) {
        const message = `${known.name} is a ${known.kind}: IF NOT EXISTS says nothing, and no table is created.`;
        return [{ message, relations: [known.name] }];
      }
      const elements = node?.tableElts ?? [];
      const written = readAll(elements, 'ColumnDef');
      if (written.length === 0 || elements.some((each) => read(each, 'TableLikeClause')) || node?.inhRelations)
        return [];
      const differences = differencesOf(written, columnsOf(known.oid, world));
      if (differences.length === 0) return [];
      const message = `IF NOT EXISTS leaves ${known.name} as it is, without a word, and it differs: ${differences.join(', ')}.`;
      return [{ message, relations: [known.name] }];
    },
  },
};

function leftAsIs({ name, table, differences }: LeftAsIs): Problem {
  const message = `IF NOT EXISTS leaves ${name} as it is, without a word, and it differs: ${differences.join(', ')}.`;
  return { message, relations: [table] };
}

/** The name was found in another schema of the search_path than the one that new tables come into. */
function isElsewhere(known: Relation, statement: Statement, world: World): boolean {
  const created = createdTable(statement, world);
  const temporary = read(statement.node, 'CreateStmt')?.relation?.relpersistence === 't';
  return temporary || (created !== undefined && created.oid !== known.oid);
}

/** As they were when the statement ran, as far as is known: at the base, or at the end for a new table. */
function columnsOf(oid: number, { before, after }: World): ReadonlyMap<string, Column> {
  const at = [before, after].map((snapshot) =>
    [...objectsOf(snapshot, 'column').values()].filter((column) => column.oid === oid),
  );
  return new Map((at.find((columns) => columns.length > 0) ?? []).map((column) => [column.name, column]));
}

function differencesOf(written: readonly ColumnDef[], known: ReadonlyMap<string, Column>): string[] {
  const names = new Set(written.map(({ colname }) => colname));
  const missing = written.flatMap(({ colname = '', typeName }) => {
    const column = known.get(colname);
    if (!column) return [`it has no ${colname}`];
    const type = builtInType(typeName);
    return type === undefined || type === column.type ? [] : [`${colname} is ${column.type}, not ${type}`];
  });
  const more = [...known.keys()].filter((name) => !names.has(name)).map((name) => `it has ${name} besides`);
  return [...missing, ...more];
}
