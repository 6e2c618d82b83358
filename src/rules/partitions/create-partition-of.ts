import type { Rule } from '../../model/rule.ts';
import { nameOf } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse, sqlName } from '../effect.ts';

export const rule: Rule = {
  id: 'create-partition-of',
  severity: 'warning',
  what: 'A partition is created in place with PARTITION OF.',
  why: 'The partitioned table is locked against reads and writes, and a default partition is read whole meanwhile.',
  instead: 'Create the table by itself and attach it: ATTACH PARTITION lets others read and write.',
  sources: ['PostgreSQL documentation, 5.12.2.2; measured on 12 to 18'],
  statement: {
    kinds: ['CreateStmt'],
    check(facts) {
      const node = read(facts.statement.node, 'CreateStmt');
      const parent = node?.partbound ? inUse(facts, nameOf(read(node.inhRelations?.[0], 'RangeVar'))) : undefined;
      if (!parent) return [];
      const { scanned } = facts.observation;
      const blocking = { what: 'reads and writes', during: scanned.length > 0 ? 'scan' : 'moment' } as const;
      const also = scanned.length > 0 ? `, while all of ${scanned.join(', ')} is read` : '';
      return [
        {
          message: `Creating the partition ${node?.relation?.relname} locks ${parent.name} against reads and writes${also}.`,
          relations: [parent.name],
          severity: scanned.length > 0 ? 'error' : 'warning',
          blocking,
          instead: {
            text: `CREATE TABLE … (LIKE ${sqlName(parent.name)} INCLUDING ALL), give it a CHECK of its bounds, then ALTER TABLE ${sqlName(parent.name)} ATTACH PARTITION.`,
          },
        },
      ];
    },
  },
};
