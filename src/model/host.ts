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

/** What tells one comment from another: `folder` relative to the repository, the setting `comment-id`. */
export interface CommentKey {
  /** Whose report it holds; that of `check` where absent. */
  readonly command?: 'check' | 'migrate';
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

/** What others are to know of a run that changes a target. */
export interface Announcement {
  /** Of the comment on the pull requests that the commit came with; absent where none is wanted. */
  readonly comment?: CommentKey;
  /** The environment that it is a deployment to; absent where the run is not to be recorded as one. */
  readonly environment?: string;
  /** Without one nothing can be written. */
  readonly token?: string;
  readonly signal: AbortSignal;
}

/** Announces one run. What hinders it is told in the log, and nothing else comes of it: it never throws. */
export interface Announcer {
  /** From now on the target may be changed, by this plan and after this backup. */
  begin(about: { readonly digest: string; readonly backup?: string }): Promise<void>;
  end(ending: Ending): Promise<void>;
}

/** How a run ended. */
export interface Ending {
  readonly good: boolean;
  /** One line of plain text. */
  readonly verdict: string;
  /** There was nothing to do: no reason to begin a comment, or to replace one that tells of success. */
  readonly idle: boolean;
  comment(options: CommentOptions): string;
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
  /** Lets others know of a run that changes a target; absent where nobody looks. */
  announce?(announcement: Announcement): Promise<Announcer>;
  /** Asks who sits there, and gives the answer without white space around it; absent where nobody can answer. */
  readonly ask?: (question: string) => Promise<string>;
  /** Shows why there is no report; `place` where it can be mended, when that is in a file, and `markdown` says the same. */
  fail(message: string, place?: Place, markdown?: string): void;
}
