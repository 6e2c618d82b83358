import type { Connection } from '../connect.ts';
import type { Conditions } from './conditions.ts';
import { insertionOf } from './insertion.ts';
import type { Key, Keys } from './keys.ts';
import type { Place } from './order.ts';
import { recipeOf } from './recipe.ts';
import { NoRow, type Row, rowsOf } from './rows.ts';
import { sendAll } from './send.ts';
import type { Reference, Target } from './targets.ts';
import { literal } from './values.ts';

/** How foreign keys may wait until all rows of the cycle are there; the last needs a superuser and keeps triggers from running. */
const ways = ['SET CONSTRAINTS ALL DEFERRED', 'SET LOCAL session_replication_role = replica'];

/**
 * Fills tables that need each other: NOT NULL foreign keys in a circle, or from a table to itself. All keys are chosen
 * beforehand, so that the rows truly refer to each other whatever way lets them in. Returns the rows of each table, or
 * why there are none.
 */
export async function fillCycle(
  connection: Connection,
  places: readonly Place[],
  conditions: Conditions,
  keys: Keys,
  count: number,
): Promise<ReadonlyMap<Place, number> | string> {
  const ordered = patientFirst(places);
  let reason = '';
  for (const rows of new Set([count, 1])) {
    const circle = { places: ordered, conditions, keys, counted: await countersOf(connection, ordered, rows), rows };
    const planned = planOf(circle);
    if (typeof planned === 'string') return planned;
    const statements = ordered.map(({ target }) => insertionOf(target, planned.get(target) ?? [], true));
    for (const way of ways) {
      const sent = await sendAll(connection, statements, way);
      if (Array.isArray(sent)) return new Map(ordered.map((place, index) => [place, sent[index] ?? 0]));
      reason ||= sent.error.message;
    }
  }
  return reason;
}

/** Tables whose foreign keys can wait go before those whose cannot. */
function patientFirst(places: readonly Place[]): Place[] {
  const inside = new Set(places.flatMap(({ target }) => target.lineage));
  const strict = ({ target }: Place) =>
    target.references.filter((each) => inside.has(each.to.oid) && !each.deferrable && each.optional.length === 0)
      .length;
  return places.toSorted((a, b) => strict(a) - strict(b));
}

/** Values of identity columns and sequences, taken from them beforehand. */
async function countersOf(
  connection: Connection,
  places: readonly Place[],
  count: number,
): Promise<ReadonlyMap<Target, readonly Row[]>> {
  const counted = new Map<Target, readonly Row[]>();
  for (const { target } of places) {
    const rows = Array.from({ length: count }, () => new Map<string, string>());
    for (const { name } of target.columns.filter((each) => each.counted)) {
      const sequence = `pg_get_serial_sequence(${literal(target.into)}, ${literal(name)})`;
      const values = await connection.query<{ value: string }>(
        `SELECT nextval(${sequence})::text AS value FROM generate_series(1, ${count}) WHERE ${sequence} IS NOT NULL`,
      );
      for (const [index, { value }] of values.entries()) rows[index]?.set(name, value);
    }
    counted.set(target, rows);
  }
  return counted;
}

interface Circle {
  readonly places: readonly Place[];
  readonly conditions: Conditions;
  readonly keys: Keys;
  readonly counted: ReadonlyMap<Target, readonly Row[]>;
  readonly rows: number;
}

/**
 * Rows of all tables. In the first round foreign keys into the circle are left out; later rounds point them to the rows
 * of the round before, until every table has settled.
 */
function planOf(circle: Circle): ReadonlyMap<Target, Row[]> | string {
  const planned = new Map<Target, Row[]>();
  try {
    for (let round = 0; round <= circle.places.length; round += 1)
      for (const place of circle.places) planned.set(place.target, rowsAmong(circle, place, planned));
    return planned;
  } catch (error) {
    if (error instanceof NoRow) return error.message;
    throw error;
  }
}

function rowsAmong(
  { places, conditions, keys, counted, rows }: Circle,
  place: Place,
  planned: Map<Target, Row[]>,
): Row[] {
  const holders = ({ to }: Reference) => places.filter(({ target }) => target.lineage.includes(to.oid));
  const keysOf = (reference: Reference): readonly Key[] =>
    keys.has(reference)
      ? keys.of(reference)
      : holders(reference).flatMap(({ target }) => (planned.get(target) ?? []).flatMap((row) => keyIn(row, reference)));
  const { references } = place.target;
  const ready = references.filter((each) => holders(each).length === 0 || keysOf(each).length > 0);
  const target = { ...place.target, references: ready };
  const recipe = recipeOf({ ...place, target }, conditions, { of: keysOf }, { ways: rows });
  return Array.from({ length: rows }, (_, index) => {
    const fixed = counted.get(place.target)?.[index] ?? new Map();
    return rowsOf({ ...recipe, first: index + 1, fixed }, 1)[0] ?? fixed;
  });
}

function keyIn(row: Row, { keys }: Reference): Key[] {
  const key = keys.map((each) => row.get(each));
  return key.every((each) => typeof each === 'string') ? [key] : [];
}
