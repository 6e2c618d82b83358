/** What a finding weighs. `error`: stop and change it. `warning`: know it before you merge. `notice`: worth a look. */
export const severities = ['notice', 'warning', 'error'] as const;

export type Severity = (typeof severities)[number];

/** The setting `fail-on`: the least severity that fails the check. */
export type FailOn = Severity | 'never';

/** A problem with its rule, place, severity and what became of it. */
export interface Finding {
  /** The rule's id, in kebab case. */
  readonly rule: string;
  readonly severity: Severity;
  readonly status: 'open' | 'waived';
  /** Absent for findings about the folder. */
  readonly migration?: string;
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly line: number;
  /** One or two sentences, plain text, with the names that the user wrote. */
  readonly message: string;
  /** What to write instead: SQL, or a sentence where no SQL does it. */
  readonly instead?: Instead;
  /** Tables that are blocked or changed, schema-qualified. */
  readonly relations: readonly string[];
  /** What keeps others waiting, and while what is done. Absent when nobody waits. */
  readonly blocking?: Blocking;
  readonly waiver?: { readonly reason: string; readonly until?: string; readonly line: number };
}

export interface Instead {
  readonly text?: string;
  /** Complete statements; each element belongs into a migration (file) of its own. */
  readonly migrations?: readonly { readonly sql: string; readonly outsideTransaction: boolean }[];
}

/** Whom a statement keeps waiting and for how long, in kind: the length depends on the target's size. */
export interface Blocking {
  readonly what: 'reads and writes' | 'writes' | 'schema changes';
  /** `moment`: the catalog is changed. Others grow with the table. */
  readonly during: 'moment' | 'scan' | 'index build' | 'rewrite' | 'transaction';
}

/** A waiver comment: `lockkeeper:allow rule-id[, rule-id] [until YYYY-MM-DD] because reason`. */
export interface Waiver {
  readonly rules: readonly string[];
  readonly reason: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly until?: string;
  readonly line: number;
}

/** Whether a finding of this severity fails the check. */
export function fails(severity: Severity, failOn: FailOn): boolean {
  return failOn !== 'never' && severities.indexOf(severity) >= severities.indexOf(failOn);
}
