import type { Rule } from '../../model/rule.ts';
import { droppedNames, printId, printName } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { lockedOut } from '../locks.ts';
import { defaultOf, lockedParent } from '../partitioning.ts';
import { inTransaction, outsideTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'drop-partition',
  severity: 'error',
  what: 'A partition is dropped while it is attached.',
  why: 'Its data is gone, and the partitioned table and a default partition are locked against reads and writes: every query waits behind it.',
  instead:
    'See that nobody needs the rows; DETACH PARTITION … CONCURRENTLY (from PostgreSQL 14 on), then drop the table.',
  sources: ['PostgreSQL documentation, 5.12.2.2 "Partition Maintenance"; measured on 12 to 18'],
  statement: {
    kinds: ['DropStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'DropStmt');
      const names = node?.removeType === 'OBJECT_TABLE' ? droppedNames(node.objects) : [];
      return names.flatMap((written) => {
        const table = inUse(facts, written);
        const parent = table && lockedParent(table, facts, world);
        if (!parent) return [];
        const others = lockedOut(facts).filter((each) => each !== table.name);
        const alone = world.major >= 14 && !defaultOf(parent, world) && names.length === 1;
        const detach = `ALTER TABLE ${printId(parent)} DETACH PARTITION ${printName(written)} CONCURRENTLY;`;
        const migrations = [outsideTransaction(detach), inTransaction(`${facts.statement.sql};`)];
        return [
          {
            message: `Dropping the partition ${table.name} deletes its data, and locks ${others.join(', ')} against reads and writes.`,
            relations: [table.name, ...others],
            blocking: { what: 'reads and writes', during: 'moment' },
            instead: alone
              ? { text: world.outsideTransaction, migrations }
              : { text: 'Set a lock_timeout before it, and try again when it ends.' },
          },
        ];
      });
    },
  },
};
