import { type Connection, SqlError } from '../connect.ts';
import { closingsOf } from './closing.ts';
import type { Conditions } from './conditions.ts';
import { fillCycle } from './cycles.ts';
import { insertionOf } from './insertion.ts';
import { Keys, standing } from './keys.ts';
import type { Place, Wave } from './order.ts';
import { isHopeless, persist } from './persist.ts';
import { recipeOf } from './recipe.ts';
import { NoRow, type Row, rowsOf } from './rows.ts';
import { sendEach } from './send.ts';
import type { Reference, Target } from './targets.ts';

/** Time, in milliseconds, for all tables that do not accept the rows first offered. */
const patience = 10_000;

/** The work of filling tables, wave after wave, and its account. */
export class Filling {
  tables = 0;
  rows = 0;
  readonly skipped: { table: string; reason: string }[] = [];
  readonly #connection: Connection;
  readonly #conditions: Conditions;
  readonly #count: number;
  readonly #keys = new Keys();
  readonly #filled: Place[] = [];
  #patience = patience;

  constructor(connection: Connection, conditions: Conditions, count: number) {
    this.#connection = connection;
    this.#conditions = conditions;
    this.#count = count;
  }

  async fill({ places, cycle }: Wave): Promise<void> {
    const inside = new Set(cycle ? places.flatMap(({ target }) => target.lineage) : []);
    await this.#read(
      places.flatMap(({ target, later }) =>
        target.references.filter((each) => !later.includes(each) && !inside.has(each.to.oid)),
      ),
    );
    if (cycle) await this.#fillCycle(places);
    else await this.#fillEach(places);
  }

  /** Sets the foreign keys that had to stay NULL, where the table allows it. */
  async close(): Promise<void> {
    await this.#read(this.#filled.flatMap(({ later }) => later));
    const updates = this.#filled.flatMap((place) => closingsOf(place, this.#keys, this.#count));
    await sendEach(this.#connection, updates);
  }

  async #read(references: readonly Reference[]): Promise<void> {
    const unknown = references.filter((each) => !this.#keys.has(each));
    await this.#keys.read(this.#connection, unknown, Math.max(this.#count, 5));
  }

  /** Offers every table its usual rows at once, and then takes care of each that did not take them. */
  async #fillEach(places: readonly Place[]): Promise<void> {
    const offers = places.map((place) => this.#offer(place));
    const sent = offers.filter(({ rows, place }) => rows.length > 0 && !isHashed(place.target));
    const statements = sent.map(({ place, rows }) => insertionOf(place.target, rows));
    const results = await sendEach(this.#connection, statements);
    const outcomes = new Map(sent.map(({ place }, index) => [place, results[index]]));
    const astray = await this.#astray(sent.map(({ place }) => place));
    for (const { place, rows, reason } of offers) {
      const outcome = outcomes.get(place);
      const count = Number(outcome) || 0;
      if (rows.length === 0) this.#skip(place, reason);
      else if (outcome instanceof SqlError && isHopeless(outcome)) this.#skip(place, outcome.message);
      else if (count > 0 && !astray.has(place.target.oid)) this.#add(place, count);
      else await this.#persist(place, isHashed(place.target) || count > 0 ? [] : rows);
    }
  }

  /** The usual rows for a table, or why there are none. */
  #offer(place: Place): { place: Place; rows: Row[]; reason: string } {
    try {
      const recipe = recipeOf(place, this.#conditions, this.#keys, { ways: this.#count });
      return { place, rows: rowsOf(recipe, this.#count), reason: '' };
    } catch (error) {
      if (error instanceof NoRow) return { place, rows: [], reason: error.message };
      throw error;
    }
  }

  async #persist(place: Place, singly: readonly Row[]): Promise<void> {
    const filledByTrigger = await standing(this.#connection, [{ ...place.target, stored: true }]);
    if (filledByTrigger.size > 0) return this.#add(place, 0);
    const start = performance.now();
    const options = { rows: this.#count, singly, until: start + this.#patience };
    const { rows, reason } = await persist(this.#connection, place, this.#conditions, this.#keys, options);
    this.#patience -= performance.now() - start;
    if (rows > 0) this.#add(place, rows);
    else this.#skip(place, reason);
  }

  async #fillCycle(places: readonly Place[]): Promise<void> {
    const outcome = await fillCycle(this.#connection, places, this.#conditions, this.#keys, this.#count);
    for (const place of places)
      if (typeof outcome === 'string') this.#skip(place, outcome);
      else this.#add(place, outcome.get(place) ?? 0);
  }

  /** Partitions whose rows went to another one: their bounds were not understood. */
  async #astray(places: readonly Place[]): Promise<Set<number>> {
    const partitions = places.filter(({ target }) => target.bound !== null).map(({ target }) => target.oid);
    if (partitions.length === 0) return new Set();
    const sql = 'SELECT oid FROM unnest($1::oid[]) AS oid WHERE pg_relation_size(oid) = 0';
    return new Set((await this.#connection.query<{ oid: number }>(sql, [partitions])).map(({ oid }) => oid));
  }

  #add(place: Place, rows: number): void {
    this.tables += 1;
    this.rows += rows;
    this.#filled.push(place);
  }

  #skip(place: Place, reason: string): void {
    this.skipped.push({ table: `${place.target.schema}.${place.target.name}`, reason });
  }
}

/** Hash partitions: only PostgreSQL knows which rows are theirs. */
function isHashed({ bound }: Target): boolean {
  return bound?.includes('satisfies_hash_partition(') ?? false;
}
