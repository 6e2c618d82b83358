import type { Limits } from './limits.ts';

/** A condition on a row, as far as it is understood. What is not understood asks nothing. */
export type Formula =
  | { readonly all: readonly Formula[] }
  | { readonly any: readonly Formula[] }
  | { readonly column: string; readonly limits: Limits }
  | Relation;

/** One column's value against another's. */
export interface Relation {
  readonly left: string;
  readonly order: '<' | '<=' | '=' | '<>';
  readonly right: string;
}
