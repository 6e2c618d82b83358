import type { Span } from './lines.ts';

/** Statements about the database itself, as pg_dump writes them with `--create`. */
const about =
  /^(CREATE|DROP|ALTER|COMMENT ON|(GRANT|REVOKE) [\w, ]+ ON|ALTER ROLE .+ IN|SECURITY LABEL FOR .+ ON) DATABASE /;

/** What else may stand before the database is created: comments, settings, and what guards against commands. */
const harmless = /^(--|SET |SELECT pg_catalog\.set_config\(|\\((un)?restrict|encoding) |\s*$)/;

/**
 * Follows what `pg_dump --create` says of the database that it creates and goes to. None of it may be run: it would
 * change the one that has this name now.
 */
export class OwnDatabase {
  #spans: Span[] = [];
  /** Of those statements. Its characters are bytes. */
  #sql = '';
  /** Such a statement has begun, and not ended. */
  #open = false;
  #creates = false;
  /** Something that cannot be left out stands before the database is gone to. */
  #other = false;
  #target: string | undefined;

  /**
   * Takes the next line that is no row; returns whether it goes to the database that was created.
   *
   * @param quoted whether it begins, and ends, in something that is quoted
   */
  take(line: string, span: Span, quoted: { readonly before: boolean; readonly after: boolean }): boolean {
    if (!quoted.before) {
      if (line.startsWith('\\connect ')) return this.#goesTo(line, span);
      this.#open = about.test(line);
      this.#creates ||= line.startsWith('CREATE DATABASE ');
      this.#other ||= !this.#open && !harmless.test(line);
    }
    if (this.#open) this.#leaveOut(line, span);
    this.#open &&= quoted.after; // each is one line, but for what is quoted in it
    return false;
  }

  /** The first time, all that stands before goes, too. */
  #goesTo(target: string, { from, to }: Span): boolean {
    if (this.#target !== undefined) this.#spans.push({ from, to });
    else if (this.#creates && !this.#other) [this.#target, this.#spans] = [target, [{ from: 0, to }]];
    return this.#target === target;
  }

  #leaveOut(line: string, span: Span): void {
    this.#spans.push(span);
    this.#sql += `${line}\n`;
  }

  /** What is to be left out, and the SQL of it; undefined where the dump creates no database. */
  found(): { readonly spans: readonly Span[]; readonly sql: string } | undefined {
    if (this.#target === undefined) return undefined;
    return { spans: this.#spans, sql: Buffer.from(this.#sql, 'latin1').toString('utf8') };
  }
}

/** Content without these parts, which are in order. */
export async function* without(content: AsyncIterable<Uint8Array>, spans: readonly Span[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  let next = 0;
  for await (const piece of content) {
    const end = at + piece.length;
    for (let from = at; from < end; ) {
      const span = spans[next];
      const stop = Math.min(end, span?.from ?? end);
      if (stop > from) yield piece.subarray(from - at, stop - at);
      from = Math.max(from, stop);
      if (span && from >= span.from) from = Math.min(end, Math.max(from, span.to));
      if (span && from >= span.to) next += 1;
    }
    at = end;
  }
}
