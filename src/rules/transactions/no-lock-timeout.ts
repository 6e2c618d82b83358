import { blocks, type Lock } from '../../model/observation.ts';
import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { saysConcurrently } from '../../postgres/syntax/indexes.ts';
import { read } from '../../postgres/syntax/node.ts';
import { endOfWait, lockedTables } from '../locks.ts';
import { isOneTransaction } from '../transaction.ts';

export const rule: Rule = {
  id: 'no-lock-timeout',
  severity: 'notice',
  what: 'A statement takes a lock that blocks reads or writes of a table that is in use, and neither lock_timeout nor statement_timeout ends the wait for it within a minute. Told once for a migration.',
  why: 'While it waits behind one long query, everybody who comes after it waits too: a change of a moment becomes an outage, also on a tiny table.',
  instead: 'Set a lock_timeout before it, and try again when it ends.',
  sources: [
    'PostgreSQL documentation, 19.11 "Client Connection Defaults", lock_timeout',
    'squawk: require-lock-timeout',
    'eugene: E9',
    'pgfence: missing-lock-timeout',
  ],
  fallback: true,
  statement: {
    check(facts, world) {
      const [first] = strongLocks(facts);
      if (!first || isToldAlready(facts, world)) return [];
      const what = blocks(first.mode);
      if (what === 'nothing') return [];
      const end = endOfWait(facts);
      const until = end > 0 ? `for up to ${Math.round(end / 1000)} s` : 'and nothing ends the wait';
      return [
        {
          message: `While this waits for its lock on ${first.relation}, ${what} that come later wait behind it, ${until}.`,
          relations: [first.relation],
          blocking: { what, during: 'moment' },
          instead: { text: saysConcurrently(facts.statement) ? patience : retry(isOneTransaction(facts, world)) },
        },
      ];
    },
  },
};

/** Longer, and people notice: milliseconds. */
const noticed = 60_000;

/** In a transaction it must not outlive it: in the same session, it would end an index that is built CONCURRENTLY. */
const retry = (inTransaction: boolean) =>
  `Begin the migration with ${inTransaction ? 'SET LOCAL' : 'SET'} lock_timeout = '5s'; and run it again when that ends it.`;

/** What works CONCURRENTLY is not undone when a timeout ends it. */
const patience = 'Run it while no transaction stays open for long: a short lock_timeout may end it half-way.';

/** Locks on tables that may be waited for too long, the strongest first. */
function strongLocks(facts: StatementFacts): Lock[] {
  const end = endOfWait(facts);
  const nowait = read(facts.statement.node, 'LockStmt')?.nowait;
  if (nowait || (end > 0 && end <= noticed)) return [];
  const locks = lockedTables(facts.observation.locks, 'ShareLock');
  return locks.toSorted((a, b) => Number(b.mode === 'AccessExclusiveLock') - Number(a.mode === 'AccessExclusiveLock'));
}

function isToldAlready({ index, statement }: StatementFacts, { statements }: World): boolean {
  const earlier = statements.slice(0, index).filter((each) => each.statement.migration === statement.migration);
  return earlier.some((each) => strongLocks(each).length > 0);
}
