import type { Limits } from '../checks/limits.ts';

/** Which value is wanted. */
export interface Wish {
  /** Which of the possible values, from 1: equal numbers give equal values of equal types, in whatever table. */
  readonly n: number;
  /** The number of the row, from 1: times of different rows lie weeks apart. */
  readonly row: number;
  /** For times: their order within the row. */
  readonly moment: number;
  readonly limits: Limits;
  /** Whose value it is: texts often stand for something that a name tells. Absent for parts of values. */
  readonly of?: { readonly table: string; readonly column: string; readonly default: string | null };
  /** Texts that the schema names for this column: its default, and what index predicates compare it with. */
  readonly known?: readonly string[];
}

/** A value in PostgreSQL's text form; null for NULL; undefined where nothing is known of the type. */
export type Sample = string | null | undefined;

/** A wish for a part of a value. */
export function partOf({ n, row, moment }: Wish, limits: Limits = {}): Wish {
  return { n, row, moment, limits };
}
