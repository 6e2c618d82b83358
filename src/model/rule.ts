import type { Blocking, Instead, Severity } from './finding.ts';
import type { History, Migration } from './migration.ts';
import type { Observation, Relation } from './observation.ts';
import type { Change, Snapshot } from './schema.ts';
import type { Statement } from './statement.ts';

/** Everything known about one pending statement: what it says and what it did. */
export interface StatementFacts {
  readonly statement: Statement;
  readonly observation: Observation;
  /** Its position among all pending statements, from 0. */
  readonly index: number;
  /**
   * The relation a name in the statement meant immediately before it ran, found by PostgreSQL itself through the
   * session's search_path. Undefined where there was none.
   */
  relation(schema: string | undefined, name: string): Relation | undefined;
  /** Indexes, as they were before the migration, whose files it gave up: it dropped them, or built them anew. */
  readonly lostIndexes: readonly Relation[];
  /** Settings in force when it ran, in milliseconds; 0 is "no limit". */
  readonly lockTimeout: number;
  readonly statementTimeout: number;
}

/** What all rules may look at. */
export interface World {
  /** Major version of the server it ran on. */
  readonly major: number;
  /** Schema with all base migrations applied, and with the pending ones too (as far as they came). */
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly changes: readonly Change[];
  readonly pending: readonly Migration[];
  readonly base: History;
  readonly head: History;
  /** All pending statements that were run, in order. */
  readonly statements: readonly StatementFacts[];
  /** A sentence: how the migration tool runs a statement outside a transaction. */
  readonly outsideTransaction: string;
  /** Whether a table (schema-qualified) is protected by the setting `protected`. */
  isProtected(table: string): boolean;
}

/** What a rule has to say of one place. */
export interface Problem {
  /** One or two sentences, plain text: what happens, with the user's own names. */
  readonly message: string;
  readonly instead?: Instead;
  readonly relations?: readonly string[];
  readonly blocking?: Blocking;
  /** Only where it differs from the rule's. */
  readonly severity?: Severity;
  /** Only for problems of the folder or the schema: where they stand. */
  readonly place?: { readonly migration?: string; readonly path: string; readonly line: number };
}

/** One rule. It returns problems; it never connects, prints or throws. */
export interface Rule {
  /** Kebab case; the file's name, the finding's `rule`, the waiver's word and the anchor in the docs. */
  readonly id: string;
  readonly severity: Severity;
  /** Three sentences of the docs page and of the report: what is noticed, why it matters, what to do instead. */
  readonly what: string;
  readonly why: string;
  readonly instead: string;
  /** Majors it speaks of, both inclusive; absent is all. */
  readonly majors?: { readonly from?: number; readonly to?: number };
  /** Where the claim comes from: PostgreSQL documentation chapters, other tools' ids for the same thing. */
  readonly sources: readonly string[];
  /** Asked once for every pending statement of these kinds (absent: of every kind) that was run. */
  readonly statement?: {
    readonly kinds?: readonly string[];
    /** Also asked about statements that PostgreSQL refused: what they would have done is noise to all other rules. */
    readonly failed?: true;
    check(facts: StatementFacts, world: World): readonly Problem[];
  };
  /** Asked once, at the end. Every problem needs a `place`. */
  readonly whole?: (world: World) => readonly Problem[];
  /** Rules that say less about the same statement: where this one has a problem, theirs are left out. */
  readonly covers?: readonly string[];
  /** Tells only that others wait: left out where another finding of the statement tells it and weighs as much. */
  readonly fallback?: true;
  /** No comment can accept what it finds. */
  readonly waivable?: false;
}
