import type { Wish } from './wish.ts';

/** Bit strings and byte strings, whose length is limited. Undefined for other types. */
export function bitsOf(type: string, modifier: number, { n, limits: { length } }: Wish): string | undefined {
  switch (type) {
    case 'bit':
      return n.toString(2).padStart(modifier, '0').slice(-modifier);
    case 'varbit':
      return n.toString(2).slice(modifier > 0 ? -modifier : 0);
    case 'bytea': {
      const size = Math.min(Math.max(length?.min ?? 1, 1), length?.max ?? 1_000_000);
      return `\\x${n
        .toString(16)
        .padStart(2 * size, '0')
        .slice(-2 * size)}`;
    }
    default:
      return undefined;
  }
}
