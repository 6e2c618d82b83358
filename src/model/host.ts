import type { Place } from './error.ts';
import type { Given } from './given.ts';
import type { Progress } from './server.ts';

/** A note at a file and line, as GitHub shows it in the list of changed files. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly path: string;
  readonly line: number;
  readonly title: string;
  readonly message: string;
}

/** What is shown at the end, in the forms that hosts want; each is made only when it is asked for. */
export interface Presentation {
  terminal(options: { readonly colour: boolean; readonly width: number }): string;
  /** GitHub-flavoured Markdown of at most `limit` characters. */
  markdown(limit: number): string;
  /** The same for a comment on a pull request. */
  comment(options: CommentOptions): string;
  /** Nothing was pending: no reason to begin a comment. */
  readonly idle: boolean;
  annotations(): readonly Annotation[];
  /** Outputs for later steps of a workflow. */
  outputs(): Readonly<Record<string, string>>;
}

/** What tells one check's comment from another's: `folder` relative to the repository, the setting `comment-id`. */
export interface CommentKey {
  readonly folder: string;
  readonly id: string;
}

export interface CommentOptions extends CommentKey {
  /** In characters. */
  readonly limit: number;
  /** URL of the page that has the whole report. */
  readonly whole?: string;
  /** The report was made and stored by a run of somebody else's code: anything may stand in it. */
  readonly unverified?: boolean;
}

/** A wish to comment on the pull request that is checked. */
export interface CommentRequest extends CommentKey {
  /** Without one nothing can be written. */
  readonly token?: string;
  readonly signal: AbortSignal;
}

/** A report that a run without permission to write has left, not read yet. */
export interface StoredReport {
  readonly text: string;
  /** Comments on the pull request that GitHub says it is about. Throws `KnownError` where that is refused. */
  post(presentation: Presentation): Promise<void>;
}

/** Where a job runs: a terminal, a pod, a GitHub job. */
export interface Host {
  readonly name: 'terminal' | 'github' | 'pod';
  readonly progress: Progress;
  /** Settings as this host gives them, strongest first. */
  given(): readonly Given[];
  /** What the event says migrations are to be compared with; undefined where it says nothing. */
  base(): Promise<string | undefined>;
  /** Keeps a value out of everything that is printed from now on. */
  mask(secret: string): void;
  /** Shows a finished report. `quiet` where a report goes to standard output already. */
  publish(
    presentation: Presentation,
    options: {
      readonly colour: 'auto' | 'always' | 'never';
      readonly quiet: boolean;
      readonly comment?: CommentRequest;
    },
  ): Promise<void>;
  /** The report that is to be posted; undefined where there is none to post. Not every host has such. */
  stored?(request: CommentRequest): Promise<StoredReport | undefined>;
  /** Asks who sits there, and gives the answer without white space around it; absent where nobody can answer. */
  readonly ask?: (question: string) => Promise<string>;
  /** Shows why there is no report; `place` where it can be mended, when that is in a file, and `markdown` says the same. */
  fail(message: string, place?: Place, markdown?: string): void;
}
