/** What a person reads at the end of a command, before it is made text for a terminal or Markdown. */
export interface Page {
  readonly good: boolean;
  /** The verdict: one sentence without a full stop. */
  readonly headline: string;
  /** What is wrong, in whole sentences. */
  readonly problems?: readonly string[];
  readonly parts: readonly Part[];
  /** What else is to be known, in whole sentences. */
  readonly notes?: readonly string[];
  /** What can be done now, each with a command to paste. */
  readonly next?: readonly Step[];
}

/** Evidence: facts, and below them a table. */
export interface Part {
  readonly title?: string;
  readonly facts?: readonly Fact[];
  readonly table?: Table;
  /** Not needed by most: Markdown folds it away, a terminal leaves it out. */
  readonly folded?: true;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** Something to copy, and no words: a key, a hash. */
  readonly code?: true;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

export interface Column {
  readonly title: string;
  /** Numbers, not to be broken into lines. */
  readonly right?: true;
  /** Something to copy, and no words. */
  readonly code?: true;
}

export interface Step {
  /** `Restore it beside the others`. */
  readonly text: string;
  /** One line of shell. */
  readonly command: string;
}
