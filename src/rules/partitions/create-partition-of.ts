import type { Rule, StatementFacts } from '../../model/rule.ts';
import type { Table } from '../../model/schema.ts';
import { nameOf, printId, printName } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { createdTable } from '../created.ts';
import { inUse } from '../in-use.ts';
import { lockedOut, momentary } from '../locks.ts';
import { inTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'create-partition-of',
  severity: 'warning',
  what: 'A partition of a table that is in use is created in place with PARTITION OF.',
  why: 'The partitioned table is locked against reads and writes, with all its partitions: it waits for every query, and every later one waits behind it. With a lock_timeout it is a notice.',
  instead: 'Create the table by itself and attach it: ATTACH PARTITION lets others read and write.',
  sources: ['PostgreSQL documentation, 5.12.2.2 "Partition Maintenance"; measured on 12 to 18'],
  statement: {
    kinds: ['CreateStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'CreateStmt');
      const parent = node?.partbound ? inUse(facts, nameOf(read(node.inhRelations?.[0], 'RangeVar'))) : undefined;
      if (!parent || !lockedOut(facts).includes(parent.name)) return [];
      const created = createdTable(facts.statement, world);
      const migrations = created && attached(created, parent.name, facts);
      return [
        {
          message: `Creating the partition ${node?.relation?.relname} in place waits for every query on ${parent.name}, and every later query waits behind it.`,
          relations: [parent.name],
          severity: momentary(facts),
          blocking: { what: 'reads and writes', during: 'moment' },
          instead: {
            text: 'A table that is created by itself and then attached keeps nobody waiting.',
            ...(migrations && { migrations }),
          },
        },
      ];
    },
  },
};

/** Undefined where the partition has columns, options or partitions of its own. */
function attached({ partitionBound }: Table, parent: string, { statement }: StatementFacts) {
  const node = read(statement.node, 'CreateStmt');
  const special = node?.tableElts ?? node?.partspec ?? node?.options ?? node?.tablespacename ?? node?.accessMethod;
  if (special !== undefined || node?.if_not_exists || partitionBound === undefined) return undefined;
  const table = printName(nameOf(node?.relation));
  const like = 'INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE';
  return [
    inTransaction(
      `CREATE TABLE ${table} (LIKE ${printId(parent)} ${like});`,
      `ALTER TABLE ${printId(parent)} ATTACH PARTITION ${table} ${partitionBound};`,
    ),
  ];
}
