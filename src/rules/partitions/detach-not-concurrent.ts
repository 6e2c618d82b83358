import type { Rule } from '../../model/rule.ts';
import { alterCommands, alteredTable } from '../../postgres/syntax/alter-table.ts';
import { nameOf, printName } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { lockedOut, momentary } from '../locks.ts';
import { defaultOf } from '../partitioning.ts';

export const rule: Rule = {
  id: 'detach-not-concurrent',
  severity: 'warning',
  what: 'A partition is detached without CONCURRENTLY.',
  why: 'The partitioned table, the partition and a default partition are locked against reads and writes: it waits for every query, and every later one waits behind it. With a lock_timeout it is a notice.',
  instead:
    'DETACH PARTITION … CONCURRENTLY, outside a transaction; a table with a default partition does not allow it.',
  majors: { from: 14 },
  sources: [
    'PostgreSQL documentation, ALTER TABLE, DETACH PARTITION',
    'squawk: require-concurrent-partition-detach',
    'pg-migration-lint: PGM004',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const [command] = alterCommands(facts.statement, 'AT_DetachPartition');
      const parent = inUse(facts, alteredTable(facts.statement));
      if (!command || !parent || !lockedOut(facts).includes(parent.name)) return [];
      const [table, partition] = [alteredTable(facts.statement), nameOf(read(command.node.def, 'PartitionCmd')?.name)];
      const concurrent = `ALTER TABLE ${printName(table)} DETACH PARTITION ${printName(partition)} CONCURRENTLY;`;
      const text = defaultOf(parent.name, world)
        ? 'CONCURRENTLY is not possible beside a default partition: set a lock_timeout, and try again when it ends.'
        : `${concurrent} It leaves a CHECK of the bounds behind, which can be dropped. ${world.outsideTransaction}`;
      return [
        {
          message: `Detaching ${partition.name} waits for every query on ${parent.name}, and every later query waits behind it.`,
          relations: lockedOut(facts),
          severity: momentary(facts),
          blocking: { what: 'reads and writes', during: 'moment' },
          instead: { text },
        },
      ];
    },
  },
};
