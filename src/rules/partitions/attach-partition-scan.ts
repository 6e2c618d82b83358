import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { objectsOf, type Snapshot, type Table } from '../../model/schema.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { concurrentIndex } from '../../postgres/syntax/indexes.ts';
import { nameOf, printId, printIdentifier } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { lockedTables } from '../locks.ts';
import { costs, observed } from '../observed.ts';
import { boundsOf, proved } from '../partitioning.ts';
import { inTransaction, outsideTransaction, type Steps } from '../steps.ts';

export const rule: Rule = {
  id: 'attach-partition-scan',
  severity: 'error',
  what: 'A table that is in use is attached as a partition and read whole: nothing proves that its rows belong there, or it has not the foreign keys or indexes of the partitioned table.',
  why: 'Nobody can read or write the table meanwhile, nor write to one that a foreign key refers to.',
  instead:
    'Give the table a CHECK that implies the bounds and the foreign keys, as NOT VALID, validate them, build its indexes concurrently, then attach.',
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
      const referred = lockedTables(facts.observation.locks)
        .filter(({ relation, mode }) => mode !== 'AccessExclusiveLock' && !seen.scanned.includes(relation))
        .map(({ relation }) => relation);
      const told = costs(seen);
      return [
        {
          message: `ATTACH PARTITION reads all of ${table.name}, which nobody can read or write meanwhile${referred.length > 0 ? `, and keeps writes to ${referred.join(', ')} waiting` : ''}.`,
          ...told,
          relations: [...(told.relations ?? []), ...referred],
          instead: {
            text: migrations
              ? 'Its rows are proved to belong there, and what the partitioned table has, it has already: attaching does not read it again.'
              : inWords(table.name, attached),
            ...(migrations && { migrations }),
          },
        },
      ];
    },
  },
};

function inWords(table: string, attached: Table | undefined): string {
  const check =
    attached?.partitionBound === 'DEFAULT' ? 'excludes the bounds of all other partitions' : 'implies the bounds';
  return `Before it, give ${table} a CHECK that ${check} and the foreign keys of the partitioned table, each NOT VALID, validate them in a transaction of their own, and build the indexes of the partitioned table on it concurrently.`;
}

/** Undefined where more than bounds, foreign keys and indexes is to be proved: partitions below. */
function steps(table: Table, { statement }: StatementFacts, world: World): Steps | undefined {
  const parent = objectsOf(world.after, 'table').get(table.parents[0] ?? '');
  const condition = boundsOf(parent?.partitionKey, table.partitionBound);
  if (!parent || condition === undefined || table.type !== 'table') return undefined;
  const before = [...missingKeys(table, parent, world), ...missingIndexes(table, world)];
  return proved(table.id, condition, [...before, inTransaction(`${statement.sql};`)]);
}

/** The foreign keys of the partitioned table that this one has not; attaching takes its own over, whatever their names. */
function missingKeys({ id }: Table, parent: Table, { before, after }: World): Steps {
  const keys = (snapshot: Snapshot, table: string) =>
    [...objectsOf(snapshot, 'constraint').values()].filter(
      (each) => each.table === table && each.type === 'foreign key' && each.enforced,
    );
  const known = keys(before, id).filter(({ validated }) => validated);
  const missing = keys(after, parent.id).filter((key) =>
    known.every(({ definition }) => definition !== key.definition),
  );
  return missing.flatMap(({ name, definition }) => [
    inTransaction(`ALTER TABLE ${printId(id)} ADD CONSTRAINT ${printIdentifier(name)} ${definition} NOT VALID;`),
    inTransaction(`ALTER TABLE ${printId(id)} VALIDATE CONSTRAINT ${printIdentifier(name)};`),
  ]);
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
