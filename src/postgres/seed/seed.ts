import type { Connection } from '../connect.ts';
import { readCatalog } from './catalog.ts';
import { conditionsOf } from './conditions.ts';
import { Filling } from './filling.ts';
import { standing } from './keys.ts';
import { wavesOf } from './order.ts';
import { targetsOf } from './targets.ts';

export interface SeedOptions {
  /** Rows for each table. */
  readonly rows: number;
}

export interface SeedResult {
  /** Tables that have rows now; every partition counts as one. */
  readonly tables: number;
  /** Rows that were inserted. */
  readonly rows: number;
  /** Tables without rows, and why. */
  readonly skipped: readonly { readonly table: string; readonly reason: string }[];
}

/**
 * Gives every table rows made from types, constraints and foreign keys, the same ones every time, so that triggers,
 * casts and checks of pending migrations really run. Tables that have rows are left alone.
 *
 * A migration that is right for real rows should not fail on these. So nullable columns are filled too: a NULL that only
 * we put there would fail SET NOT NULL for nobody else. Keys are the same few in all tables, and columns named after a
 * table hold that table's keys, which a foreign key to come will want. Values differ from row to row, for unique keys to
 * come. Texts are digits unless the schema says otherwise, which most casts accept.
 *
 * One table's failure does not touch the others, and nothing but rows (and advanced sequences) remains.
 */
export async function seed(connection: Connection, { rows }: SeedOptions): Promise<SeedResult> {
  if (rows <= 0) return { tables: 0, rows: 0, skipped: [] };
  const catalog = await readCatalog(connection);
  const targets = targetsOf(catalog);
  const work = new Filling(connection, await conditionsOf(catalog, targets), rows);
  const there = await standing(connection, targets);
  const waves = wavesOf(targets);
  for (const wave of waves)
    await work.fill({ ...wave, places: wave.places.filter(({ target }) => !there.has(target)) });
  await work.close();
  return { tables: there.size + work.tables, rows: work.rows, skipped: work.skipped };
}
