/** A stretch of SQL text that PostgreSQL's scanner reads in one way. */
export interface Piece {
  readonly kind: 'code' | 'comment' | 'string' | 'name' | 'dollar';
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/**
 * Cuts SQL into code, comments, strings, quoted names and dollar-quoted bodies (documentation, chapter 4.1). Made for
 * text that PostgreSQL's own scanner may refuse, so it never fails: what is not closed goes on to the end.
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  const opener = /--|\/\*|'|"|(?<![\w$\u0080-\uffff])\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/g;
  let start = 0;
  for (let match = opener.exec(text); match; match = opener.exec(text)) {
    const { kind, end } = quoted(text, match.index, match[0]);
    if (match.index > start) pieces.push({ kind: 'code', start, end: match.index });
    pieces.push({ kind, start: match.index, end });
    start = end;
    opener.lastIndex = end;
  }
  if (start < text.length) pieces.push({ kind: 'code', start, end: text.length });
  return pieces;
}

function quoted(text: string, start: number, mark: string): { kind: Piece['kind']; end: number } {
  if (mark === '--') return { kind: 'comment', end: after(text, '\n', start) };
  if (mark === '/*') return { kind: 'comment', end: endOfComment(text, start) };
  if (mark === '"') return { kind: 'name', end: after(text, '"', start + 1) };
  if (mark !== "'") return { kind: 'dollar', end: after(text, mark, start + mark.length) };
  const escapes = /(?<![\w$\u0080-\uffff])e$/i.test(text.slice(Math.max(0, start - 2), start));
  return { kind: 'string', end: escapes ? endOfEscapeString(text, start) : after(text, "'", start + 1) };
}

function after(text: string, mark: string, from: number): number {
  const index = text.indexOf(mark, from);
  return index < 0 ? text.length : index + mark.length;
}

/** Comments of this kind nest. */
function endOfComment(text: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let match = marks.exec(text); match; match = marks.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
}

/** In `E'…'` a backslash takes the next character's meaning away. A doubled quote goes on with the same string. */
function endOfEscapeString(text: string, start: number): number {
  const marks = /\\[\s\S]|''|'/g;
  marks.lastIndex = start + 1;
  for (let match = marks.exec(text); match; match = marks.exec(text)) {
    if (match[0] === "'") return marks.lastIndex;
  }
  return text.length;
}
