import type { Span } from '../model/migration.ts';
import type { Comment, Statement } from '../model/statement.ts';
import { hasSqlDetails, loadModule, parseSync, type RawStmt, type ScanToken, scanSync } from './grammar.ts';

/** Where a text belongs to: the migration and the file it is a part of. */
export interface Origin {
  readonly migration: string;
  readonly path: string;
  /** The whole file's text. */
  readonly text: string;
}

/** Statements whose text PostgreSQL 18's grammar refuses have this kind; the server has the last word on them. */
export const unparsed = 'Unparsed';

/**
 * Splits a message into its statements with PostgreSQL's own parser. Text that the parser refuses is split at
 * semicolons of its scanner instead, so that the server, which may be older, reports the error in its own words.
 */
export async function parseStatements(origin: Origin, span: Span): Promise<Statement[]> {
  await loadModule();
  const text = new Utf8Text(origin.text.slice(span.start, span.end));
  const lines = linesOf(origin.text);
  let previous = 0;
  return rawStatements(text).map((raw) => {
    const statement = toStatement(origin, span.start, text, lines, raw, previous);
    previous = raw.end;
    return statement;
  });
}

interface Raw {
  /** UTF-8 byte offsets in the message: of the first token, and behind the last character before the semicolon. */
  readonly start: number;
  readonly end: number;
  readonly node: Statement['node'];
}

function rawStatements(text: Utf8Text): Raw[] {
  if (text.value.trim() === '') return [];
  try {
    return (parseSync(text.value).stmts ?? []).map((raw) => fromParser(raw, text.length));
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    return splitAtSemicolons(text);
  }
}

function fromParser({ stmt, stmt_location: start = 0, stmt_len: length }: RawStmt, total: number): Raw {
  return { start, end: length ? start + length : total, node: stmt as Statement['node'] };
}

/** The fallback: pieces between top-level semicolons, each parsed by itself where that is possible. */
function splitAtSemicolons(text: Utf8Text): Raw[] {
  const tokens = tokensOf(text.value);
  if (!tokens) return [{ start: 0, end: text.length, node: {} as Statement['node'] }];
  const pieces: Raw[] = [];
  let first: ScanToken | undefined;
  let last: ScanToken | undefined;
  for (const token of [...tokens, { tokenName: 'ASCII_59' } as ScanToken]) {
    if (token.tokenName === 'ASCII_59') {
      if (first && last)
        pieces.push({ start: first.start, end: last.end, node: nodeOf(text.slice(first.start, last.end)) });
      first = undefined;
    } else if (!isComment(token)) {
      first ??= token;
      last = token;
    }
  }
  return pieces;
}

function nodeOf(sql: string): Statement['node'] {
  try {
    return parseSync(sql).stmts?.[0]?.stmt as Statement['node'];
  } catch {
    return {} as Statement['node'];
  }
}

function tokensOf(sql: string): ScanToken[] | undefined {
  try {
    return scanSync(sql).tokens;
  } catch {
    return undefined; // an unterminated string or comment: there is no telling where a statement ends
  }
}

function isComment(token: ScanToken): boolean {
  return token.tokenName === 'SQL_COMMENT' || token.tokenName === 'C_COMMENT';
}

function toStatement(
  origin: Origin,
  base: number,
  text: Utf8Text,
  lines: LineCounter,
  raw: Raw,
  previousEnd: number,
): Statement {
  const sql = withoutTrailingComments(text.slice(raw.start, raw.end));
  const offset = base + text.indexOf(raw.start);
  const gapStart = base + text.indexOf(previousEnd);
  const line = lines.at(offset);
  const endLine = lines.at(offset + sql.length);
  return {
    migration: origin.migration,
    path: origin.path,
    sql,
    offset,
    line,
    endLine,
    node: raw.node,
    kind: Object.keys(raw.node)[0] ?? unparsed,
    comments: [
      ...commentsIn(origin.text, gapStart, offset, lines).filter(
        // behind the previous statement, on the line where that one ends, it belongs to that one
        (comment) => previousEnd === 0 || comment.line > lines.at(gapStart),
      ),
      ...commentsIn(origin.text, offset, endOfLine(origin.text, offset + sql.length), lines),
    ],
  };
}

function withoutTrailingComments(sql: string): string {
  const trimmed = sql.trimEnd();
  if (!trimmed.includes('--') && !trimmed.includes('/*')) return trimmed;
  const last = tokensOf(trimmed)?.findLast((token) => !isComment(token));
  return last ? Buffer.from(trimmed).subarray(0, last.end).toString() : trimmed;
}

function commentsIn(text: string, start: number, end: number, lines: LineCounter): Comment[] {
  const slice = text.slice(start, end);
  if (!slice.includes('--') && !slice.includes('/*')) return [];
  const bytes = new Utf8Text(slice);
  return (tokensOf(slice) ?? [])
    .filter(isComment)
    .map((token) => ({ text: token.text, line: lines.at(start + bytes.indexOf(token.start)) }));
}

/** The end of the line on which a statement ends, so that a comment behind its semicolon counts as its own. */
function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  const rest = text.slice(from, end < 0 ? text.length : end);
  return /^\s*;?\s*(--|\/\*)/.test(rest) ? from + rest.length : from;
}

/** A text whose parts the parser names by UTF-8 byte offsets. */
class Utf8Text {
  readonly value: string;
  readonly #bytes: Buffer | undefined;
  /** UTF-16 index of every byte; absent where they are the same. */
  readonly #indexes: Uint32Array | undefined;

  constructor(value: string) {
    this.value = value;
    const bytes = Buffer.from(value);
    if (bytes.length === value.length) return;
    this.#bytes = bytes;
    this.#indexes = indexesOf(bytes);
  }

  /** In bytes. */
  get length(): number {
    return this.#bytes?.length ?? this.value.length;
  }

  slice(start: number, end: number): string {
    return this.#bytes ? this.#bytes.subarray(start, end).toString() : this.value.slice(start, end);
  }

  /** Byte offset → UTF-16 index. */
  indexOf(byte: number): number {
    return this.#indexes ? (this.#indexes[byte] as number) : byte;
  }
}

/** A character of four bytes is two UTF-16 code units, any other is one. */
function indexesOf(bytes: Buffer): Uint32Array {
  const indexes = new Uint32Array(bytes.length + 1);
  let index = 0;
  bytes.forEach((byte, at) => {
    indexes[at] = index;
    const isLast = at + 1 === bytes.length || ((bytes[at + 1] as number) & 0xc0) !== 0x80;
    if (isLast) index += lengthOf(bytes, at, byte);
  });
  indexes[bytes.length] = index;
  return indexes;
}

function lengthOf(bytes: Buffer, last: number, byte: number): number {
  let first = byte;
  for (let at = last; (first & 0xc0) === 0x80; at -= 1) first = bytes[at - 1] as number;
  return first >= 0xf0 ? 2 : 1;
}

/** Line numbers of a text, from 1. */
class LineCounter {
  readonly text: string;
  readonly #ends: number[] = [];

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#ends.push(at);
  }

  at(index: number): number {
    let [low, high] = [0, this.#ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] as number) < index) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  }
}

let latest = new LineCounter('');

/** Kept for the next message of the same file: some tools send thousands. */
function linesOf(text: string): LineCounter {
  if (latest.text !== text) latest = new LineCounter(text);
  return latest;
}
