/** What a person reads at the end of a command, before it is made text for a terminal or Markdown. */
export interface Page {
  readonly good: boolean;
  /** One sentence without a full stop. */
  readonly headline: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly tables: readonly Table[];
  /** Whole sentences. */
  readonly notes: readonly string[];
}

export interface Table {
  readonly title?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
