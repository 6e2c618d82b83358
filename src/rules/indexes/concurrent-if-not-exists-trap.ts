import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { concurrentIndex, createdIndex } from '../../postgres/syntax/indexes.ts';
import { droppedNames, printName } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { outsideTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'concurrent-if-not-exists-trap',
  severity: 'warning',
  what: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS.',
  why: 'A run that was interrupted leaves an INVALID index under that name; the next run sees it, skips the statement, and the migration is recorded with an index that no query uses and no uniqueness is kept by.',
  instead: 'Drop what an interrupted run may have left, then create without IF NOT EXISTS.',
  sources: [
    'PostgreSQL documentation, CREATE INDEX, "Building Indexes Concurrently"',
    'chatwoot#15885, OpenMetadata#28238: invalid indexes that went unnoticed',
  ],
  statement: {
    kinds: ['IndexStmt'],
    check(facts, world) {
      const index = createdIndex(facts.statement);
      if (!index?.concurrently || !index.ifNotExists || index.name === undefined || !inUse(facts, index.table))
        return [];
      if (isDroppedBefore(index.name, facts, world)) return [];
      const name = printName({ schema: index.table.schema, name: index.name });
      return [
        {
          message: `If an interrupted run leaves ${name} invalid, the next run skips this statement and keeps the invalid index.`,
          instead: {
            text: world.outsideTransaction,
            migrations: [
              outsideTransaction(`DROP INDEX CONCURRENTLY IF EXISTS ${name};`),
              outsideTransaction(`${concurrentIndex(facts.statement.sql)};`),
            ],
          },
        },
      ];
    },
  },
};

/** Whether the same file drops the index first: it is begun anew after an interruption, and takes away what that left. */
function isDroppedBefore(name: string, { statement, index }: StatementFacts, { statements }: World): boolean {
  return statements.slice(0, index).some((each) => {
    const drop = read(each.statement.node, 'DropStmt');
    const names = drop?.removeType === 'OBJECT_INDEX' ? droppedNames(drop.objects) : [];
    return each.statement.migration === statement.migration && names.some((dropped) => dropped.name === name);
  });
}
