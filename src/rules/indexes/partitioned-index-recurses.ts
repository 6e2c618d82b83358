import type { Instead } from '../../model/finding.ts';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import type { Index } from '../../model/schema.ts';
import { concurrentIndex, createdIndex, indexOnOnly } from '../../postgres/syntax/indexes.ts';
import { printId, printIdentifier, printName } from '../../postgres/syntax/names.ts';
import { inUse } from '../in-use.ts';
import { blockedTables } from '../locks.ts';
import { descendants, indexPiecemeal } from '../partitioning.ts';
import { addedIndexesOf } from '../schema.ts';
import { inTransaction, outsideTransaction, type Steps } from '../steps.ts';
import { lockedBefore } from '../transaction.ts';

export const rule: Rule = {
  id: 'partitioned-index-recurses',
  severity: 'error',
  what: 'CREATE INDEX on a partitioned table, which builds the index on every partition too.',
  why: 'It holds SHARE on the parent and on every partition until the last one is indexed: all writes wait. CONCURRENTLY is refused there.',
  instead:
    'CREATE INDEX ON ONLY the parent, CREATE INDEX CONCURRENTLY on each partition, then ALTER INDEX … ATTACH PARTITION.',
  sources: ['PostgreSQL documentation, 5.12.2.2 "Partition Maintenance"', 'pg-migration-lint: PGM001'],
  covers: ['statement-after-access-exclusive'],
  statement: {
    kinds: ['IndexStmt'],
    check(facts, world) {
      const index = createdIndex(facts.statement);
      const table = index && inUse(facts, index.table);
      if (!index || index.only || table?.kind !== 'partitioned table') return [];
      const blocked = blockedTables(facts.observation).map((each) => each.table);
      if (blocked.length === 0) return [];
      const locked = lockedBefore(facts, world);
      const partitions = blocked.length === 1 ? 'its partition is' : `${blocked.length} partitions are`;
      return [
        {
          message: `CREATE INDEX on the partitioned table ${printName(index.table)} keeps every write to it waiting until ${partitions} indexed.${locked.words}`,
          relations: [...new Set([table.name, ...blocked, ...locked.tables])],
          blocking: { what: locked.tables.length > 0 ? 'reads and writes' : 'writes', during: 'index build' },
          instead: insteadOf(piecemeal(facts, world, table.name, index.name), world),
        },
      ];
    },
  },
};

function insteadOf(migrations: Steps, world: World): Instead {
  return migrations.length > 0 ? { text: world.outsideTransaction, migrations } : { text: indexPiecemeal };
}

/** One partition at a time, under the names that PostgreSQL chose. */
function piecemeal(facts: StatementFacts, world: World, table: string, name: string | undefined): Steps {
  const added = addedIndexesOf(world);
  const roots = added.filter((each) => each.table === table && !each.parent && each.name === (name ?? each.name));
  const [root] = roots;
  if (!root || roots.length > 1) return [];
  const children = descendants(root, added);
  const attach = children.map(
    ({ parent = '', id }) => `ALTER INDEX ${printId(parent)} ATTACH PARTITION ${printId(id)};`,
  );
  const own = children.map(({ definition }) =>
    / ON ONLY /.test(definition)
      ? inTransaction(`${definition};`)
      : outsideTransaction(`${concurrentIndex(definition)};`),
  );
  const head = inTransaction(`${named(indexOnOnly(facts.statement.sql), name, root)};`);
  return [head, ...own, inTransaction(attach.reverse().join('\n'))];
}

function named(sql: string, name: string | undefined, index: Index): string {
  return name === undefined ? sql.replace(/\bINDEX\b/i, `$& ${printIdentifier(index.name)}`) : sql;
}
