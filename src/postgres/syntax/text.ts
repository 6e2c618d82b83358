import { type ScanToken, scanSync } from '../grammar.ts';

/** A word of a statement's text, with its place in UTF-16 code units. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The statement's tokens without comments, as PostgreSQL's scanner sees them. Empty for text that it refuses. */
export function tokensOf(sql: string): Token[] {
  const indexAt = byteIndex(sql);
  return scan(sql)
    .filter(({ tokenName }) => tokenName !== 'SQL_COMMENT' && tokenName !== 'C_COMMENT')
    .map(({ start, end }) => {
      const [from, to] = [indexAt(start), indexAt(end)];
      return { text: sql.slice(from, to), start: from, end: to };
    });
}

/** Puts `words` behind the first token that is `keyword`; the text as it is where there is none. */
export function insertAfter(sql: string, keyword: string, words: string): string {
  const token = tokensOf(sql).find(({ text }) => text.toUpperCase() === keyword);
  return token ? `${sql.slice(0, token.end)} ${words}${sql.slice(token.end)}` : sql;
}

/** Whether a token is this key word. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token?.text.toUpperCase() === word;
}

/** Positions of the commas that stand in no bracket, among tokens from `from` on. */
export function topLevelCommas(tokens: readonly Token[], from: number): number[] {
  let depth = 0;
  const found: number[] = [];
  for (const [index, { text }] of tokens.entries()) {
    if (index < from) continue;
    if (text === '(' || text === '[') depth += 1;
    else if (text === ')' || text === ']') depth -= 1;
    else if (text === ',' && depth === 0) found.push(index);
  }
  return found;
}

/** Whether SQL text has this name among its words. */
export function mentions(sql: string, name: string): boolean {
  return tokensOf(sql).some(({ text }) => unquoted(text) === name);
}

/** An identifier's name: folded to lower case, unless it is quoted (documentation, chapter 4.1.1). */
export function unquoted(identifier: string): string {
  const quoted = /^"(.*)"$/s.exec(identifier);
  return quoted ? (quoted[1] ?? '').replaceAll('""', '"') : identifier.toLowerCase();
}

function scan(sql: string): ScanToken[] {
  try {
    return scanSync(sql).tokens;
  } catch {
    return [];
  }
}

/** The scanner counts UTF-8 bytes. */
function byteIndex(sql: string): (byte: number) => number {
  const bytes = Buffer.from(sql);
  return bytes.length === sql.length ? (byte) => byte : (byte) => bytes.subarray(0, byte).toString().length;
}
