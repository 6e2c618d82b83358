import type { Rule, StatementFacts } from '../../model/rule.ts';
import { saysConcurrently } from '../../postgres/syntax/indexes.ts';
import { read } from '../../postgres/syntax/node.ts';

/** Milliseconds that may pass until the last transaction that was there before has ended. */
const longWait = 120_000;

/** Milliseconds in which a big index may be built. */
const longBuild = 3_600_000;

export const rule: Rule = {
  id: 'concurrent-with-short-timeout',
  severity: 'warning',
  what: 'CREATE INDEX or REINDEX CONCURRENTLY runs with a statement_timeout of less than an hour, or a lock_timeout of less than two minutes.',
  why: 'It waits until all transactions that were there before have ended, and that counts: where a timeout ends it, an invalid index stays behind. While it waits nobody waits behind it.',
  instead: 'SET statement_timeout = 0 and a long lock_timeout in the migration of the index.',
  sources: ['PostgreSQL documentation, CREATE INDEX, "Building Indexes Concurrently"; measured on 12 to 18'],
  statement: {
    kinds: ['IndexStmt', 'ReindexStmt'],
    check(facts) {
      const limits = saysConcurrently(facts.statement) ? shortLimits(facts) : [];
      if (limits.length === 0) return [];
      const what = read(facts.statement.node, 'IndexStmt') ? 'CREATE INDEX' : 'REINDEX';
      return [
        {
          message: `${what} CONCURRENTLY waits for older transactions, and ${limits.join(' and ')} may end it half-way: an invalid index stays behind.`,
          instead: { text: `SET statement_timeout = 0; SET lock_timeout = '10min'; before it.` },
        },
      ];
    },
  },
};

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
