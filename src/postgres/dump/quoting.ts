/** What opens something in SQL, as psql reads it (psqlscan.l): a string, a name, a comment, or a command of psql. */
const opening = /'|"|\$(?:[A-Za-z_\x80-\xff][\w\x80-\xff]*)?\$|--|\/\*|\\/g;

/** What stands in it, and what ends it. */
const closings = { string: /''|'/g, escaped: /\\.|''|'/g, name: /""|"/g, comment: /\/\*|\*\//g } as const;

/** What is open: one of those, or the text that ends a dollar quote. */
type Open = keyof typeof closings | { readonly end: string };

/**
 * Follows SQL line by line, to tell apart what is quoted. Lines are strings of one character a byte.
 */
export class Quoting {
  #open: Open | undefined;
  /** Of comments in comments. */
  #depth = 0;
  /** Backslashes escape in every string. */
  #old = false;

  /** Whether the next line begins in something that is quoted. */
  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Takes the next line; returns the command of psql in it, if any. */
  read(line: string): string | undefined {
    if (!this.isOpen && line.startsWith('SET standard_conforming_strings = ')) this.#old = line.includes('off');
    for (let at = 0; at < line.length; ) {
      const next = this.#open === undefined ? this.#opened(line, at) : this.#closed(line, at);
      if (typeof next === 'string') return next;
      at = next;
    }
    return undefined;
  }

  /** Where to go on after the next opening, or the command of psql that it is. */
  #opened(line: string, from: number): number | string {
    opening.lastIndex = from;
    const found = opening.exec(line);
    if (!found) return line.length;
    const [text] = found;
    const before = line.slice(Math.max(0, found.index - 2), found.index);
    if (text === '\\') return line.slice(found.index);
    if (text === '--') return line.length;
    if (text === "'") this.#open = this.#old || /(^|[^\w$\x80-\xff])[eE]$/.test(before) ? 'escaped' : 'string';
    else if (text === '"') this.#open = 'name';
    else if (text === '/*') [this.#open, this.#depth] = ['comment', 1];
    else if (/[\w$\x80-\xff]$/.test(before))
      return found.index + 1; // a dollar in a name or parameter
    else this.#open = { end: text };
    return found.index + text.length;
  }

  #closed(line: string, from: number): number {
    const open = this.#open as Open;
    if (typeof open === 'object') {
      const at = line.indexOf(open.end, from);
      if (at >= 0) this.#open = undefined;
      return at < 0 ? line.length : at + open.end.length;
    }
    const closing = closings[open];
    closing.lastIndex = from;
    const found = closing.exec(line);
    if (!found) return line.length;
    const [text] = found;
    if (open === 'comment') this.#depth += text === '*/' ? -1 : 1;
    if (open === 'comment' ? this.#depth === 0 : text.length === 1) this.#open = undefined;
    return found.index + text.length;
  }
}
