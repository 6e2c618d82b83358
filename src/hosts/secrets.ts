/** Values that must not be printed, also as they look inside a URL. */
export class Secrets {
  readonly #values = new Set<string>();

  add(secret: string): void {
    if (secret === '') return;
    this.#values.add(secret);
    this.#values.add(encodeURIComponent(secret));
  }

  /** The text with every secret replaced. */
  hide(text: string): string {
    let result = text;
    for (const value of [...this.#values].sort((a, b) => b.length - a.length)) result = result.replaceAll(value, '***');
    return result;
  }
}
