import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { objectsOf, type Table } from '../../model/schema.ts';
import { alterCommands, alteredTable } from '../../postgres/syntax/alter-table.ts';
import { nameOf } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { lockedOut } from '../locks.ts';
import { boundsOf, defaultOf, leavesOf, proved } from '../partitioning.ts';
import { tableBefore } from '../schema.ts';
import { inTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'attach-scans-default',
  severity: 'error',
  what: 'A partition is added beside a default partition, which is read whole to see that it holds no row of the new one.',
  why: 'Nobody can read or write the default partition meanwhile, nor, with CREATE TABLE … PARTITION OF, any other.',
  instead: 'Give the default partition a CHECK that excludes the new bounds, as NOT VALID, and validate it before.',
  sources: ['PostgreSQL documentation, 5.12.2.2 "Partition Maintenance"; measured on 12 to 18'],
  covers: ['create-partition-of'],
  statement: {
    kinds: ['AlterTableStmt', 'CreateStmt'],
    check(facts, world) {
      const parent = partitioned(facts);
      const table = parent && tableBefore(parent, world);
      const rest = table && defaultOf(table.id, world);
      const { scanned, rewritten } = facts.observation;
      if (!rest || isAttached(rest, facts)) return [];
      const parts = new Set([rest.id, ...leavesOf(rest.oid, world).map(({ id }) => id)]);
      const scans = scanned.filter((each) => parts.has(each) && !rewritten.includes(each));
      if (scans.length === 0) return [];
      const shut = [...new Set([rest.id, ...scans, ...lockedOut(facts).filter((each) => each === table.id)])];
      const condition = boundsOf(table.partitionKey, newBound(facts, world));
      const work = inTransaction(`${facts.statement.sql};`);
      return [
        {
          message: `The new partition makes PostgreSQL read all of ${scans.join(' and ')}, while nobody can read or write ${shut.join(' and ')}; it fails where a row there belongs to the new one.`,
          relations: shut,
          blocking: { what: 'reads and writes', during: 'scan' },
          instead: {
            text: condition
              ? 'The check proves that no row has to move, and is validated while others read and write.'
              : `Before it, give ${rest.id} a CHECK that excludes the new bounds, NOT VALID, and validate it in a transaction of its own.`,
            ...(condition && { migrations: proved(rest.id, `NOT (${condition})`, [work]) }),
          },
        },
      ];
    },
  },
};

/** Whether it is the default partition itself that is attached: then its rows are looked at for its own bounds. */
function isAttached({ oid }: Table, facts: StatementFacts): boolean {
  const [command] = alterCommands(facts.statement, 'AT_AttachPartition');
  return inUse(facts, nameOf(read(command?.node.def, 'PartitionCmd')?.name))?.oid === oid;
}

/** The table that gets a partition by ATTACH PARTITION or PARTITION OF. */
function partitioned(facts: StatementFacts) {
  const attaches = alterCommands(facts.statement, 'AT_AttachPartition').length > 0;
  const node = read(facts.statement.node, 'CreateStmt');
  if (attaches) return inUse(facts, alteredTable(facts.statement));
  return node?.partbound ? inUse(facts, nameOf(read(node.inhRelations?.[0], 'RangeVar'))) : undefined;
}

function newBound({ statement }: StatementFacts, { after }: World): string | undefined {
  const [command] = alterCommands(statement, 'AT_AttachPartition');
  const { name } = nameOf(
    read(command?.node.def, 'PartitionCmd')?.name ?? read(statement.node, 'CreateStmt')?.relation,
  );
  return [...objectsOf(after, 'table').values()].find((table) => table.name === name && table.partition)
    ?.partitionBound;
}
