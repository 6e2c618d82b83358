import { KnownError } from '../../model/error.ts';
import type { SourceFile, Span } from '../../model/migration.ts';

/** One direction of a goose file. */
export interface Part {
  readonly statements: readonly Span[];
  /** False with `NO TRANSACTION`, which holds for the whole file. */
  readonly transaction: boolean;
  /** Whether the file has this direction at all. */
  readonly present: boolean;
}

type Direction = 'up' | 'down';

const annotations = [
  'Up',
  'Down',
  'StatementBegin',
  'StatementEnd',
  'NO TRANSACTION',
  'ENVSUB ON',
  'ENVSUB OFF',
] as const;

type Annotation = (typeof annotations)[number];

/**
 * Reads one direction of a file exactly as goose does, line by line (internal/sqlparser/parser.go of v3.27), with
 * spans of the file in place of copied text. Throws `KnownError` where goose would refuse the file, and where it would
 * fill in the environment.
 */
export function parse(file: SourceFile, direction: Direction): Part {
  const reader = new Reader(file, direction);
  let start = 0;
  for (let line = 1; start < file.text.length; line += 1) {
    const feed = file.text.indexOf('\n', start);
    const end = feed < 0 ? file.text.length : feed;
    reader.line({ text: file.text.slice(start, end).replace(/\r$/, ''), number: line, start, end });
    start = end + 1;
  }
  return reader.end();
}

interface Line {
  readonly text: string;
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** goose's state machine. What it calls its buffer is here the span from the first line in it to the last. */
class Reader {
  readonly #file: SourceFile;
  readonly #direction: Direction;
  readonly #statements: Span[] = [];
  #section: 'none' | Direction = 'none';
  /** `ended`: behind StatementEnd, until the next line that is no comment. */
  #block: 'none' | 'open' | 'ended' = 'none';
  #buffer: { readonly first: Line; readonly end: number } | undefined;
  #transaction = true;
  #substitutes = false;
  #present = false;

  constructor(file: SourceFile, direction: Direction) {
    this.#file = file;
    this.#direction = direction;
  }

  line(line: Line): void {
    const { text } = line;
    if (this.#section === 'none' && text.trim() === '') return;
    if (text.trim().startsWith('--') && text.includes('+goose')) {
      const annotation = this.#annotationOf(line);
      this.#obey(annotation, line);
      if (annotation !== 'StatementEnd') return;
    }
    if (!this.#buffer && (text.trim().startsWith('--') || text === '')) return;
    if (this.#block !== 'ended') this.#take(line);
    if (this.#section === 'none') throw this.#refusal('The file has SQL before its `-- +goose Up`.', line);
    if (this.#section !== this.#direction) this.#buffer = undefined;
    else this.#finish(line);
  }

  end(): Part {
    if (this.#section === 'none') throw this.#refusal('The file has no `-- +goose Up`.');
    if (this.#block === 'open') throw this.#refusal('A `-- +goose StatementBegin` has no `-- +goose StatementEnd`.');
    this.#refuseUnfinished();
    return { statements: this.#statements, transaction: this.#transaction, present: this.#present };
  }

  #obey(annotation: Annotation, line: Line): void {
    if (annotation === 'Up' || annotation === 'Down') this.#enter(annotation, line);
    else if (annotation === 'StatementBegin') this.#open(line);
    else if (annotation === 'StatementEnd') this.#close(line);
    else if (annotation === 'NO TRANSACTION') this.#transaction = false;
    else this.#substitutes = annotation === 'ENVSUB ON';
  }

  #enter(annotation: 'Up' | 'Down', line: Line): void {
    const allowed = annotation === 'Up' ? this.#section === 'none' : this.#section === 'up' && this.#block !== 'open';
    if (!allowed)
      throw this.#refusal(
        `\`-- +goose ${annotation}\` stands where it may not: Up comes first, Down once after it.`,
        line,
      );
    this.#refuseUnfinished();
    this.#section = annotation === 'Up' ? 'up' : 'down';
    this.#block = 'none';
    this.#present ||= this.#section === this.#direction;
  }

  #open(line: Line): void {
    if (this.#section === 'none' || this.#block === 'open')
      throw this.#refusal('`-- +goose StatementBegin` stands before Up, or inside another one.', line);
    this.#block = 'open';
  }

  #close(line: Line): void {
    if (this.#block !== 'open')
      throw this.#refusal('`-- +goose StatementEnd` has no `-- +goose StatementBegin`.', line);
    this.#block = 'ended';
  }

  #take(line: Line): void {
    if (this.#substitutes && this.#section === this.#direction) this.#refuseSubstitution(line);
    this.#buffer = { first: this.#buffer?.first ?? line, end: line.end };
  }

  /** Stores the statement if this line ends it: with a semicolon, or behind StatementEnd. */
  #finish(line: Line): void {
    if (this.#block === 'open' || (this.#block === 'none' && !endsWithSemicolon(line.text))) return;
    if (this.#buffer) this.#statements.push(this.#trimmed(this.#buffer.first.start, this.#buffer.end));
    this.#buffer = undefined;
    this.#block = 'none';
  }

  #trimmed(start: number, end: number): Span {
    const text = this.#file.text.slice(start, end);
    return { start: start + text.length - text.trimStart().length, end: end - (text.length - text.trimEnd().length) };
  }

  #annotationOf(line: Line): Annotation {
    const rest = line.text.replaceAll('--', '').replace('+goose', '').trim().toLowerCase();
    const known = annotations.find((each) => each.toLowerCase() === rest);
    if (!known || /^[ \t]/.test(line.text))
      throw this.#refusal(
        `goose does not know the annotation “${line.text.trim()}”${known ? ' with blanks before it' : ''}.`,
        line,
        `It knows ${annotations.map((each) => `\`-- +goose ${each}\``).join(', ')}, at the very beginning of a line.`,
      );
    return known;
  }

  #refuseUnfinished(): void {
    const first = this.#buffer?.first;
    if (!this.#buffer || !first || this.#file.text.slice(first.start, this.#buffer.end).trim() === '') return;
    throw this.#refusal(
      'The statement that begins here has no semicolon at the end of a line.',
      first,
      'End it with a semicolon; put statements with semicolons inside between `-- +goose StatementBegin` and `-- +goose StatementEnd`.',
    );
  }

  /** What goose's `interpolate` would change: any dollar sign but `$(` and the last character. */
  #refuseSubstitution(line: Line): void {
    if (!/\$(?!\(|$)/.test(line.text)) return;
    throw this.#refusal(
      'goose fills in this line from its environment (`-- +goose ENVSUB ON`), which Lockkeeper does not know.',
      line,
      'Write the value itself. What differs between environments belongs outside the migrations.',
    );
  }

  #refusal(
    message: string,
    line?: Line,
    help = 'goose itself refuses the file; see https://pressly.github.io/goose/documentation/annotations/',
  ): KnownError {
    return new KnownError(message, { help, place: { path: this.#file.path, line: line?.number ?? 1 } });
  }
}

/** Whether the last word before a comment ends with a semicolon. */
function endsWithSemicolon(line: string): boolean {
  const words = line.split(/\s+/).filter((word) => word !== '');
  const comment = words.findIndex((word) => word.startsWith('--'));
  return (comment < 0 ? words.at(-1) : words[comment - 1])?.endsWith(';') ?? false;
}
