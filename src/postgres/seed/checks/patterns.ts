/** Regular expressions of PostgreSQL in JavaScript's spelling. Sources: documentation, chapter 9.7; ECMA-262. */
export function fromPosix(pattern: string): string {
  return pattern
    .replace(/^\*\*\*[:=]|^\(\?[a-z]+\)/, '')
    .replace(/\[:(\w+):\]/g, (_, name: string) => classes[name] ?? '')
    .replace(/\\[mMyY]/g, '\\b')
    .replace(/\\A/g, '^')
    .replace(/\\Z/g, '$');
}

const classes: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: '\\s',
  xdigit: '0-9a-fA-F',
  word: '\\w',
  punct: '!-\\/:-@\\[-`{-~',
  blank: ' \\t',
};

/** A LIKE pattern as a regular expression. */
export function fromLike(pattern: string): string {
  const body = pattern.replace(/\\(.)|[%_]|[.*+?^${}()|[\]]/gs, (token, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped.replace(/[^\w\s]/, '\\$&');
    return { '%': '.*', _: '.' }[token] ?? `\\${token}`;
  });
  return `^${body}$`;
}
