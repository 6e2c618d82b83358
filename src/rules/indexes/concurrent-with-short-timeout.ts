import type { Rule, StatementFacts } from '../../model/rule.ts';
import type { Statement } from '../../model/statement.ts';
import { alterCommands, alteredTable } from '../../postgres/syntax/alter-table.ts';
import { saysConcurrently } from '../../postgres/syntax/indexes.ts';
import { nameOf, printName } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';

/** Milliseconds that may pass until the last transaction that was there before has ended. */
const longWait = 120_000;

/** Milliseconds in which a big index may be built. */
const longBuild = 3_600_000;

export const rule: Rule = {
  id: 'concurrent-with-short-timeout',
  severity: 'warning',
  what: 'CREATE INDEX, REINDEX or DETACH PARTITION runs CONCURRENTLY with a statement_timeout of less than an hour, or a lock_timeout of less than two minutes.',
  why: 'It waits until all transactions that were there before have ended, and that counts: where a timeout ends it, an invalid index stays behind, or a partition that is neither attached nor detached. While it waits nobody waits behind it.',
  instead:
    'SET statement_timeout = 0 and a long lock_timeout before it. DETACH PARTITION … FINALIZE ends what was ended half-way.',
  sources: [
    'PostgreSQL documentation, CREATE INDEX, "Building Indexes Concurrently"; ALTER TABLE, DETACH PARTITION; measured on 12 to 18',
  ],
  statement: {
    kinds: ['IndexStmt', 'ReindexStmt', 'AlterTableStmt'],
    check(facts) {
      const limits = saysConcurrently(facts.statement) ? shortLimits(facts) : [];
      if (limits.length === 0) return [];
      const told = effectOf(facts.statement);
      return [
        {
          message: `${told.what} CONCURRENTLY waits for older transactions, and ${limits.join(' and ')} may end it half-way: ${told.left}.`,
          instead: { text: `SET statement_timeout = 0; SET lock_timeout = '10min'; before it.${told.more}` },
        },
      ];
    },
  },
};

/** What stays behind where a timeout ends it. */
function effectOf(statement: Statement): { what: string; left: string; more: string } {
  const [command] = alterCommands(statement, 'AT_DetachPartition');
  const what = statement.kind === 'IndexStmt' ? 'CREATE INDEX' : 'REINDEX';
  if (!command) return { what, left: 'an invalid index stays behind', more: '' };
  const partition = nameOf(read(command.node.def, 'PartitionCmd')?.name);
  const finish = `ALTER TABLE ${printName(alteredTable(statement))} DETACH PARTITION ${printName(partition)} FINALIZE;`;
  return {
    what: 'DETACH PARTITION',
    left: `nobody finds the rows of ${partition.name} in the partitioned table any more, and it cannot be run again`,
    more: ` Where one has ended it, ${finish} goes on.`,
  };
}

function shortLimits({ lockTimeout, statementTimeout }: StatementFacts): string[] {
  return [
    ...(statementTimeout > 0 && statementTimeout < longBuild
      ? [`the statement_timeout of ${seconds(statementTimeout)}`]
      : []),
    ...(lockTimeout > 0 && lockTimeout < longWait ? [`the lock_timeout of ${seconds(lockTimeout)}`] : []),
  ];
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}
