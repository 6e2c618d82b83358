import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { objectsOf, type Table } from '../../model/schema.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { concurrentIndex } from '../../postgres/syntax/indexes.ts';
import { nameOf, printId, printIdentifier } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { costs, observed } from '../observed.ts';
import { boundsOf, proved } from '../partitioning.ts';
import { inTransaction, outsideTransaction, type Steps } from '../steps.ts';

export const rule: Rule = {
  id: 'attach-partition-scan',
  severity: 'error',
  what: 'A table that is in use is attached as a partition and read whole: nothing proves that its rows belong there, or indexes of the partitioned table are built on it.',
  why: 'Nobody can read or write the table meanwhile.',
  instead:
    'Give the table a CHECK that implies the bounds, as NOT VALID, validate it, build its indexes concurrently, then attach.',
  sources: [
    'PostgreSQL documentation, 5.12.2.2 "Partition Maintenance"',
    'pg-migration-lint: PGM005',
    'pgsafe: attach-partition',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const [command] = alterCommands(facts.statement, 'AT_AttachPartition');
      const table = inUse(facts, nameOf(read(command?.node.def, 'PartitionCmd')?.name));
      const seen = table && observed(table, facts, world);
      if (!seen || seen.scanned.length === 0) return [];
      const attached = [...objectsOf(world.after, 'table').values()].find(({ oid }) => oid === table.oid);
      const migrations = attached && steps(attached, facts, world);
      return [
        {
          message: `ATTACH PARTITION reads all of ${table.name}, which nobody can read or write meanwhile.`,
          ...costs(seen),
          instead: {
            text: migrations
              ? 'The check proves where the rows belong, and the indexes are there already: attaching takes a moment.'
              : `Before it, give ${table.name} a CHECK that implies the bounds, NOT VALID, validate it in a transaction of its own, and build the indexes of the partitioned table on it concurrently.`,
            ...(migrations && { migrations }),
          },
        },
      ];
    },
  },
};

/** Undefined where more than bounds and indexes is to be proved: foreign keys, partitions below. */
function steps(table: Table, { statement }: StatementFacts, world: World): Steps | undefined {
  const parent = objectsOf(world.after, 'table').get(table.parents[0] ?? '');
  const condition = boundsOf(parent?.partitionKey, table.partitionBound);
  const bound = [...objectsOf(world.before, 'constraint').values()].some(
    (each) => each.table === parent?.id && each.type === 'foreign key',
  );
  if (condition === undefined || bound || table.type !== 'table') return undefined;
  return proved(table.id, condition, [...missingIndexes(table, world), inTransaction(`${statement.sql};`)]);
}

/** The indexes that attaching built, concurrently, and the constraints that they hold up. */
function missingIndexes({ id }: Table, { before, after }: World): Steps {
  const known = new Set(before.objects.map(({ kind, oid }) => `${kind} ${oid}`));
  const built = [...objectsOf(after, 'index').values()].filter(
    (index) => index.table === id && index.parent !== undefined && !known.has(`index ${index.oid}`),
  );
  return built.flatMap((index): Steps => {
    const create = outsideTransaction(`${concurrentIndex(index.definition)};`);
    const name = printIdentifier(index.name);
    const type = index.primary ? 'PRIMARY KEY' : 'UNIQUE';
    const constraint = `ALTER TABLE ${printId(id)} ADD CONSTRAINT ${name} ${type} USING INDEX ${name};`;
    return index.constraint === undefined ? [create] : [create, inTransaction(constraint)];
  });
}
