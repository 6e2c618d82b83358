/** Whether a store keeps the condition `If-None-Match: *`, learnt once. */
export class Condition {
  #kept: boolean | undefined;
  readonly #label: string;
  readonly #notice: (text: string) => void;

  constructor(label: string, known: boolean | undefined, notice: (text: string) => void) {
    this.#label = label;
    this.#kept = known;
    this.#notice = notice;
  }

  /** undefined: not learnt yet. */
  get kept(): boolean | undefined {
    return this.#kept;
  }

  /** For a request; the header is left out where the store does not know it. */
  get header(): { readonly IfNoneMatch?: '*' } {
    return this.#kept === false ? {} : { IfNoneMatch: '*' };
  }

  learn(kept: boolean): void {
    if (!kept && this.#kept !== false)
      this.#notice(
        `${this.#label} cannot write on condition that a key is free (If-None-Match); Lockkeeper looks before and after writing instead.`,
      );
    this.#kept = kept;
  }
}
