import type { Snapshot } from '../../model/schema.ts';
import { type Connection, SqlError } from '../connect.ts';
import { plansFor, type TablePlan } from './plan.ts';

export interface SeedResult {
  /** Tables that were given rows. */
  readonly tables: number;
  readonly rows: number;
  readonly skipped: readonly { readonly table: string; readonly reason: string }[];
}

/** Tables per message: enough to save round trips, few enough to keep a message small. */
const together = 100;

/**
 * Gives every table a few rows, so that triggers, casts and checks of pending migrations really run. Values follow from
 * types, constraints, enums and foreign keys, the same ones every time. Nullable columns are filled as well: a NULL that
 * only we put there would fail SET NOT NULL for nobody else. Each table is a transaction of its own; what cannot be
 * filled is told with PostgreSQL's reason.
 */
export async function seed(
  session: Connection,
  snapshot: Snapshot,
  options: { readonly rows: number },
): Promise<SeedResult> {
  const numbers = Array.from({ length: options.rows }, (_, index) => index + 1);
  if (numbers.length === 0) return { tables: 0, rows: 0, skipped: [] };
  const result = { tables: 0, rows: 0, skipped: [] as { table: string; reason: string }[] };
  const note = (plan: TablePlan, rows: number, reason = 'its rows collide with those that are there') => {
    if (rows > 0) Object.assign(result, { tables: result.tables + 1, rows: result.rows + rows });
    else result.skipped.push({ table: plan.table, reason });
  };
  const plans = plansFor(snapshot);
  for (let at = 0; at < plans.length; ) {
    const group = plans.slice(at, at + together);
    const inserted = await insertTogether(session, group, numbers);
    for (const [index, rows] of inserted.entries()) note(group[index] as TablePlan, rows);
    at += inserted.length;
    const failed = group[inserted.length];
    if (!failed) continue;
    const { rows, reason } = await insertSingly(session, failed, numbers);
    note(failed, rows, reason);
    at += 1;
  }
  return result;
}

/** Returns the rows of each table, up to the first that failed. */
async function insertTogether(
  session: Connection,
  plans: readonly TablePlan[],
  rows: readonly number[],
): Promise<number[]> {
  const upTo = plans.findIndex((plan) => plan.impossible !== undefined);
  const possible = upTo < 0 ? plans : plans.slice(0, upTo);
  if (possible.length === 0) return [];
  try {
    return countsOf(
      await session.send(possible.map((plan) => `BEGIN; ${plan.insert(rows, false)}; COMMIT;`).join('\n')),
    );
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    if (session.transaction !== 'none') await session.send('ROLLBACK');
    const commits = error.completed.filter((tag) => tag === 'COMMIT').length;
    return countsOf(error.completed).slice(0, commits);
  }
}

function countsOf(tags: readonly string[]): number[] {
  return tags.flatMap((tag) => (tag.startsWith('INSERT') ? [Number(tag.split(' ')[2])] : []));
}

/** Row by row, with all columns and then only those that must be. */
async function insertSingly(
  session: Connection,
  plan: TablePlan,
  numbers: readonly number[],
): Promise<{ rows: number; reason: string }> {
  let rows = 0;
  let reason = plan.impossible ?? '';
  if (plan.impossible) return { rows, reason };
  for (const number of numbers) {
    for (const bare of [false, true]) {
      try {
        const done = countsOf(await session.send(plan.insert([number], bare)))[0] ?? 0;
        rows += done;
        if (done > 0) break;
      } catch (error) {
        if (!(error instanceof SqlError)) throw error;
        reason = error.message;
      }
    }
  }
  return { rows, reason };
}
