import type { Build, Copy, Demand, Step } from './demand.ts';
import type { Sized } from './sizes.ts';

/** How much disk it takes until all is applied, in bytes. */
export interface Need {
  /** By oid of the tablespace: the most that is there at one time. */
  readonly tablespaces: ReadonlyMap<number, number>;
  /** What is written, which all goes through the WAL. */
  readonly written: number;
  /** What of it is how big, the biggest first. */
  readonly parts: readonly { readonly what: string; readonly bytes: number }[];
}

/** How much it takes, by what the target's relations are. New indexes lie in the tablespace `indexesIn`. */
export function needOf({ steps, builds }: Demand, sizes: readonly Sized[], indexesIn: number): Need {
  const named = Map.groupBy(sizes, ({ name }) => name);
  const built = builds.map((build) => ({ ...build, bytes: sum((named.get(build.table) ?? []).map(sizeOf(build))) }));
  const taken = steps.map(({ copies, goes }) => ({ goes, pieces: piecesOf(copies, named) }));
  const oids = new Set([indexesIn, ...sizes.map(({ tablespace }) => tablespace)]);
  const most = (oid: number) => mostIn(oid, taken) + (oid === indexesIn ? mostOf(built) : 0);
  const pieces = Map.groupBy(
    taken.flatMap((each) => each.pieces),
    ({ name }) => name,
  );
  const parts = [
    ...[...pieces].map(([name, all]) => ({ what: `${name} is written anew`, bytes: bytesOf(all) })),
    ...built.map(({ index, bytes }) => ({ what: `${index} is built`, bytes })),
  ].filter(({ bytes }) => bytes > 0);
  return {
    tablespaces: new Map([...oids].map((oid) => [oid, most(oid)])),
    written: bytesOf(parts),
    parts: parts.toSorted((a, b) => b.bytes - a.bytes),
  };
}

interface Taken {
  readonly goes: Step['goes'];
  readonly pieces: readonly Piece[];
}

/** What stays, and the most that is there for a while. */
function mostIn(oid: number, taken: readonly Taken[]): number {
  const here = taken.map(({ goes, pieces }) => ({ goes, pieces: pieces.filter((each) => each.tablespace === oid) }));
  const staying = here.filter(({ goes }) => goes === 'never').flatMap(({ pieces }) => pieces);
  const passing = here.filter(({ goes }) => goes !== 'never');
  return (
    bytesOf(staying) + Math.max(0, ...passing.map(({ goes, pieces }) => (goes === 'each' ? largest : bytesOf)(pieces)))
  );
}

/** What is sorted for an index lies on disk as well, until it is built. */
function mostOf(built: readonly { readonly bytes: number }[]): number {
  return bytesOf(built) + largest(built);
}

function largest(all: readonly { readonly bytes: number }[]): number {
  return Math.max(0, ...all.map(({ bytes }) => bytes));
}

function bytesOf(all: readonly { readonly bytes: number }[]): number {
  return sum(all.map(({ bytes }) => bytes));
}

interface Piece {
  readonly name: string;
  readonly tablespace: number;
  readonly bytes: number;
}

/** Each table once, and indexes only where their table is not written with them. */
function piecesOf(copies: readonly Copy[], named: ReadonlyMap<string, readonly Sized[]>): Piece[] {
  const found = new Map(copies.flatMap(({ relation }) => named.get(relation) ?? []).map((each) => [each.oid, each]));
  return [...found.values()]
    .filter(({ table }) => table === null || !found.has(table))
    .map(({ name, tablespace, heap, indexes }) => ({ name, tablespace, bytes: heap + indexes }));
}

/** Bytes of an index's row besides its keys (documentation, chapter 66.6), and how full its pages are by default. */
const [overhead, fill] = [12, 0.9];

/** Of a B-tree by its columns, where they are known; else no more than the table. */
function sizeOf({ method, columns }: Build): (table: Sized) => number {
  return ({ heap, rows, widths }) => {
    if (method === 'brin') return heap / 1000;
    const widest = columns.map((column) => widths[column]);
    if (method !== 'btree' || rows <= 0 || widest.includes(undefined)) return heap;
    return Math.min(heap, (rows * (overhead + sum(widest.map((width = 0) => Math.ceil(width / 8) * 8)))) / fill);
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
