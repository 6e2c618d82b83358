import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import { objectsOf, type Table } from '../../model/schema.ts';
import { alterCommands, alteredTable } from '../../postgres/syntax/alter-table.ts';
import { droppedNames, nameOf, type WrittenName } from '../../postgres/syntax/names.ts';
import { read, readAll } from '../../postgres/syntax/node.ts';

export const rule: Rule = {
  id: 'protected-table',
  severity: 'error',
  what: 'A table that the setting `protected` names is dropped, truncated, renamed, moved, detached, or loses or renames a column; also by CASCADE, and also where the statement fails.',
  why: 'Somebody decided that no migration may do that.',
  instead: 'Leave the table as it is, or take it out of `protected` in a change of its own.',
  sources: ['Lockkeeper, setting `protected`'],
  covers: [
    'drop-table',
    'drop-column',
    'truncate',
    'rename-table',
    'rename-column',
    'detach-not-concurrent',
    'drop-schema',
    'drop-cascade',
    'rename-schema',
    'set-schema',
    'drop-table-locks-parents',
  ],
  waivable: false,
  whole(world) {
    const tables = [...objectsOf(world.before, 'table').values()].filter(({ id }) => world.isProtected(id));
    return tables.flatMap((table) => {
      const said = world.statements.flatMap((facts) => {
        const harm = harmSaid(table, facts);
        return harm ? [problem(table, harm, facts)] : [];
      });
      const seen = said.length === 0 ? harmSeen(table, world) : undefined;
      return seen ? [problem(table, seen, culprit(table, world))] : said;
    });
  },
};

function problem({ id }: Table, harm: string, facts: StatementFacts | undefined): Problem {
  const { migration, path = '', line = 1 } = facts?.statement ?? {};
  const place = { path, line, ...(migration !== undefined && { migration }) };
  return { message: `${id} is protected, and this ${harm}.`, relations: [id], place };
}

/** What the statement says that it does to the table. */
function harmSaid(table: Table, facts: StatementFacts): string | undefined {
  const { node } = facts.statement;
  const is = (name: WrittenName) => means(facts, name, table);
  const drop = read(node, 'DropStmt');
  if (drop?.removeType === 'OBJECT_TABLE' && droppedNames(drop.objects).some(is)) return 'drops it';
  if (readAll(read(node, 'TruncateStmt')?.relations, 'RangeVar').map(nameOf).some(is)) return 'truncates it';
  const rename = read(node, 'RenameStmt');
  if (rename && is(nameOf(rename.relation))) {
    if (rename.renameType === 'OBJECT_TABLE') return 'renames it';
    if (rename.renameType === 'OBJECT_COLUMN') return `renames its column ${rename.subname}`;
  }
  if (is(nameOf(read(node, 'AlterObjectSchemaStmt')?.relation))) return 'moves it to another schema';
  return harmByAlter(facts, is);
}

function harmByAlter({ statement }: StatementFacts, is: (name: WrittenName) => boolean): string | undefined {
  for (const { type, name, node } of alterCommands(statement, 'AT_DropColumn', 'AT_DetachPartition')) {
    if (type === 'AT_DropColumn' && is(alteredTable(statement))) return `takes its column ${name}`;
    if (type === 'AT_DetachPartition' && is(nameOf(read(node.def, 'PartitionCmd')?.name))) return 'detaches it';
  }
  return undefined;
}

/** Of statements that failed nothing but their text is known. */
function means(facts: StatementFacts, written: WrittenName, table: Table): boolean {
  if (written.name === '') return false;
  const relation = facts.relation(written.schema, written.name);
  if (relation) return relation.oid === table.oid;
  return (
    facts.observation.error !== undefined &&
    written.name === table.name &&
    (written.schema ?? table.schema) === table.schema
  );
}

/** What became of it in the end, or was seen of TRUNCATE … CASCADE. */
function harmSeen(table: Table, { before, after, statements }: World): string | undefined {
  const now = [...objectsOf(after, 'table').values()].find(({ oid }) => oid === table.oid);
  if (!now) return 'drops it';
  if (now.schema !== table.schema) return 'moves it to another schema';
  if (now.name !== table.name) return 'renames it';
  if (table.partition && !now.partition) return 'detaches it';
  const positions = new Set(
    [...objectsOf(after, 'column').values()].flatMap(({ oid, position }) => (oid === now.oid ? position : [])),
  );
  const lost = [...objectsOf(before, 'column').values()].find(
    ({ oid, position }) => oid === table.oid && !positions.has(position),
  );
  if (lost) return `takes its column ${lost.name}`;
  const truncated = statements.some(
    ({ statement, observation }) => statement.kind === 'TruncateStmt' && observation.rewritten.includes(table.id),
  );
  return truncated ? 'truncates it' : undefined;
}

/** The last statement that had the table to itself and is not known to do something else. */
function culprit({ id }: Table, { statements }: World): StatementFacts | undefined {
  const locking = statements.filter(({ observation: { locks, held } }) =>
    [...locks, ...held].some(({ relation, mode }) => relation === id && mode === 'AccessExclusiveLock'),
  );
  const likely = locking.findLast(({ statement: { kind } }) =>
    /^(Drop|Truncate|Rename|AlterObjectSchema|Do|Call|Select)/.test(kind),
  );
  return likely ?? locking.at(-1) ?? statements.at(-1);
}
