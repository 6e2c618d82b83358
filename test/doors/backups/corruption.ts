/** Numbers from 0 below 1, the same for the same seed (mulberry32, by Tommy Ettinger). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of this run; LOCKKEEPER_TEST_SEED repeats another. */
export const seed = Number(process.env.LOCKKEEPER_TEST_SEED || Date.now() % 2 ** 31);

/** A number from 0 to `end` - 1. */
function below(end: number, random: () => number): number {
  return Math.floor(random() * end);
}

/** The beginning and end of a stretch of at least one byte. */
function stretch({ length }: Buffer, random: () => number): [from: number, to: number] {
  const from = below(length, random);
  return [from, Math.min(length, from + 1 + below(random() < 0.5 ? 8 : length, random))];
}

type Way = (bytes: Buffer, random: () => number) => Buffer;

const ways: Readonly<Record<string, Way>> = {
  'a bit is flipped': (bytes, random) => {
    const changed = Buffer.from(bytes);
    const at = below(bytes.length, random);
    changed[at] = (changed[at] as number) ^ (1 << below(8, random));
    return changed;
  },
  'a byte is another': (bytes, random) => {
    const changed = Buffer.from(bytes);
    changed[below(bytes.length, random)] = below(256, random);
    return changed;
  },
  'its end is lost': (bytes, random) => bytes.subarray(0, below(bytes.length, random)),
  'its beginning is lost': (bytes, random) => bytes.subarray(1 + below(bytes.length - 1, random)),
  'a stretch is lost': (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  'a stretch is zeros': (bytes, random) => Buffer.from(bytes).fill(0, ...stretch(bytes, random)),
  'a stretch is there twice': (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  'bytes are put in': (bytes, random) => {
    const [at] = stretch(bytes, random);
    const more = Buffer.from(Array.from({ length: 1 + below(20, random) }, () => below(256, random)));
    return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
  },
  'two halves are swapped': (bytes, random) => {
    const [at] = stretch(bytes, random);
    return Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)]);
  },
};

/** The bytes with something wrong with them, and what it is; never the same bytes. */
export function corrupted(bytes: Buffer, random: () => number): { readonly what: string; readonly bytes: Buffer } {
  const all = Object.entries(ways);
  const [what, way] = all[below(all.length, random)] as [string, Way];
  const changed = way(bytes, random);
  return changed.equals(bytes) ? corrupted(bytes, random) : { what, bytes: changed };
}
