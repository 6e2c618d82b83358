import type { Agenda } from '../../model/ledger.ts';
import type { Migration, Span } from '../../model/migration.ts';
import type { Gate } from '../../model/plan.ts';
import { hashOf } from '../../postgres/apply/apply.ts';
import { unitsOf } from '../../postgres/apply/units.ts';
import { batchesOf } from '../../postgres/batches.ts';
import type { Recorded } from '../../postgres/journal.ts';
import { closed } from '../gates/session.ts';

/**
 * The row of a run that was cut off, where its migration can be gone on with: it is the next one, and the statements that
 * are committed are as they were. What the tool's table has as applied since, somebody else has brought to its end.
 */
export async function interrupted(
  journal: readonly Recorded[],
  { applied, pending: [next] }: Pick<Agenda, 'applied' | 'pending'>,
): Promise<{ readonly row?: Recorded; readonly gate: Gate }> {
  const gate = 'interrupted';
  const last = new Map(journal.map((row) => [row.migration, row]));
  const settled = new Set(applied.map(({ id }) => id));
  const [row] = [...last.values()].filter(({ status, migration }) => status === 'started' && !settled.has(migration));
  if (!row)
    return { gate: { gate, outcome: 'open', message: 'No earlier run was cut off in the middle of a migration.' } };
  const done = `${row.done} of ${row.statements} statements of ${row.migration} are committed`;
  if (next?.id !== row.migration)
    return {
      gate: closed(
        gate,
        `An earlier run was cut off: ${done}, and it is not the next migration here.`,
        'Check out the commit that it was applied from, and go on there.',
      ),
    };
  const statements = unitsOf(await batchesOf(next)).flatMap((unit) => unit.statements);
  const same = row.done === 0 || hashOf(statements.slice(0, row.done)) === row.doneHash;
  if (same)
    return {
      row,
      gate: { gate, outcome: 'open', message: `An earlier run was cut off: ${done}; it goes on behind them.` },
    };
  return {
    gate: closed(
      gate,
      `An earlier run was cut off: ${done}, and those were changed since.`,
      'Put them back as they were; what is not committed yet may be changed.',
    ),
  };
}

/**
 * A migration in two: what is committed, and what is left. A transaction is one message, which is a transaction for
 * PostgreSQL as well.
 */
export async function parted(migration: Migration, done: number): Promise<[done: Migration, left: Migration]> {
  const units = unitsOf(await batchesOf(migration));
  const spans: { span: Span; behind: number }[] = [];
  for (const { statements } of units) {
    const [first, last] = [statements[0], statements.at(-1)];
    if (!first || !last) continue;
    const span = { start: first.offset, end: last.offset + last.sql.length };
    spans.push({ span, behind: (spans.at(-1)?.behind ?? 0) + statements.length });
  }
  const part = (chosen: typeof spans): Migration => ({
    ...migration,
    up: { ...migration.up, delivery: 'message', messages: chosen.map(({ span }) => span) },
  });
  return [part(spans.filter(({ behind }) => behind <= done)), part(spans.filter(({ behind }) => behind > done))];
}
