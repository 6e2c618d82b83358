import type { Limits } from '../checks/limits.ts';

/** Which value is wanted. */
export interface Wish {
  /** Which of the possible values: the number of the row, from 1. */
  readonly n: number;
  /** Added to values that have an order, so that columns keep theirs: a start comes before its end. */
  readonly rank: number;
  readonly limits: Limits;
  /** The column's name: texts often stand for something that it tells. */
  readonly name?: string;
  /** Texts that the schema names for this column: its default, and what index predicates compare it with. */
  readonly known?: readonly string[];
}

/** A value in PostgreSQL's text form; null for NULL; undefined where nothing is known of the type. */
export type Sample = string | null | undefined;

/** A wish for a part of a value. */
export function partOf({ n, rank }: Wish, limits: Limits = {}): Wish {
  return { n, rank, limits };
}
