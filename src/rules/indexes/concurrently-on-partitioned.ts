import type { Instead } from '../../model/finding.ts';
import type { Rule, World } from '../../model/rule.ts';
import { objectsOf, type Table } from '../../model/schema.ts';
import type { Statement } from '../../model/statement.ts';
import {
  type CreatedIndex,
  concurrentIndex,
  createdIndex,
  indexOnOnly,
  saysConcurrently,
} from '../../postgres/syntax/indexes.ts';
import { printIdentifier, printName, splitId } from '../../postgres/syntax/names.ts';
import { indexPiecemeal } from '../partitioning.ts';
import { inTransaction, outsideTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'concurrently-on-partitioned',
  severity: 'error',
  what: 'CREATE or DROP INDEX CONCURRENTLY on a partitioned table.',
  why: 'PostgreSQL refuses it (SQLSTATE 0A000).',
  instead:
    'Create the index ON ONLY the parent, CONCURRENTLY on each partition, and attach those. Drop it without CONCURRENTLY, with a lock_timeout.',
  sources: ['PostgreSQL documentation, 5.12.2.2 "Partition Maintenance"'],
  covers: ['migration-fails'],
  statement: {
    kinds: ['IndexStmt', 'DropStmt', 'ReindexStmt'],
    failed: true,
    check({ statement, observation: { error } }, world) {
      if (error?.sqlstate !== '0A000' || !saysConcurrently(statement) || !/partitioned/.test(error.message)) return [];
      return [{ message: `This fails: ${error.message} (SQLSTATE 0A000).`, instead: insteadOf(statement, world) }];
    },
  },
};

function insteadOf(statement: Statement, world: World): Instead {
  const index = createdIndex(statement);
  if (!index)
    return {
      text: `Without CONCURRENTLY it waits for every query and others wait behind it: begin with SET lock_timeout = '2s';`,
    };
  const tables = [...objectsOf(world.before, 'table').values()];
  const parent = tables.find(
    ({ name, schema }) => name === index.table.name && schema === (index.table.schema ?? schema),
  );
  const partitions = parent ? tables.filter(({ parents }) => parents.includes(parent.id)) : [];
  const plain = partitions.every(({ type }) => type === 'table');
  if (!parent || !plain || index.name === undefined) return { text: indexPiecemeal };
  return { text: world.outsideTransaction, migrations: piecemeal(statement, index, index.name, partitions) };
}

function piecemeal(statement: Statement, index: CreatedIndex, name: string, partitions: readonly Table[]) {
  const own = (table: Table) => printIdentifier(`${table.name}_${name}`.slice(0, 63));
  const { schema } = index.table;
  const attach = partitions.map(
    (table) =>
      `ALTER INDEX ${printName({ schema, name })} ATTACH PARTITION ${printIdentifier(table.schema)}.${own(table)};`,
  );
  return [
    inTransaction(`${indexOnOnly(statement.sql)};`),
    ...partitions.map((table) => outsideTransaction(`${onPartition(statement.sql, name, own(table), table)};`)),
    inTransaction(attach.join('\n')),
  ];
}

/** The user's own statement with the names of index and table exchanged. */
function onPartition(sql: string, name: string, own: string, table: Table): string {
  const written = `(?:"${name}"|${name})`;
  return concurrentIndex(sql).replace(
    new RegExp(`${written}\\s+ON\\s+(?:ONLY\\s+)?(?:(?:"[^"]+"|\\w+)\\.)?(?:"[^"]+"|[\\w$]+)`, 'i'),
    () => `${own} ON ${printName(splitId(table.id))}`,
  );
}
